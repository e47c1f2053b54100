export { Drafts } from './drafts.ts';
export { Labels } from './labels.ts';
export type { SupplementShelf } from './needs.ts';
export { writePaper } from './papersOut.ts';
export { ProtocolService } from './protocolService.ts';
