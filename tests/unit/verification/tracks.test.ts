import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { joinHeads, type LogKey, MerkleTree, newLogKey, signCheckpoint } from '../../../src/main/custody/index.ts';
import type { ReadBag } from '../../../src/main/verification/bag.ts';
import type { Finding } from '../../../src/main/verification/checkBook.ts';
import { checkHeads } from '../../../src/main/verification/checks/heads.ts';
import { checkMerkle, checkParts, checkSegments } from '../../../src/main/verification/checks/tracks.ts';
import type { ReadEvents } from '../../../src/main/verification/events.ts';
import { readBag } from '../../../src/main/verification/readBag.ts';
import type { CustodyEvent } from '../../../src/shared/evidence/event.ts';
import type { EvidenceRecord, RecordPart, RecordTrack } from '../../../src/shared/evidence/record.ts';
import { tinyPart } from './tinyMedia.ts';

const EXHIBIT = 'st1-2026-000001';

interface Part {
  /** Seconds at which its segments begin. */
  readonly seconds: readonly number[];
  readonly end: RecordPart['end'];
  /** Sizes in lines at which the recorder signed. */
  readonly heads: readonly number[];
}

/** A track of these parts as a bag that was read, and the event that names the recorder's key. */
async function trackOf(
  given: readonly Part[],
  key: LogKey = newLogKey(EXHIBIT),
  gaps: RecordTrack['gaps'] = [{ from_ms: -58_000, to_ms: -55_000, cause: 'source' }],
) {
  const files = new Map<string, Buffer>([['bagit.txt', Buffer.alloc(0)]]);
  const parts = given.map(({ seconds, end, heads }, index): RecordPart => {
    const name = index === 0 ? 'room' : `room.${index + 1}`;
    const { media, lines } = tinyPart(seconds);
    const rootAt = (size: number): Buffer => {
      const tree = new MerkleTree();
      for (const line of lines.slice(0, size)) tree.append(line);
      return tree.root();
    };
    const notes = heads.map((size) =>
      signCheckpoint({ origin: `${EXHIBIT}/${name}`, size, root: rootAt(size) }, key.signer),
    );
    files.set(`data/tracks/${name}.mp4`, media);
    files.set(`data/tracks/${name}.segments.jsonl`, Buffer.from(lines.map((line) => `${line}\n`).join('')));
    files.set(`data/tracks/${name}.heads`, Buffer.from(joinHeads(notes)));
    return {
      file: `tracks/${name}.mp4`,
      bytes: media.length,
      sha256: createHash('sha256').update(media).digest('hex'),
      lines: lines.length,
      merkle_root: rootAt(lines.length).toString('hex'),
      started_at: '2026-11-21T10:13:00.000Z',
      offset_ms: -60_000,
      duration_ms: seconds.length * 1000,
      end,
    };
  });
  const contents = await readBag({
    name: 'x',
    encrypted: false,
    list: async () => ({ entries: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length })), problems: [] }),
    async *stream(path) {
      yield files.get(path) ?? Buffer.alloc(0);
    },
    close: async () => undefined,
  });
  const track = { id: 'room', parts, gaps } as unknown as RecordTrack;
  const record = { value: { exhibit: EXHIBIT, tracks: [track] } as unknown as EvidenceRecord };
  const bag: ReadBag = {
    contents,
    record,
    recordSha256: null,
    supplements: new Map(),
    copies: new Map(),
    chain: [],
    roots: [],
  };
  const event = { action: 'recording.started', details: { recorder_vkey: key.vkey } } as unknown as CustodyEvent;
  const events: ReadEvents = { events: [{ event, leafHash: Buffer.alloc(32) }] };
  return { bag, track, events };
}

const codes = (finding: Finding): string[] =>
  finding.status === 'fail' ? finding.reasons.map((reason) => reason.code) : [];

