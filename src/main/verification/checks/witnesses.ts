import { isRefusal } from '../../../shared/errors.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { type NoteVerifier, type VerifiedCheckpoint, verifyCheckpoint } from '../../custody/index.ts';
import type { ReadBag } from '../bag.ts';
import { type Finding, judged, notChecked, passed } from '../checkBook.ts';
import type { ReadEvents } from '../events.ts';
import { CHECKPOINT, grew, textOf } from './custody.ts';

const WITNESSED = /^data\/custody\/witnessed\/(?:0|[1-9][0-9]{0,15})\.checkpoint$/;

interface Seen {
  readonly witness: NoteVerifier;
  readonly size: number;
}

/**
 * `custody.witnesses`: each witness that the verifier names has cosigned a head of the log that covers the seal: the
 * bag's own, or an earlier one that the bag's extends (`custody/witnessed/<size>.checkpoint` and `.consistency`).
 */
export function checkWitnesses(
  bag: ReadBag,
  log: { readonly key: NoteVerifier | null; readonly head: VerifiedCheckpoint | null },
  indexes: readonly number[] | null,
  read: ReadEvents,
  witnesses: readonly NoteVerifier[],
): Finding {
  if (witnesses.length === 0) return notChecked('no-witness-given');
  if (log.key === null) return notChecked('needs-other-check', { check: 'custody.log-key' });
  if (log.head === null) return notChecked('needs-other-check', { check: 'custody.checkpoint' });
  const reasons: CheckReason[] = [];
  const seen: Seen[] = [];
  const files = [CHECKPOINT, ...[...bag.contents.files.keys()].filter((path) => WITNESSED.test(path)).sort()];
  for (const file of files) {
    const found = readWitnessed(bag, log.key, log.head, file, witnesses);
    if (Array.isArray(found)) seen.push(...found);
    else reasons.push(found);
  }
  if (reasons.length > 0) return judged(reasons);
  const events = 'problem' in read ? [] : read.events;
  const sealed = indexes?.[events.findIndex(({ event }) => event.action === 'exhibit.sealed')];
  for (const witness of witnesses) {
    const sizes = seen.filter((one) => one.witness.vkey === witness.vkey).map(({ size }) => size);
    if (sizes.length === 0) return notChecked('witness-missing', { witness: witness.name });
    const newest = Math.max(...sizes);
    // The bag's own head covers all that is in the bag.
    if (newest === log.head.size) continue;
    if (sealed === undefined) return notChecked('needs-other-check', { check: 'custody.proofs' });
    if (newest <= sealed) return notChecked('witness-before-seal', { witness: witness.name });
  }
  return passed({ witnesses: witnesses.length });
}

/** Who of the named witnesses cosigned this head; or what is wrong with it. */
function readWitnessed(
  bag: ReadBag,
  key: NoteVerifier,
  head: VerifiedCheckpoint,
  file: string,
  witnesses: readonly NoteVerifier[],
): Seen[] | CheckReason {
  const text = textOf(bag, file) ?? '';
  try {
    const found = verifyCheckpoint(text, key.name, [key, ...witnesses]);
    const proof = file === CHECKPOINT ? '' : textOf(bag, file.replace(/\.checkpoint$/, '.consistency'));
    if (proof === undefined || !grew(proof, found, head)) return { code: 'consistency-invalid', params: {} };
    return found.cosignedBy.map(({ witness }) => ({ witness, size: found.size }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const code = error.code === 'CHECKPOINT_WRONG_KEY' ? 'checkpoint-signature' : 'checkpoint-malformed';
    return { code, params: { file } };
  }
}
