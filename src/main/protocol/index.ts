export { Drafts } from './drafts.ts';
export { Labels } from './labels.ts';
export type { Hand, SupplementShelf } from './needs.ts';
export { writePaper } from './papersOut.ts';
export { ProtocolService } from './protocolService.ts';
