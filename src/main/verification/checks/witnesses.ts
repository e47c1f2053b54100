import { isRefusal } from '../../../shared/errors.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { type NoteVerifier, type VerifiedCheckpoint, verifyCheckpoint } from '../../custody/index.ts';
import type { ReadBag } from '../bag.ts';
import { type Finding, judged, notChecked, passed } from '../checkBook.ts';
import type { ReadEvents } from '../events.ts';
import type { LogOfBag } from './continued.ts';
import { CHECKPOINT, grew, textOf } from './custody.ts';

const WITNESSED = /^witnessed\/(?:0|[1-9][0-9]{0,15})\.checkpoint$/;

interface Seen {
  readonly witness: NoteVerifier;
  /** Place of the log among those of the bag, and the entries of the head. */
  readonly log: number;
  readonly size: number;
}

/**
 * `custody.witnesses`: each witness that the verifier names has cosigned a head that covers the seal: the bag's own, an
 * earlier one that the bag's extends (`witnessed/<size>.checkpoint` and `.consistency`), or one of a later log of the
 * same station, whose first event quotes the last head of the one before. `logs` is what `logsOfBag` gives.
 */
export function checkWitnesses(
  bag: ReadBag,
  logs: readonly LogOfBag[],
  indexes: readonly number[] | null,
  read: ReadEvents,
  witnesses: readonly NoteVerifier[],
): Finding {
  if (witnesses.length === 0) return notChecked('no-witness-given');
  const home = logs.findIndex(({ folder }) => `${folder}/checkpoint` === CHECKPOINT);
  const own = logs[home];
  if (own === undefined || own.key === null) return notChecked('needs-other-check', { check: 'custody.log-key' });
  if (own.head === null) return notChecked('needs-other-check', { check: 'custody.checkpoint' });
  const reasons: CheckReason[] = [];
  const seen: Seen[] = [];
  for (const [log, one] of logs.entries()) {
    if (one.key === null || one.head === null) return notChecked('needs-other-check', { check: 'custody.continued' });
    for (const file of headsIn(bag, one.folder)) {
      const found = readWitnessed(bag, one.key, one.head, file, witnesses);
      if (Array.isArray(found)) seen.push(...found.map((each) => ({ ...each, log })));
      else reasons.push(found);
    }
  }
  if (reasons.length > 0) return judged(reasons);
  const events = 'problem' in read ? [] : read.events;
  const sealed = indexes?.[events.findIndex(({ event }) => event.action === 'exhibit.sealed')];
  for (const witness of witnesses) {
    const heads = seen.filter((one) => one.witness.vkey === witness.vkey);
    if (heads.length === 0) return notChecked('witness-missing', { witness: witness.name });
    // A later log begins with the last head of the one before, and the bag's own head covers all that is in the bag.
    if (heads.some(({ log, size }) => (log > home && size > 0) || (log === home && size === own.head?.size))) continue;
    if (sealed === undefined) return notChecked('needs-other-check', { check: 'custody.proofs' });
    const newest = Math.max(0, ...heads.filter(({ log }) => log === home).map(({ size }) => size));
    if (newest <= sealed) return notChecked('witness-before-seal', { witness: witness.name });
  }
  return passed({ witnesses: witnesses.length });
}

/** The heads of one log of the bag: that of the bag, and those that witnesses saw before. */
function headsIn(bag: ReadBag, folder: string): string[] {
  const seen = [...bag.contents.files.keys()].filter(
    (path) => path.startsWith(`${folder}/`) && WITNESSED.test(path.slice(folder.length + 1)),
  );
  return [`${folder}/checkpoint`, ...seen.sort()];
}

/** Who of the named witnesses cosigned this head; or what is wrong with it. */
function readWitnessed(
  bag: ReadBag,
  key: NoteVerifier,
  head: VerifiedCheckpoint,
  file: string,
  witnesses: readonly NoteVerifier[],
): Omit<Seen, 'log'>[] | CheckReason {
  const text = textOf(bag, file) ?? '';
  try {
    const found = verifyCheckpoint(text, key.name, [key, ...witnesses]);
    const proof = file.endsWith('/checkpoint') ? '' : textOf(bag, file.replace(/\.checkpoint$/, '.consistency'));
    if (proof === undefined || !grew(proof, found, head)) return { code: 'consistency-invalid', params: {} };
    return found.cosignedBy.map(({ witness }) => ({ witness, size: found.size }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const code = error.code === 'CHECKPOINT_WRONG_KEY' ? 'checkpoint-signature' : 'checkpoint-malformed';
    return { code, params: { file } };
  }
}
