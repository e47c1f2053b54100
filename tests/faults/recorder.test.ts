import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  attachRecorder,
  pendingResult,
  sealCrashed,
  secureCrashed,
  startRecorder,
} from '../../src/main/recorder/index.ts';
import { FragmentReader } from '../../src/main/recorder/media/fragmentReader.ts';
import { simulatedRoom } from '../../src/main/rooms/devices/index.ts';
import { SegmentLine } from '../../src/shared/evidence/record.ts';
import { alive, decoded, decrypted, EXHIBIT, type RecorderRoom, recorderRoom, stem } from '../support/recorderRoom.ts';
import { troubledFfmpeg } from '../support/troubledFfmpeg.ts';
import { until } from '../support/until.ts';

const rooms: RecorderRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.stop();
});

async function open(options: Parameters<typeof recorderRoom>[0] = {}): Promise<RecorderRoom> {
  const room = await recorderRoom(options);
  rooms.push(room);
  return room;
}

/** One camera and one microphone: enough for what one does to the other, and half the work. */
const two = () => simulatedRoom().filter(({ id }) => id === 'room' || id === 'mic1');
const elapsed = (room: RecorderRoom, ms: number) =>
  until(`${ms} ms recorded`, async () => (await room.client.state()).elapsedMs > ms, { withinMs: 120_000 });
const samplesIn = (media: Buffer): number =>
  new FragmentReader()
    .push(media)
    .reduce((sum, piece) => sum + (piece.type === 'fragment' ? piece.fragment.samples : 0), 0);

describe('a source that dies while it records', () => {
  it('comes back as a new part with a stated gap; the other has no hole', async () => {
    const room = await open({ sources: two() });
    await room.ready();
    await room.client.begin(room.plan);
    await elapsed(room, 2500);
    const camera = (await room.client.state()).sources.find(({ id }) => id === 'room');
    process.kill(camera?.pid ?? 0, 'SIGKILL');
    await until('the camera grows again', async () => {
      const source = (await room.client.state()).sources.find(({ id }) => id === 'room');
      return source?.partNumber === 2 && source.growing && source.bytes > 0 && source.state === 'running';
    });
    await elapsed(room, (await room.client.state()).elapsedMs + 1500);
    const result = await room.client.end();

    const [video, audio] = result.tracks;
    expect(video?.track.parts.map(({ file, end }) => [file, end])).toEqual([
      ['tracks/room.mp4', 'lost'],
      ['tracks/room.2.mp4', 'stopped'],
    ]);
    const [gap, ...further] = video?.track.gaps ?? [];
    expect(further).toEqual([]);
    expect((gap?.to_ms ?? 0) - (gap?.from_ms ?? 0)).toBeGreaterThan(250);
    expect(gap?.from_ms).toBeGreaterThan(0);
    expect(audio?.track.parts).toHaveLength(1);
    expect(audio?.track.gaps).toEqual([]);
    expect(result.events.map(({ action }) => action)).toEqual(expect.arrayContaining(['source.lost', 'source.back']));
    expect((await room.client.state()).alarms.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['SOURCE_LOST', 'SOURCE_BACK']),
    );
    for (const part of video?.track.parts ?? []) {
      const media = decrypted(room, `${stem(room.targets[0], part)}.mp4.age`);
      expect(decoded(media, 'video')).toEqual({ warnings: '', frames: samplesIn(media) });
    }
  });

  it('that falls silent is ended and started again', async () => {
    const room = await open({ sources: two() });
    await room.ready();
    const before = (await room.client.state()).sources.find(({ id }) => id === 'mic1');
    process.kill(before?.pid ?? 0, 'SIGSTOP');
    await until('it is lost', async () =>
      (await room.client.state()).alarms.some(
        ({ code, params }) => code === 'SOURCE_LOST' && params['cause'] === 'silent',
      ),
    );
    await room.ready();
    expect((await room.client.state()).sources.find(({ id }) => id === 'mic1')?.pid).not.toBe(before?.pid);
    expect(alive(before?.pid ?? 0)).toBe(false);
  });
});

