export { Drafts } from './drafts.ts';
export { Labels } from './labels.ts';
export type { Hand, SupplementShelf } from './needs.ts';
export { ProtocolService } from './protocolService.ts';
