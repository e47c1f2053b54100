import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { RecordingResult } from '../../src/main/recorder/index.ts';
import type { SourceConfig } from '../../src/shared/domain/devices.ts';
import { startBeepMicrophone } from '../support/beepMicrophone.ts';
import { findBeeps, findFlashes } from '../support/findMoments.ts';
import { startFlashCamera } from '../support/flashCamera.ts';
import { startPulse } from '../support/pulse.ts';
import { type RecorderRoom, recorderRoom, stem } from '../support/recorderRoom.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 300);
const EVERY = 10;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Where a flash or beep stands in the recording, less where it truly was, in milliseconds; `at` = seconds into the recording. */
interface Deviation {
  readonly at: number;
  readonly ms: number;
}

interface TrackReport {
  readonly id: string;
  readonly clock: string;
  readonly bytes: number;
  readonly parts: number;
  readonly gaps: number;
  readonly frames: number;
  readonly expected: number | null;
  readonly missing: number;
  readonly deviations: readonly Deviation[];
}

/**
 * Records two network cameras and two microphones whose clocks are ±100 ppm wrong for `BENCH_SECONDS`, with a flash or a
 * beep every ten seconds at known moments of the monotonic clock; finds them in what was recorded, and prints how far each
 * track and each pair of picture and sound was off. `BENCH_KEEP=FILE` keeps every single deviation as JSON.
 */
export async function bench(): Promise<void> {
  const pulse = await startPulse();
  Object.assign(process.env, pulse.env);
  const folder = pulse.env['HOME'] ?? '';
  const cameras = [
    { id: 'room', ppm: 100, camera: await startFlashCamera({ ppm: 100, everySeconds: EVERY }) },
    { id: 'face', ppm: -100, camera: await startFlashCamera({ ppm: -100, everySeconds: EVERY, bFrames: true }) },
  ] as const;
  const microphone = { env: pulse.env, folder, everySeconds: EVERY };
  const microphones = [
    { id: 'mic1', ppm: -100, microphone: await startBeepMicrophone('beep1', { ...microphone, ppm: -100 }) },
    { id: 'mic2', ppm: 100, microphone: await startBeepMicrophone('beep2', { ...microphone, ppm: 100 }) },
  ] as const;
  const sources: SourceConfig[] = [
    ...cameras.map(
      ({ id, camera }): SourceConfig => ({
        ...{ id, place: id, kind: 'video' },
        device: { kind: 'camera', backend: 'rtsp', address: camera.address, label: `Camera ${id}`, simulated: false },
      }),
    ),
    ...microphones.map(
      ({ id, microphone }): SourceConfig => ({
        ...{ id, place: id, kind: 'audio' },
        device: { kind: 'microphone', backend: 'pulse', address: microphone.source, label: id, simulated: false },
      }),
    ),
  ];
  let room: RecorderRoom | null = null;
  try {
    room = await recorderRoom({ sources });
    await room.ready();
    await room.client.begin({ ...room.plan, plannedMs: SECONDS * 1000 });
    const began = cameras.map(({ camera }) => camera.frames());
    console.log(`recording began at ${new Date().toISOString()}, for ${SECONDS} s`);
    const endNs = process.hrtime.bigint() + BigInt(SECONDS) * 1_000_000_000n;
    while (process.hrtime.bigint() < endNs) await pause(500);
    const result = await room.client.end();
    const sent = cameras.map(({ camera }, i) => camera.frames() - (began[i] ?? 0));
    for (const { camera } of cameras) await camera.stop();
    const reports: TrackReport[] = [];
    for (const [i, { id, ppm, camera }] of cameras.entries()) {
      const clock = `${signed(ppm, 0)} ppm${i === 1 ? ', B-frames' : ''}`;
      reports.push(await report(room, result, id, clock, camera.flashes, sent[i] ?? 0));
    }
    for (const { id, ppm, microphone } of microphones) {
      reports.push(await report(room, result, id, `${signed(ppm, 0)} ppm`, microphone.beeps, null));
    }
    print(reports, result);
    const keep = process.env['BENCH_KEEP'];
    if (keep !== undefined) writeFileSync(keep, JSON.stringify({ result, reports }, null, 1));
  } finally {
    for (const one of microphones) one.microphone.stop();
    await room?.stop();
    await pulse.stop();
    for (const { camera } of cameras) await camera.stop().catch(() => undefined);
  }
}

