import { createHash } from 'node:crypto';
import { availableParallelism, loadavg } from 'node:os';
import { expect } from 'vitest';
import type { Interview } from '../../src/shared/contract/cases.ts';
import type { EvidenceRecord, RecordTrack } from '../../src/shared/evidence/record.ts';
import { written } from './walkAfter.ts';
import type { WalkedBag } from './walkedBag.ts';
import {
  isOfEquipment,
  type Known,
  ofTheMachine,
  walkedActs,
  walkedPreparation,
  walkedRecord,
  walkedTimeline,
} from './walkedRecord.ts';
import { asked, DRAWING, everyWalkName, PRIVATE_NOTE, walkNames } from './walkPeople.ts';

/** Pictures a second of a simulated camera, as the milliseconds from one to the next. */
const PICTURE_MS = 40;
/** How much a track may lack at its beginning and its end: segments are a second long. */
const EDGE_MS = 2_500;

/** More work than this machine can do waits for it: then its cameras fall silent, which is recorded as a loss, and is none of ours. */
export const isStarved = () => (loadavg()[0] ?? 0) > 6 * availableParallelism();

/** Every field of the record: who, where and when, the timeline entry for entry, the attachments byte for byte. */
export function holdRecord(
  bag: WalkedBag,
  interview: Interview,
  known: Known & { readonly stills: ReadonlyMap<string, Buffer> },
): void {
  const record = bag.record();
  const { timeline, tracks: _, clock: __, ...rest } = record;
  expect(rest).toEqual(walkedRecord(interview, known, record));
  const { started_at, ended_at, sealed_at } = record.interview;
  expect([started_at, ended_at, sealed_at]).toEqual([started_at, ended_at, sealed_at].toSorted());
  expect(new Set(record.roster.map((one) => one.identity_commitment)).size).toBe(interview.participants.length);
  expect(record.log.vkey).toBe(bag.text('custody/log.vkey').trim());

  expect(timeline.filter((one) => !ofTheMachine(one)).map(({ at_ms: _, ...entry }) => entry)).toEqual(
    walkedTimeline(interview, known.officer),
  );
  const moments = timeline.map(({ at_ms }) => at_ms);
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  expect(moments[0]).toBe(0);
  expect(moments.at(-1)).toBeLessThanOrEqual(Date.parse(ended_at) - Date.parse(started_at) + 1);
  const changes = new Map<unknown, Set<unknown>>();
  for (const { type, label, question } of timeline) {
    if (type === 'question') changes.set(label, (changes.get(label) ?? new Set()).add(question));
  }
  expect([...changes.values()].map(({ size }) => size)).toEqual(Array(changes.size).fill(1));

  for (const { file, sha256 } of record.attachments) expect(bag.sha256(file), file).toBe(sha256);
  expect(bag.bytes(record.attachments[0]?.file ?? '')).toEqual(DRAWING);
  expect(bag.bytes('attachments/still-room.jpg')).toEqual(known.stills.get('Room view'));
  expect(bag.bytes('attachments/still-face.jpg')).toEqual(known.stills.get('Face view'));
  const preparation = bag.preparation();
  expect(preparation).toEqual(walkedPreparation(interview, known));
  for (const { file, sha256 } of preparation.stills) expect(bag.sha256(file)).toBe(sha256);
}

/** No picture is missing between the beginning and the end, whoever watched; what a starved machine lost is said. */
export function holdMedia(bag: WalkedBag): void {
  const record = bag.record();
  const lasts = Date.parse(record.interview.ended_at) - Date.parse(record.interview.started_at);
  const kinds = record.tracks.map(({ id, kind, source }) => [id, kind, source.simulated]);
  expect(kinds).toEqual([
    ['room', 'video', true],
    ['face', 'video', true],
    ['mic1', 'audio', true],
    ['mic2', 'audio', true],
  ]);
  for (const track of record.tracks) {
    holdFiles(bag, record, track);
    const lost = record.timeline.filter((one) => one.label === 'SOURCE_LOST' && one['track'] === track.id);
    if (lost.length > 0 && isStarved()) continue;
    const [part] = track.parts;
    if (part === undefined) throw new Error(track.id);
    const segments = bag.segments(part).slice(1);
    expect(track.parts, track.id).toHaveLength(1);
    expect(track.gaps, track.id).toEqual([]);
    expect(part.end).toBe('stopped');
    expect(part.offset_ms + (segments[0]?.start_ms ?? Number.NaN)).toBeLessThan(EDGE_MS);
    const last = segments.at(-1);
    const until = part.offset_ms + (last?.start_ms ?? Number.NaN) + (last?.duration_ms ?? 0);
    expect(lasts - until, track.id).toBeLessThan(EDGE_MS);
  }
}

