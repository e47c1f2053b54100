import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FragmentReader } from '../../../src/main/recorder/media/fragmentReader.ts';
import { openAgeFile } from '../../../src/main/vault/index.ts';
import type { SourceConfig } from '../../../src/shared/domain/devices.ts';
import type { RecordTrack } from '../../../src/shared/evidence/record.ts';
import { largest, median, table, tell } from '../../support/figures.ts';
import { preferProcess } from '../../support/prefer.ts';
import { type RecorderRoom, recorderRoom, stem } from '../../support/recorderRoom.ts';
import { encodedAhead, frameNumberArguments, frameNumbersIn } from '../../support/rtspCamera.ts';
import { type RtspServer, startRtspServer } from '../../support/rtspServer.ts';
import { patiently } from '../../support/until.ts';
import { Busy, cpuOf, mibOf } from './usage.ts';

const MINUTES = Number(process.env['BENCH_MINUTES'] ?? 1);
const SHARE = Number(process.env['BENCH_BUSY'] ?? 0.7);

/** What stood on the disks at one moment, and how far the camera was. */
interface Look {
  readonly bytes: number;
  readonly sent: number;
}

/**
 * Two network cameras whose pictures carry their numbers are recorded for `BENCH_MINUTES` while another process keeps
 * 70 % of the machine busy: no number may be missing. What the cameras send was encoded before, since in the world they
 * have a processor of their own; they are given this one first. The recorder is not. The lag is that of what is on both disks behind what the camera
 * has sent, looked at each second.
 */