describe('a start that cannot be', () => {
  it('names the source that sends nothing, keeps what the others sent, and can be tried again', async () => {
    const ffmpeg = troubledFfmpeg();
    ffmpeg.make('audio', 'nothing');
    const room = await open({
      sources: two(),
      ffmpeg: { path: ffmpeg.path, version: 'ffmpeg of the test', videoEncoder: 'libx264' },
    });
    await until('the camera runs', async () => (await room.client.state()).sources[0]?.state === 'running');
    await mkdir(room.targets[0], { recursive: true });
    await writeFile(join(room.targets[0], 'exhibit.key.age'), 'key');
    await expect(room.client.begin(room.plan)).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      params: { source: 'Simulated microphone 1', place: 'mic1' },
    });
    expect(await room.client.state()).toMatchObject({ phase: 'ready', exhibit: null });
    expect(existsSync(join(room.targets[0], 'tracks'))).toBe(false);
    const kept = join(room.targets[0], 'not-started-1');
    expect(readFileSync(join(kept, 'exhibit.key.age'), 'utf8')).toBe('key');
    const media = decrypted(room, join(kept, 'tracks/room.mp4.age'));
    expect(decoded(media, 'video')).toEqual({ warnings: '', frames: samplesIn(media) });
    ffmpeg.make('audio', 'none');
    await room.ready();
    expect((await room.client.begin(room.plan)).tracks).toHaveLength(2);
    await room.client.end();
    ffmpeg.remove();
  });

  it('refuses without room, without a second disk, and where it cannot write, and leaves nothing behind', async () => {
    const room = await open({ sources: two() });
    await room.ready();
    const [a] = room.targets;
    await expect(room.client.begin({ ...room.plan, plannedMs: 2 ** 45 })).rejects.toMatchObject({
      code: 'NO_ROOM_ON_DISK',
    });
    await expect(room.client.begin({ ...room.plan, targets: [a] })).rejects.toMatchObject({
      code: 'SINGLE_TARGET_NOT_CONFIRMED',
    });
    const file = join(room.folder, 'a-file');
    await writeFile(file, 'not a folder');
    const unusable = { ...room.plan, targets: [a, join(file, EXHIBIT)] };
    await expect(room.client.begin(unusable)).rejects.toMatchObject({ code: 'TARGET_UNUSABLE' });
    await expect(room.client.begin({ ...room.plan, recipient: 'age1nobody' })).rejects.toMatchObject({
      code: 'KEY_UNREADABLE',
    });
    expect(existsSync(a)).toBe(false);
    expect((await room.client.state()).phase).toBe('ready');

    await room.client.begin({ ...unusable, confirmedSingle: true });
    await elapsed(room, 1000);
    const result = await room.client.end();
    expect(result.targets.map(({ ok }) => ok)).toEqual([true, false]);
    expect(new Set(result.stored.map(({ target }) => target))).toEqual(new Set([0]));
  });
});

describe('the station and its recorder', () => {
  it('refuses a second recorder for the room and leaves the first alone', async () => {
    const room = await open({ sources: two() });
    await expect(startRecorder(room.options)).rejects.toMatchObject({ code: 'RECORDER_IN_USE' });
    expect(alive(room.client.pid)).toBe(true);
    expect((await room.client.state()).pid).toBe(room.client.pid);
  });

  it('goes on when its client is gone, and a new one attaches with the full state', async () => {
    const room = await open({ sources: two() });
    await room.ready();
    const begun = await room.client.begin(room.plan);
    await elapsed(room, 1000);
    room.client.close();
    await room.client.closed;
    await expect(room.client.state()).rejects.toMatchObject({ code: 'RECORDER_LOST' });
    const again = await attachRecorder(room.options.folder);
    if (again === null) throw new Error('nobody to attach to');
    const state = await again.state();
    expect(state).toMatchObject({ phase: 'recording', exhibit: EXHIBIT, startedMonotonicNs: begun.startedMonotonicNs });
    expect(state.elapsedMs).toBeGreaterThan(1000);
    expect((await again.journal(-1)).map(({ action }) => action)).toContain('recording.begun');
    await expect(again.release()).rejects.toMatchObject({ code: 'RECORDER_WRONG_PHASE' });
    const result = await again.end();
    expect(result.tracks.every(({ track }) => track.parts.length === 1 && track.gaps.length === 0)).toBe(true);
    await again.acknowledge();
    await again.release();
    await until('it has ended', () => !alive(room.client.pid));
    expect(await attachRecorder(room.options.folder)).toBeNull();
  });

  it('ends a recording properly when the machine tells it to go, and the result waits in its folder', async () => {
    const room = await open({ sources: two() });
    await room.ready();
    await room.client.begin(room.plan);
    await elapsed(room, 1500);
    process.kill(room.client.pid, 'SIGTERM');
    await until('it has ended', () => !alive(room.client.pid));
    expect(await attachRecorder(room.options.folder)).toBeNull();
    const result = await pendingResult(room.options.folder);
    expect(result).toMatchObject({ exhibit: EXHIBIT, end: 'stopped' });
    const part = result?.tracks[0]?.track.parts[0];
    if (part === undefined) throw new Error('no part');
    expect(decrypted(room, `${stem(room.targets[1], part)}.mp4.age`).length).toBe(part.bytes);
    // The next recorder of the room still knows of it.
    const next = await startRecorder(room.options);
    expect((await next.state()).phase).toBe('ended');
    expect(await next.result()).toEqual(result);
    await next.acknowledge();
    await next.release();
    next.close();
  });
});