function holdFiles(bag: WalkedBag, { interview, timeline }: EvidenceRecord, track: RecordTrack): void {
  const losses = timeline.filter(({ label, track: of }) => label === 'SOURCE_LOST' && of === track.id);
  expect(losses.length, track.id).toBeGreaterThanOrEqual(track.parts.length - 1);
  for (const part of track.parts) {
    const segments = bag.segments(part);
    expect(bag.sha256(part.file)).toBe(part.sha256);
    expect([bag.bytes(part.file).length, segments.length]).toEqual([part.bytes, part.lines]);
    const began = Date.parse(part.started_at) - Date.parse(interview.started_at);
    expect(Math.abs(began - part.offset_ms)).toBeLessThanOrEqual(1);
    if (track.kind !== 'video') continue;
    const pictures = bag.pictures(part);
    const steps = new Set(pictures.slice(1).map((at, i) => at - (pictures[i] ?? Number.NaN)));
    expect([...steps], part.file).toEqual([PICTURE_MS]);
    expect(pictures.length * PICTURE_MS).toBe(part.duration_ms);
  }
}

/** What the custody log tells of this exhibit, in order, without a hole; what was read beside it once. */
export function holdCustody(bag: WalkedBag, { exhibit }: Interview): void {
  const events = bag.events();
  expect(events.map(({ subject }) => subject.seq)).toEqual(events.map((_, i) => i));
  expect([...new Set(events.map(({ subject }) => `${subject.type} ${subject.id}`))]).toEqual([`exhibit ${exhibit}`]);
  const acts = events.filter(({ action }) => !isOfEquipment(action)).map(({ action, actor }) => [action, actor.role]);
  expect(acts.filter(([action]) => action !== 'review.opened')).toEqual(walkedActs);
  expect(acts.filter(([action]) => action === 'review.opened')).toHaveLength(1);
  const one = (action: string) => events.find((event) => event.action === action)?.details ?? {};
  expect(one('exhibit.sealed')['record_sha256']).toBe(bag.sha256('record.json'));
  expect(one('recording.started')['clock']).toEqual(bag.record().clock);
  expect(one('bag.exported')['recipient']).toBe('Defence, Bar of Aktau');
}

/** The protocol beside the record: as it was written, with the names, which stand nowhere else in the open. */
export function holdPapers(bag: WalkedBag): void {
  const supplement = bag.supplement(1);
  const files = supplement.attachments.map(({ file }) => file);
  expect(files).toEqual(['1/protocol-kk.pdf', '1/protocol-kk.txt']);
  for (const { file, sha256 } of supplement.attachments) expect(bag.sha256(`supplements/${file}`)).toBe(sha256);
  expect([supplement.n, supplement.prev, supplement.record_sha256]).toEqual([1, null, bag.sha256('record.json')]);
  const protocol = bag.text('supplements/1/protocol-kk.txt');
  const { offline, ...put } = asked;
  for (const words of [...Object.values(written), ...Object.values(put), offline, walkNames.child.surname]) {
    expect(protocol).toContain(words);
  }
  for (const name of Object.values(walkNames.people)) expect(protocol).toContain(name);

  // A certificate says whose it is; the paper names those who sign it. Nothing else does.
  expect(bag.holding([PRIVATE_NOTE])).toEqual([]);
  const named = bag.holding(everyWalkName).filter((file) => !file.endsWith('.p7s'));
  expect(named).toEqual(['data/supplements/1/protocol-kk.txt']);
  const childs = [...Object.values(walkNames.child), ...Object.values(walkNames.people)];
  expect(bag.holding(childs)).toEqual(['data/supplements/1/protocol-kk.txt']);
}

/** The digest of bytes that were written elsewhere, such as a label. */
export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