export async function busyBench(): Promise<void> {
  // The cameras' packets come through here.
  preferProcess(process.pid);
  const scratch = await mkdtemp(join(tmpdir(), 'birret-busy-'));
  const file = join(scratch, 'camera.mkv');
  encodedAhead(file, MINUTES * 60 + 60, { noisy: true });
  const cameras = await Promise.all([0, 1].map(() => startRtspServer({ file, elsewhere: true })));
  const ids = ['room', 'face'] as const;
  const sources = cameras.map(({ address }, i): SourceConfig => {
    const id = ids[i] ?? 'room';
    const device = { kind: 'camera', backend: 'rtsp', address, label: `Camera ${i + 1}`, simulated: false } as const;
    return { id, place: id, kind: 'video', device };
  });
  const room = await recorderRoom({ sources });
  const burner = spawn(process.execPath, [fileURLToPath(new URL('burner.ts', import.meta.url)), String(SHARE)], {
    stdio: 'ignore',
    detached: true,
  });
  const burnt = once(burner, 'exit');
  try {
    await room.ready();
    await patiently('SOURCE_FAILED', () => room.client.begin({ ...room.plan, plannedMs: MINUTES * 60_000 }));
    const busy = new Busy();
    const burntBefore = cpuOf(burner.pid ?? 0);
    const from = performance.now();
    const looks: Look[][] = cameras.map(() => []);
    let mib = 0;
    while (performance.now() - from < MINUTES * 60_000) {
      await delay(1000);
      const state = await room.client.state();
      state.sources.forEach((source, i) => {
        looks[i]?.push({ bytes: source.bytes, sent: cameras[i]?.newestFrame() ?? 0 });
      });
      mib = Math.max(mib, mibOf(room.client.pid));
    }
    const seconds = (performance.now() - from) / 1000;
    const burner70 = (cpuOf(burner.pid ?? 0) - burntBefore) / seconds / availableParallelism();
    const whole = busy.look();
    const result = await room.client.end();
    burner.kill('SIGKILL');
    await burnt;
    const rows: (string | number)[][] = [];
    for (const [i, { track }] of result.tracks.entries()) {
      const camera = cameras[i];
      if (camera === undefined || track.parts.length === 0) throw new Error(`nothing of ${track.id}`);
      rows.push(await rowOf(room, track, looks[i] ?? [], camera));
    }
    const share = (value: number) => `${Math.round(100 * value)} %`;
    tell(
      `${MINUTES} min from two network cameras; another process took ${share(burner70)} of the machine, all together ${share(whole)}; recorder ${Math.round(mib)} MiB`,
      table(
        [
          ...['track', 'parts', 'stream', 'Mbit/s', 'frames', 'missing in a part', 'between parts', 'repeated'],
          ...['packets lost before the recorder', 'refused by it', 'lag ms, median', '99 %', 'largest'],
        ],
        rows,
      ),
    );
  } finally {
    burner.kill('SIGKILL');
    await room.stop();
    for (const camera of cameras) await camera.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function rowOf(
  room: RecorderRoom,
  track: RecordTrack,
  looks: readonly Look[],
  camera: RtspServer,
): Promise<(string | number)[]> {
  const numbers: number[] = [];
  const ends: { offset: number; samples: number }[] = [];
  let [within, between] = [0, 0];
  for (const part of track.parts) {
    const path = `${stem(room.targets[0], part)}.mp4.age`;
    const own = await numbersOf(room, path);
    const before = numbers.at(-1);
    if (before !== undefined) between += (own[0] ?? before) - before - 1;
    within += missingIn(own);
    const [offset, samples] = [ends.at(-1)?.offset ?? 0, numbers.length];
    for (const end of await fragmentEnds(path, room.identity)) {
      ends.push({ offset: offset + end.offset, samples: samples + end.samples });
    }
    for (const number of own) numbers.push(number);
  }
  const lags = looks.flatMap(({ bytes, sent }) => {
    const on = ends.findLast((end) => end.offset <= bytes);
    const last = on === undefined ? undefined : numbers[on.samples - 1];
    return last === undefined ? [] : [Math.max(0, sent - last) * 40];
  });
  const sorted = [...lags].sort((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
  const bytes = track.parts.reduce((sum, part) => sum + part.bytes, 0);
  const ms = track.parts.reduce((sum, part) => sum + part.duration_ms, 0);
  const stream = track.encoder.command.includes('-c:v copy') ? 'copied' : 'encoded';
  const repeated = numbers.length - new Set(numbers).size;
  return [
    ...[track.id, track.parts.length, stream, ((bytes * 8) / ms / 1000).toFixed(1), numbers.length],
    ...[within, between, repeated, camera.lostPackets(), camera.droppedPackets(), median(lags), p99, largest(lags)],
  ];
}

/** Numbers between the first and the last that are not there. */
function missingIn(numbers: readonly number[]): number {
  const seen = new Set(numbers);
  let missing = 0;
  for (let number = numbers[0] ?? 0; number < (numbers.at(-1) ?? 0); number++) if (!seen.has(number)) missing += 1;
  return missing;
}

/** Decodes without laying the plain media anywhere. */
async function numbersOf(room: RecorderRoom, ageFile: string): Promise<number[]> {
  const key = join(room.folder, 'key.txt');
  await writeFile(key, `${room.identity}\n`, { mode: 0o600 });
  const age = spawn('age', ['-d', '-i', key, ageFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ffmpeg = spawn('ffmpeg', frameNumberArguments('pipe:0'), { stdio: [age.stdout, 'pipe', 'inherit'] });
  age.stdout.destroy();
  const [rows, ...statuses] = await Promise.all([buffer(ffmpeg.stdout), exitOf(age), exitOf(ffmpeg)]);
  if (statuses.some((status) => status !== 0)) throw new Error(`${ageFile} does not decode`);
  return frameNumbersIn(rows);
}

const exitOf = async (child: ChildProcess): Promise<unknown> => (await once(child, 'exit'))[0];

/** Where each fragment of a part ends, in bytes, and how many frames there are up to it. */
async function fragmentEnds(ageFile: string, identity: string): Promise<{ offset: number; samples: number }[]> {
  const reader = new FragmentReader();
  const age = await openAgeFile(ageFile, identity);
  const ends: { offset: number; samples: number }[] = [];
  let [offset, samples] = [0, 0];
  for await (const bytes of age.stream()) {
    for (const piece of reader.push(bytes)) {
      offset += piece.type === 'init' ? piece.init.bytes.length : piece.fragment.bytes.length;
      if (piece.type === 'init') continue;
      samples += piece.fragment.samples;
      ends.push({ offset, samples });
    }
  }
  await age.close();
  return ends;
}
