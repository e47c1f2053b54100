import { isRefusal } from '../../../shared/errors.ts';
import { RecordingStartedDetails } from '../../../shared/evidence/details.ts';
import type { RecordPart, RecordTrack } from '../../../shared/evidence/record.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import {
  type NoteVerifier,
  parseHeads,
  parseVkey,
  rootAtSizes,
  type TreeHead,
  verifyCheckpoint,
} from '../../custody/index.ts';
import { type ReadBag, recordOf } from '../bag.ts';
import { type Finding, failed, judged } from '../checkBook.ts';
import { onlyEvent, type ReadEvents } from '../events.ts';
import { headsFileOf } from '../readBag.ts';
import { linesOf, partName } from './tracks.ts';

/**
 * `track.<id>.heads`: every head that the recorder signed while the part grew is by the key that `recording.started`
 * names, and the final tree had that root at that size: what is there now is what was there then.
 */
export function checkHeads(bag: ReadBag, events: ReadEvents, track: RecordTrack): Finding {
  const key = recorderKey(bag, events);
  if (key === null) return failed('recorder-key-missing');
  const reasons: CheckReason[] = [];
  let heads = 0;
  for (const part of track.parts) {
    const found = partHeads(bag, key, part);
    reasons.push(...found.reasons);
    heads += found.heads.length;
    if (found.reasons.length === 0) reasons.push(...headProblems(bag, part, found.heads));
  }
  return judged(reasons, { heads });
}

/** The recorder's public key, vouched for by the event in the log; named with the exhibit number, or it is none. */
function recorderKey(bag: ReadBag, read: ReadEvents): NoteVerifier | null {
  const started = 'problem' in read ? null : onlyEvent(read.events, 'recording.started');
  const details = RecordingStartedDetails.safeParse(started?.event.details);
  if (!details.success) return null;
  try {
    const key = parseVkey(details.data.recorder_vkey);
    return key.name === recordOf(bag)?.exhibit ? key : null;
  } catch (error) {
    if (isRefusal(error, 'LOG_KEY_MALFORMED')) return null;
    throw error;
  }
}

function partHeads(bag: ReadBag, key: NoteVerifier, part: RecordPart): { heads: TreeHead[]; reasons: CheckReason[] } {
  const file = headsFileOf(`data/${part.file}`);
  const bytes = bag.contents.texts.get(file);
  if (bytes === undefined) return { heads: [], reasons: [{ code: 'file-missing', params: { file } }] };
  const origin = `${recordOf(bag)?.exhibit ?? ''}/${partName(part)}`;
  const heads: TreeHead[] = [];
  let notes: string[];
  try {
    notes = parseHeads(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    if (!isRefusal(error, 'CHECKPOINT_MALFORMED') && !(error instanceof TypeError)) throw error;
    return { heads, reasons: [{ code: 'head-malformed', params: { file, head: 1 } }] };
  }
  for (const [index, note] of notes.entries()) {
    try {
      heads.push(verifyCheckpoint(note, origin, [key]));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const code = error.code === 'CHECKPOINT_WRONG_KEY' ? 'head-signature' : 'head-malformed';
      return { heads, reasons: [{ code, params: { file, head: index + 1 } }] };
    }
  }
  return { heads, reasons: [] };
}

function headProblems(bag: ReadBag, part: RecordPart, heads: readonly TreeHead[]): CheckReason[] {
  const file = headsFileOf(`data/${part.file}`);
  const lines = linesOf(bag.contents.parts.get(`data/${part.file}`), `data/${part.file}`);
  if ('problem' in lines) return [lines.problem];
  const roots = rootAtSizes(
    lines.raw,
    heads.map((head) => head.size),
  );
  const reasons: CheckReason[] = [];
  let before = 0;
  for (const [index, head] of heads.entries()) {
    const params = { file, head: index + 1 };
    if (head.size < before) reasons.push({ code: 'head-order', params });
    else if (roots.get(head.size)?.equals(head.root) !== true) reasons.push({ code: 'head-root', params });
    before = head.size;
  }
  // Only a crash takes the recorder away before it could sign the end.
  if (part.end !== 'crashed' && heads.at(-1)?.size !== lines.raw.length) {
    reasons.push({ code: 'head-final', params: { file } });
  }
  return reasons;
}
