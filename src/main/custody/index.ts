export { type AddCheckpoint, encodeAddCheckpoint, parseAddCheckpoint, tidyNote } from './addCheckpoint.ts';
export { type CheckedLog, chainOf, verifyChain } from './chain.ts';
export {
  checkpointText,
  joinHeads,
  parseCheckpoint,
  parseHeads,
  signCheckpoint,
  type TreeHead,
  type VerifiedCheckpoint,
  verifyCheckpoint,
} from './checkpoint.ts';
export { checkContinuation, continuedBy, continueLog, LOG_CONTINUED } from './continuation.ts';
export { CustodyLog, type EarlierLog, type EventDraft, type LogOptions, openLog } from './log.ts';
export type { LoggedEvent } from './loggedEvent.ts';
export { emptyRoot, leafHash, MerkleTree, nodeHash, rootAtSizes } from './merkle.ts';
export {
  consistencyProof,
  inclusionProof,
  type NodeSource,
  nodesOf,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkleProof.ts';
export {
  COSIGNATURE_ED25519,
  type LogKey,
  NOTE_ED25519,
  type NoteSigner,
  type NoteVerifier,
  newLogKey,
  parseSkey,
  parseVkey,
  witnessOf,
} from './noteKey.ts';
export {
  addSignatures,
  cosign,
  onlySignatures,
  parseNote,
  type SignedNote,
  signNote,
  type VerifiedNote,
  verifyNote,
} from './signedNote.ts';
export {
  encodeConsistency,
  encodeTlogProof,
  parseConsistency,
  parseTlogProof,
  type TlogProof,
  verifyTlogProof,
} from './tlogProof.ts';
export { newWitnesses, type Witnesses } from './witnesses.ts';