async function report(
  room: RecorderRoom,
  result: RecordingResult,
  id: string,
  clock: string,
  truth: readonly bigint[],
  sent: number | null,
): Promise<TrackReport> {
  const track = result.tracks.find(({ place }) => place === id)?.track;
  if (track === undefined) throw new Error(`no track ${id}`);
  const startNs = BigInt(result.startedMonotonicNs);
  const trueMs = truth.map((ns) => Number(ns - startNs) / 1e6);
  const deviations: Deviation[] = [];
  let frames = 0;
  let missing = 0;
  for (const part of track.parts) {
    const media = decrypt(room, `${stem(room.targets[0], part)}.mp4.age`);
    const found = await (track.kind === 'video' ? findFlashes(media) : findBeeps(media));
    frames += found.frames;
    missing += found.missing;
    for (const moment of found.moments) {
      const placed = part.offset_ms + moment * 1000;
      // A part that begins amid a flash shows its rest.
      const nearest = trueMs.reduce(
        (best, one) => (Math.abs(one - placed) < Math.abs(best - placed) ? one : best),
        Infinity,
      );
      if (Math.abs(nearest - placed) < (EVERY * 1000) / 2)
        deviations.push({ at: nearest / 1000, ms: placed - nearest });
    }
  }
  return {
    ...{ id, clock, frames, missing, deviations, parts: track.parts.length, gaps: track.gaps.length },
    bytes: track.parts.reduce((sum, part) => sum + part.bytes, 0),
    expected: sent,
  };
}

function decrypt(room: RecorderRoom, ageFile: string): Readable {
  const key = join(room.folder, 'key.txt');
  writeFileSync(key, `${room.identity}\n`, { mode: 0o600 });
  const child = spawn('age', ['-d', '-i', key, ageFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  return child.stdout;
}

function print(reports: readonly TrackReport[], result: RecordingResult): void {
  console.log(
    `\nrecorded: ${(result.durationMs / 1000).toFixed(1)} s; sent frames count from the button's answer on\n`,
  );
  console.log(
    '| track | its clock | MB | parts | gaps | frames | sent | missing | flashes or beeps | first | last | median | largest from median |',
  );
  console.log('|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|');
  for (const one of reports) {
    const ms = one.deviations.map((deviation) => deviation.ms);
    const cells = [
      ...[
        one.id,
        one.clock,
        (one.bytes / 1e6).toFixed(1),
        one.parts,
        one.gaps,
        one.frames,
        one.expected ?? '',
        one.expected === null ? '' : one.missing,
      ],
      ...[ms.length, signed(ms[0]), signed(ms.at(-1)), signed(median(ms)), largest(ms).toFixed(1)],
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  console.log('\n| picture against sound | first minute | last minute | median | largest from median | largest |');
  console.log('|---|--:|--:|--:|--:|--:|');
  const sounds = reports.filter(({ id }) => id.startsWith('mic'));
  for (const picture of reports.filter(({ id }) => !id.startsWith('mic'))) {
    for (const sound of sounds) {
      const apart = picture.deviations.flatMap(({ at, ms }): Deviation[] => {
        const other = sound.deviations.find((deviation) => Math.abs(deviation.at - at) <= EVERY / 2);
        return other === undefined ? [] : [{ at, ms: ms - other.ms }];
      });
      const ms = apart.map((deviation) => deviation.ms);
      const end = apart.at(-1)?.at ?? 0;
      const mean = (part: readonly Deviation[]) => part.reduce((sum, one) => sum + one.ms, 0) / part.length;
      const cells = [
        `${picture.id} − ${sound.id}`,
        signed(mean(apart.filter(({ at }) => at < 60))),
        signed(mean(apart.filter(({ at }) => at > end - 60))),
        signed(median(ms)),
        largest(ms).toFixed(1),
        Math.max(...ms.map(Math.abs)).toFixed(1),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
  console.log('\nAll in milliseconds; + = later in the recording than it was in truth.');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function largest(values: readonly number[]): number {
  const middle = median(values);
  return Math.max(0, ...values.map((value) => Math.abs(value - middle)));
}

function signed(value: number | undefined, digits = 1): string {
  return value === undefined ? '' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