describe('kill -9 of the recorder', () => {
  it('costs nothing that was durable; what is recovered decodes, and agrees with what was signed before', async () => {
    const room = await open({ sources: two() });
    await room.ready();
    const begun = await room.client.begin(room.plan);
    await until('a head of each track is signed on both disks', () =>
      room.targets.every((target) =>
        two().every(({ id }) => readFileSync(join(target, `tracks/${id}.heads`), 'utf8').includes(`${EXHIBIT}/${id}`)),
      ),
    );
    const { sources } = await room.client.state();
    const ffmpegs = sources.map(({ pid }) => pid ?? 0);
    process.kill(room.client.pid, 'SIGKILL');
    await until('its ffmpegs have ended by themselves', () => ffmpegs.every((pid) => !alive(pid)));
    await expect(room.client.state()).rejects.toMatchObject({ code: 'RECORDER_LOST' });
    expect(await attachRecorder(room.options.folder)).toBeNull();

    const secured = await secureCrashed(room.targets);
    expect(secured.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['tracks/room.mp4.age', 'tracks/mic1.heads']),
    );
    expect(await secureCrashed(room.targets)).toEqual(secured);

    const recover = () =>
      sealCrashed({
        ...{ exhibit: EXHIBIT, folders: room.targets, identity: room.identity, recipient: room.recipient },
        ...{ sources: two(), startedAt: begun.startedAt, ffmpegVersion: 'x' },
      });
    const result = await recover();
    expect(result).toMatchObject({ end: 'crashed', startedAt: begun.startedAt, recorderVkey: begun.recorderVkey });
    for (const { track } of result.tracks) {
      const [part] = track.parts;
      if (part === undefined) throw new Error('no part');
      expect(part.end).toBe('crashed');
      // What was durable when the recorder last spoke is there, to the byte; how much a kill costs, the bench measures.
      expect(part.bytes).toBeGreaterThanOrEqual(sources.find(({ id }) => id === track.id)?.bytes ?? Number.NaN);
      for (const target of room.targets) {
        const media = decrypted(room, `${stem(target, part)}.mp4.age`);
        expect(media.length).toBe(part.bytes);
        expect(decoded(media, track.kind === 'video' ? 'video' : 'audio')).toEqual({
          warnings: '',
          frames: samplesIn(media),
        });
        const lines = readFileSync(`${stem(target, part)}.segments.jsonl`, 'utf8')
          .trimEnd()
          .split('\n');
        expect(lines).toHaveLength(part.lines);
        const last = SegmentLine.parse(JSON.parse(lines.at(-1) ?? ''));
        expect(last.offset + last.length).toBe(media.length);
        expect(readFileSync(`${stem(target, part)}.heads`, 'utf8')).toContain(`${EXHIBIT}/${track.id}`);
        expect(existsSync(`${stem(target, part)}.tail.age`)).toBe(false);
      }
    }
    // Done again (the station died in the midst of it), the same comes out.
    const again = await recover();
    expect(again.tracks.map(({ track }) => track.parts.map(({ sha256 }) => sha256))).toEqual(
      result.tracks.map(({ track }) => track.parts.map(({ sha256 }) => sha256)),
    );
  });

  it('recovers from the one disk that is left, and refuses what does not agree', async () => {
    const room = await open({ sources: two() });
    await room.ready();
    const begun = await room.client.begin(room.plan);
    await elapsed(room, 3500);
    process.kill(room.client.pid, 'SIGKILL');
    await until('it is gone', () => !alive(room.client.pid));
    const options = {
      ...{ exhibit: EXHIBIT, folders: [room.targets[1]], identity: room.identity, recipient: room.recipient },
      ...{ sources: two(), startedAt: begun.startedAt, ffmpegVersion: 'x' },
    };
    const lines = join(room.targets[1], 'tracks/room.segments.jsonl');
    const true_ = readFileSync(lines, 'utf8');
    await writeFile(lines, true_.replace(/"length":(\d)/, '"length":9$1'));
    await expect(sealCrashed(options)).rejects.toMatchObject({ code: 'RECOVERY_MISMATCH' });
    await writeFile(lines, true_);
    const result = await sealCrashed(options);
    expect(result.stored.every(({ target }) => target === 0)).toBe(true);
    expect(result.tracks.every(({ track }) => track.parts.length === 1)).toBe(true);
  });
});