async function headsOf(...parts: Part[]): Promise<string[]> {
  const { bag, track, events } = await trackOf(parts);
  return codes(checkHeads(bag, events, track));
}

describe('a track', () => {
  it('of two parts, the first kept from a running preview, passes', async () => {
    const { bag, track, events } = await trackOf([
      { seconds: [60, 61, 62], end: 'lost', heads: [2, 4] },
      { seconds: [0, 1, 5], end: 'stopped', heads: [4] },
    ]);
    for (const finding of [
      checkParts(bag, track),
      checkSegments(bag, track),
      checkMerkle(bag, track),
      checkHeads(bag, events, track),
    ]) {
      expect(finding.status).toBe('pass');
    }
  });

  it('that never came passes with nothing', async () => {
    const { bag, track, events } = await trackOf([]);
    expect(checkParts(bag, track).status).toBe('pass');
    expect(checkHeads(bag, events, track).status).toBe('pass');
  });

  it('must be signed to its end, unless a crash took the recorder away', async () => {
    expect(await headsOf({ seconds: [0, 1], end: 'stopped', heads: [2] })).toEqual(['head-final']);
    expect(await headsOf({ seconds: [0, 1], end: 'lost', heads: [2] })).toEqual(['head-final']);
    expect(await headsOf({ seconds: [0, 1], end: 'crashed', heads: [2] })).toEqual([]);
    expect(await headsOf({ seconds: [0, 1], end: 'crashed', heads: [] })).toEqual([]);
  });

  it('must not have lost lines that were signed', async () => {
    const { bag, track, events } = await trackOf([{ seconds: [0, 1, 2], end: 'crashed', heads: [4] }]);
    const cut = await trackOf([{ seconds: [0, 1], end: 'crashed', heads: [] }]);
    const texts = new Map(cut.bag.contents.texts);
    texts.set('data/tracks/room.heads', bag.contents.texts.get('data/tracks/room.heads') ?? Buffer.alloc(0));
    const other = { ...cut.bag, contents: { ...cut.bag.contents, texts } };
    expect(codes(checkHeads(bag, events, track))).toEqual([]);
    expect(codes(checkHeads(other, events, cut.track))).toEqual(['head-root']);
  });

  it('must be signed by the recorder of this exhibit', async () => {
    const { bag, track, events } = await trackOf(
      [{ seconds: [0], end: 'stopped', heads: [2] }],
      newLogKey('st1-2026-000002'),
    );
    expect(codes(checkHeads(bag, events, track))).toEqual(['recorder-key-missing']);
    expect(codes(checkHeads(bag, { events: [] }, track))).toEqual(['recorder-key-missing']);
  });

  it('must not pass over a hole', async () => {
    const part: Part = { seconds: [0, 1, 5], end: 'stopped', heads: [4] };
    const of = async (gaps: RecordTrack['gaps']): Promise<string[]> => {
      const { bag, track } = await trackOf([part], newLogKey(EXHIBIT), gaps);
      return codes(checkSegments(bag, track));
    };
    expect(await of([{ from_ms: -58_000, to_ms: -55_000, cause: 'source' }])).toEqual([]);
    expect(await of([{ from_ms: -57_999, to_ms: -55_000, cause: 'source' }])).toEqual(['gap-undeclared']);
    expect(await of([])).toEqual(['gap-undeclared']);
  });

  it('must begin where its media say', async () => {
    const { bag, track } = await trackOf([{ seconds: [0, 1], end: 'stopped', heads: [3] }]);
    const part = bag.contents.parts.get('data/tracks/room.mp4');
    const scanned = (part?.scanned ?? []).map((segment, index) =>
      index === 2 ? { ...segment, startMs: 999 } : segment,
    );
    const parts = new Map([['data/tracks/room.mp4', { segments: part?.segments ?? null, scanned }]]);
    expect(codes(checkSegments({ ...bag, contents: { ...bag.contents, parts } }, track))).toEqual(['segment-start']);
  });
});
