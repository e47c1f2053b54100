import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MerkleTree, parseHeads, parseVkey, rootAtSizes, verifyCheckpoint } from '../../../src/main/custody/index.ts';
import type { BeginResult, RecorderEvent, RecordingResult } from '../../../src/main/recorder/index.ts';
import { FragmentReader } from '../../../src/main/recorder/media/fragmentReader.ts';
import { canonicalText } from '../../../src/shared/domain/canonical.ts';
import type { RecorderState } from '../../../src/shared/domain/liveState.ts';
import { SegmentLine } from '../../../src/shared/evidence/record.ts';
import { decoded, decrypted, EXHIBIT, type RecorderRoom, recorderRoom, stem } from '../../support/recorderRoom.ts';
import { until } from '../../support/until.ts';

/** One recording of six seconds with all four simulated devices; every test below looks at it from another side. */
let room: RecorderRoom;
let begun: BeginResult;
let result: RecordingResult;
/** When the button had answered, in milliseconds of the recording, and what was on the disks by then. */
let answered: RecorderState;
/** What the recorder last said before the end. */
let last: RecorderState;
let picture: Buffer;
const heard: RecorderEvent[] = [];
let live: { part: string | null; segments: SegmentLine[]; bytes: Buffer };

beforeAll(async () => {
  room = await recorderRoom();
  room.client.onEvent((event) => heard.push(event));
  await room.ready();
  picture = await until('a preview of the room', () => room.client.preview('room'), { withinMs: 40_000 });
  await until('a preview of the face', () => room.client.preview('face'), { withinMs: 40_000 });
  begun = await room.client.begin(room.plan);
  answered = await room.client.state();
  await until('six seconds', async () => (await room.client.state()).elapsedMs > 6000);
  live = await until('three segments for a live view', async () => {
    const seen = await room.client.live('face', null, -1);
    return seen.segments.length > 2 ? seen : null;
  });
  last = await room.client.state();
  result = await room.client.end();
}, 120_000);

afterAll(async () => {
  await room.stop();
});

/** The furthest that this source ever lagged behind the clock, in milliseconds. */
const latest = (id: string): number =>
  Math.max(
    0,
    ...heard.flatMap((event) =>
      event.event === 'state'
        ? event.state.sources.filter((one) => one.id === id).map(({ delayMs }) => delayMs ?? 0)
        : [],
    ),
  );
const parts = () => result.tracks.flatMap(({ track }) => track.parts.map((part) => ({ track, part })));
const linesOf = (target: string, part: RecordingResult['tracks'][number]['track']['parts'][number]) =>
  readFileSync(`${stem(target, part)}.segments.jsonl`, 'utf8')
    .trimEnd()
    .split('\n');

