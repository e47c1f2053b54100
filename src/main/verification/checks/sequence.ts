import { BagExportedDetails } from '../../../shared/evidence/details.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { type ReadBag, recordOf, sha256 } from '../bag.ts';
import { type Finding, judged } from '../checkBook.ts';
import type { BagEvent, ReadEvents } from '../events.ts';

/** Events that every sealed exhibit has exactly once (EVIDENCE-FORMAT §4). */
const ONCE = ['interview.planned', 'recording.started', 'recording.ended', 'exhibit.sealed'];
const EXPORTED_MANIFEST = 'data/custody/exported-manifest.txt';

/**
 * `custody.sequence`: the exhibit's events from 0 to the last without a hole, each quoting the one before, each of this
 * exhibit and this log, what must be there once is there once, and the last is the export of this very bag. `origins` are
 * the logs that the bag holds, oldest first, where there is more than the record's: an event never goes back to an
 * earlier one.
 */
export function checkSequence(bag: ReadBag, read: ReadEvents, origins: readonly string[] = []): Finding {
  if ('problem' in read) return judged([read.problem]);
  const reasons: CheckReason[] = [];
  const record = recordOf(bag);
  let prev: string | null = null;
  let log = 0;
  for (const [seq, { event, leafHash }] of read.events.entries()) {
    const { subject } = event;
    const foreign = subject.type !== 'exhibit' || (record !== null && subject.id !== record.exhibit);
    const at = origins.indexOf(event.log, log);
    const known = origins.length > 1 ? at >= 0 : record === null || event.log === record.log.origin;
    log = Math.max(log, at);
    if (foreign || !known) {
      reasons.push({ code: 'event-foreign', params: { seq } });
    }
    if (subject.seq !== seq) reasons.push({ code: 'event-order', params: { seq } });
    else if (subject.prev !== prev) reasons.push({ code: 'chain-broken', params: { file: '', seq } });
    prev = leafHash.toString('hex');
  }
  for (const action of ONCE) {
    const count = read.events.filter(({ event }) => event.action === action).length;
    if (count !== 1) reasons.push({ code: count === 0 ? 'event-missing' : 'event-twice', params: { action } });
  }
  reasons.push(...inOrder(read.events), ...exportProblems(bag, read.events.at(-1)));
  return judged(reasons, { events: read.events.length });
}

/** Planned, then started, then ended, then sealed: an order that the log itself witnesses. */
function inOrder(events: readonly BagEvent[]): CheckReason[] {
  const places = ONCE.map((action) => events.findIndex(({ event }) => event.action === action)).filter((at) => at >= 0);
  return places.every((at, index) => index === 0 || at > (places[index - 1] ?? 0))
    ? []
    : [{ code: 'order-broken', params: {} }];
}

/** The last event exports this bag: its digest is that of the manifest without the custody folder's own lines. */
function exportProblems(bag: ReadBag, last: BagEvent | undefined): CheckReason[] {
  if (last === undefined || last.event.action !== 'bag.exported') return [{ code: 'last-not-export', params: {} }];
  const details = BagExportedDetails.safeParse(last.event.details);
  const exported = bag.contents.texts.get(EXPORTED_MANIFEST);
  const manifest = bag.contents.texts.get('manifest-sha256.txt');
  if (exported === undefined) return [{ code: 'file-missing', params: { file: EXPORTED_MANIFEST } }];
  const lines = (manifest?.toString('latin1') ?? '')
    .split('\n')
    .filter((line) => !/^[0-9a-f]{64} {2}data\/custody\//.test(line));
  const same = lines.join('\n') === exported.toString('latin1');
  const quoted = details.success && details.data.manifest_sha256 === sha256(exported);
  return same && quoted ? [] : [{ code: 'export-manifest-differs', params: {} }];
}
