import { isRefusal } from '../../../shared/errors.ts';
import type { EvidenceRecord } from '../../../shared/evidence/record.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import {
  type NoteVerifier,
  parseCheckpoint,
  parseVkey,
  type TreeHead,
  type VerifiedCheckpoint,
  verifyCheckpoint,
} from '../../custody/index.ts';
import { sha256 } from '../bag.ts';
import { type Finding, failed, judged } from '../checkBook.ts';
import { SEAL_CHECKPOINT } from './custody.ts';

/** The station's own log, where it can be asked. */
export interface OwnLog {
  /** The tree's root of that log at that size; null where it is no log of the station or was never so long. */
  rootAt(origin: string, size: number): Buffer | null;
  /** The index of the exhibit's `exhibit.sealed`; null where there is none. */
  readonly sealIndex: number | null;
}

/** The heads that lie beside an exhibit. */
export interface HeadsBeside {
  /** The head after the seal, as the database and each disk keep it. */
  readonly seals: readonly string[];
  /** The stamped head that the record quotes as its anchor, as each disk keeps it. */
  readonly anchors: readonly string[];
}

/**
 * `custody.seal-to-head` where the log itself lies: the heads after the seal, as each disk and the database keep them, are
 * signed by the key that the record names, cover the seal's event, and are heads of the log as it is now; so is the head
 * that the record quotes as its anchor. Whoever writes the log anew without its key is found out by the first, and who has
 * the key by the second, which the signers of every later record have signed.
 */
export function checkStoredSeal(record: EvidenceRecord, { seals, anchors }: HeadsBeside, log: OwnLog): Finding {
  const file = SEAL_CHECKPOINT.slice('data/'.length);
  if (seals.length === 0) return failed('file-missing', { file });
  const reasons: CheckReason[] = anchorProblems(record, anchors, log);
  for (const note of new Set(seals)) {
    const head = headOf(note, parseVkey(record.log.vkey));
    if (head === null) {
      reasons.push({ code: 'checkpoint-signature', params: { file } });
      continue;
    }
    if (!stands(head, log)) reasons.push({ code: 'consistency-invalid', params: {} });
    if (log.sealIndex === null || log.sealIndex >= head.size) reasons.push({ code: 'seal-not-covered', params: {} });
  }
  return judged(reasons, { heads: seals.length + anchors.length });
}

/** The anchor needs no key: the signed record has its digest. */
function anchorProblems({ anchor }: EvidenceRecord, notes: readonly string[], log: OwnLog): CheckReason[] {
  if (anchor === null) return [];
  const file = 'custody/anchor.checkpoint';
  if (notes.length === 0) return [{ code: 'file-missing', params: { file } }];
  return [...new Set(notes)].flatMap((note): CheckReason[] => {
    if (sha256(Buffer.from(note)) !== anchor.checkpoint_sha256) return [{ code: 'digest-differs', params: { file } }];
    return stands(parseCheckpoint(note), log) ? [] : [{ code: 'consistency-invalid', params: {} }];
  });
}

const stands = ({ origin, size, root }: TreeHead, log: OwnLog): boolean =>
  log.rootAt(origin, size)?.equals(root) === true;

function headOf(note: string, key: NoteVerifier): VerifiedCheckpoint | null {
  try {
    return verifyCheckpoint(note, key.name, [key]);
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
