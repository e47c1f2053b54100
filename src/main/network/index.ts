export { type NetworkNeeds, NetworkService } from './networkService.ts';
export type { Machine } from './ownAddresses.ts';
export { type KeptScreen, PairedRows } from './pairedRows.ts';
export { PairingCodes, type PairingPurpose } from './pairingCodes.ts';
export { PairingTries, type Pause } from './pairingTries.ts';