describe('a recording with simulated devices', () => {
  it('has begun when every track has bytes on both disks, not before', () => {
    expect(answered.phase).toBe('recording');
    expect(answered.sources.map(({ bytes, growing }) => bytes > 0 && growing)).toEqual([true, true, true, true]);
  });

  it('shows pictures and levels from ready on', async () => {
    expect(picture.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(await room.client.preview('mic1')).toBeNull();
    const levels = heard.filter((event) => event.event === 'levels');
    expect(levels.length).toBeGreaterThan(5);
    const voices = levels.map(({ levels: { mic1 } }) => mic1?.rms ?? -120);
    expect(Math.max(...voices)).toBeGreaterThan(-40);
  });

  it('says what it began, and what became of it', () => {
    expect(begun).toMatchObject({ exhibit: EXHIBIT, targets: [{ ok: true }, { ok: true }] });
    expect(begun.tracks.map(({ id, kind, simulated }) => [id, kind, simulated])).toEqual([
      ['room', 'video', true],
      ['face', 'video', true],
      ['mic1', 'audio', true],
      ['mic2', 'audio', true],
    ]);
    expect(begun.recorderVkey.startsWith(`${EXHIBIT}+`)).toBe(true);
    expect(result).toMatchObject({ exhibit: EXHIBIT, end: 'stopped', lost: [], startedAt: begun.startedAt });
    expect(result.tracks.map(({ track }) => [track.id, track.codecs, track.parts.length, track.gaps.length])).toEqual([
      ['room', 'avc1.64001f', 1, 0],
      ['face', 'avc1.64001f', 1, 0],
      ['mic1', 'mp4a.40.2', 1, 0],
      ['mic2', 'mp4a.40.2', 1, 0],
    ]);
    expect(result.events.map(({ action }) => action)).toContain('recording.begun');
  });

  it('keeps nothing from before the button, and everything up to the stop', () => {
    for (const { track, part } of parts()) {
      const lines = linesOf(room.targets[0], part).map((line) => SegmentLine.parse(JSON.parse(line)));
      const first = part.offset_ms + (lines[1]?.start_ms ?? 0);
      // A simulated device only slows down on a busy machine, and is placed that much too early until it has caught up.
      expect(first).toBeGreaterThan(-900 - latest(track.id));
      expect(first).toBeLessThan(answered.elapsedMs);
      expect(lines[1]?.start_ms).toBeGreaterThan(0);
      // What was durable before the stop is in the part, to the byte.
      expect(part.bytes).toBeGreaterThanOrEqual(last.sources.find(({ id }) => id === track.id)?.bytes ?? Number.NaN);
    }
  });

  it('stands on both targets, byte for byte, as the result says', () => {
    expect(result.stored).toHaveLength(8);
    for (const { target, file, bytes, sha256 } of result.stored) {
      const content = readFileSync(join(room.targets[target] ?? '', file));
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
    const [a, b] = room.targets.map((target) => readdirSync(join(target, 'tracks')).sort());
    expect(a).toEqual(b);
    expect(a?.filter((name) => name.includes('tail'))).toEqual([]);
    for (const name of a ?? []) {
      expect(
        readFileSync(join(room.targets[0], 'tracks', name)).equals(readFileSync(join(room.targets[1], 'tracks', name))),
      ).toBe(true);
    }
  });

  it("is opened by Debian's age, byte for byte, and decodes with as many frames as the index says", () => {
    for (const { track, part } of parts()) {
      const media = decrypted(room, `${stem(room.targets[1], part)}.mp4.age`);
      expect(media.length).toBe(part.bytes);
      expect(createHash('sha256').update(media).digest('hex')).toBe(part.sha256);
      const samples = new FragmentReader()
        .push(media)
        .reduce((sum, piece) => sum + (piece.type === 'fragment' ? piece.fragment.samples : 0), 0);
      const { warnings, frames } = decoded(media, track.kind === 'video' ? 'video' : 'audio');
      expect(warnings).toBe('');
      expect(frames).toBe(samples);
    }
  });

  it('has lines that cover each part, with digests, and the Merkle root of those lines', () => {
    for (const { part } of parts()) {
      const media = decrypted(room, `${stem(room.targets[0], part)}.mp4.age`);
      const tree = new MerkleTree();
      let offset = 0;
      for (const [i, text] of linesOf(room.targets[0], part).entries()) {
        const line = SegmentLine.parse(JSON.parse(text));
        expect(canonicalText(line)).toBe(text);
        expect([line.i, line.offset]).toEqual([i, offset]);
        const bytes = media.subarray(offset, offset + line.length);
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(line.sha256);
        offset += line.length;
        tree.append(Buffer.from(text));
      }
      expect(offset).toBe(media.length);
      expect([tree.size, tree.root().toString('hex')]).toEqual([part.lines, part.merkle_root]);
    }
  });

  it('has heads that were signed by the key of this recording, the last one over the whole tree', () => {
    for (const { part } of parts()) {
      const heads = parseHeads(readFileSync(`${stem(room.targets[0], part)}.heads`, 'utf8'));
      const name = part.file.replace(/^tracks\/|\.mp4$/g, '');
      const verified = heads.map((head) =>
        verifyCheckpoint(head, `${EXHIBIT}/${name}`, [parseVkey(begun.recorderVkey)]),
      );
      const roots = rootAtSizes(
        linesOf(room.targets[0], part).map((line) => Buffer.from(line)),
        verified.map(({ size }) => size),
      );
      for (const { size, root } of verified) expect(roots.get(size)?.equals(root)).toBe(true);
      expect(verified.at(-1)?.size).toBe(part.lines);
    }
  });

  it('gave its last segments to a live view while it ran', () => {
    expect(live.part).toBe('face');
    expect(live.segments.length).toBeLessThanOrEqual(6);
    const face = result.tracks.find(({ place }) => place === 'face')?.track.parts[0];
    const media = face === undefined ? Buffer.alloc(0) : decrypted(room, `${stem(room.targets[0], face)}.mp4.age`);
    const first = live.segments[0];
    const own = media.subarray(
      first?.offset,
      (live.segments.at(-1)?.offset ?? 0) + (live.segments.at(-1)?.length ?? 0),
    );
    expect(live.bytes.subarray(-own.length).equals(own)).toBe(true);
  });

  it('keeps the result until it is acknowledged, then is ready for the next', async () => {
    expect(await room.client.result()).toEqual(result);
    expect(existsSync(join(room.options.folder, 'result.json'))).toBe(true);
    await expect(room.client.begin(room.plan)).rejects.toMatchObject({ code: 'RECORDER_WRONG_PHASE' });
    await room.client.acknowledge();
    expect(await room.client.result()).toBeNull();
    expect((await room.client.state()).phase).toBe('ready');
    await room.ready();
    // The same exhibit again: what stands is never written over.
    await expect(room.client.begin(room.plan)).rejects.toMatchObject({ code: 'TARGET_UNUSABLE' });
  });

  it('leaves nothing in the open: the folder is private, and no media or key is in its files', async () => {
    const files = readdirSync(room.options.folder);
    expect(files).not.toContain('start.json');
    expect(statSync(join(room.options.folder, 'run.json')).mode & 0o077).toBe(0);
    for (const name of files) {
      const text = readFileSync(join(room.options.folder, name), 'latin1');
      expect(text).not.toContain('AGE-SECRET-KEY');
      expect(text).not.toContain('PRIVATE+KEY');
      expect(text).not.toContain('mdat');
    }
  });
});
