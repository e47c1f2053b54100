import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingResult } from '../../../src/main/recorder/index.ts';
import type { SourceConfig } from '../../../src/shared/domain/devices.ts';
import type { RecordPart } from '../../../src/shared/evidence/record.ts';
import { type BeepMicrophone, startBeepMicrophone } from '../../support/beepMicrophone.ts';
import { type FakeTime, fakeTimeSkipReason, startFakeTime } from '../../support/fakeTime.ts';
import { findBeeps, findFlashes } from '../../support/findMoments.ts';
import { type FlashCamera, startFlashCamera } from '../../support/flashCamera.ts';
import { type PulseServer, pulseSkipReason, startPulse } from '../../support/pulse.ts';
import { type RecorderRoom, recorderRoom, stem } from '../../support/recorderRoom.ts';
import { rtspServerSkipReason } from '../../support/rtspServer.ts';
import { until } from '../../support/until.ts';

const reason = rtspServerSkipReason() ?? pulseSkipReason() ?? fakeTimeSkipReason();
if (reason !== null) process.stderr.write(`skipped: a clock that is set while it records: ${reason}\n`);

/** Beeps and flashes stand that far apart; a place that is off by less than a jump is told by the nearest. */
const EVERY = 4;
/** How far a flash or beep may be found from its true moment on a machine that is busy: the bench measures how far it is. */
const TOLERANCE_MS = 500;

describe.skipIf(reason !== null)('a recording while the wall clock is set an hour on, then a minute back', () => {
  let time: FakeTime;
  let pulse: PulseServer;
  let camera: FlashCamera;
  let microphone: BeepMicrophone;
  let room: RecorderRoom;
  let result: RecordingResult;
  let alarms: string[];
  let trueMs = 0;

  const micParts = async (): Promise<number> => {
    const { sources } = await room.client.state();
    return sources.find(({ id }) => id === 'mic1')?.partNumber ?? 0;
  };

  beforeAll(async () => {
    time = startFakeTime();
    pulse = await startPulse();
    const folder = pulse.env['HOME'] ?? '';
    camera = await startFlashCamera({ ppm: 0, everySeconds: EVERY });
    microphone = await startBeepMicrophone('mic', { env: pulse.env, folder, ppm: 0, everySeconds: EVERY });
    const sources: SourceConfig[] = [
      {
        ...{ id: 'room', place: 'room', kind: 'video' },
        device: { kind: 'camera', backend: 'rtsp', address: camera.address, label: 'Camera', simulated: false },
      },
      {
        ...{ id: 'mic1', place: 'mic1', kind: 'audio' },
        device: { kind: 'microphone', backend: 'pulse', address: microphone.source, label: 'Mic', simulated: false },
      },
    ];
    // The recorder and its ffmpegs have this clock; camera, sound server and test do not.
    Object.assign(process.env, pulse.env, time.env);
    room = await recorderRoom({ sources });
    for (const name of Object.keys(time.env)) delete process.env[name];
    await room.ready();
    await room.client.begin(room.plan);
    const began = performance.now();
    const elapsed = async (ms: number): Promise<void> => {
      const from = (await room.client.state()).elapsedMs;
      await until('time passes', async () => (await room.client.state()).elapsedMs > from + ms, { withinMs: 60_000 });
    };
    await elapsed(6000);
    time.set(3600);
    await until('the microphone is back', async () => (await micParts()) === 2, { withinMs: 60_000 });
    await elapsed(7000);
    time.set(3540);
    await until('the microphone is back again', async () => (await micParts()) === 3, { withinMs: 60_000 });
    await elapsed(7000);
    alarms = (await room.client.state()).alarms.map(({ code }) => code);
    trueMs = performance.now() - began;
    result = await room.client.end();
  }, 240_000);

  afterAll(async () => {
    await room?.stop();
    microphone?.stop();
    await camera?.stop();
    for (const name of Object.keys(pulse?.env ?? {})) delete process.env[name];
    await pulse?.stop();
    time?.stop();
  });

  const trackOf = (id: string): RecordingResult['tracks'][number]['track'] => {
    const track = result.tracks.find(({ place }) => place === id)?.track;
    if (track === undefined) throw new Error(`no track ${id}`);
    return track;
  };

  /** Milliseconds by which what was found in a part is off its nearest true moment. */
  async function deviations(part: RecordPart, kind: 'video' | 'audio'): Promise<number[]> {
    const truth = (kind === 'video' ? camera.flashes : microphone.beeps).map(
      (ns) => Number(ns - BigInt(result.startedMonotonicNs)) / 1e6,
    );
    const media = decrypt(room, `${stem(room.targets[0], part)}.mp4.age`);
    const { moments } = await (kind === 'video' ? findFlashes(media) : findBeeps(media));
    return moments.map((moment) => {
      const placed = part.offset_ms + moment * 1000;
      return truth.reduce((best, one) => (Math.abs(placed - one) < Math.abs(best) ? placed - one : best), Infinity);
    });
  }

  it('tells of both steps, as alarms and in the journal', () => {
    expect(alarms.filter((code) => code === 'CLOCK_JUMPED')).toHaveLength(2);
    const steps = result.events
      .filter(({ action }) => action === 'clock.jumped')
      .map(({ details }) => details['jump_ms']);
    expect(steps.map((step) => Math.round(Number(step) / 1000))).toEqual([3600, -60]);
  });

  it('keeps its own time: its length is what truly passed', () => {
    expect(Math.abs(result.durationMs - trueMs)).toBeLessThan(5000);
  });

  it('does not touch the camera: one part, no gap, every flash where it was', async () => {
    const { parts, gaps } = trackOf('room');
    expect(parts).toHaveLength(1);
    expect(gaps).toEqual([]);
    const [part] = parts;
    const off = part === undefined ? [] : await deviations(part, 'video');
    expect(off.length).toBeGreaterThan(3);
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(TOLERANCE_MS);
  });

  it('starts the microphone again: gaps that say why, and every beep where it was', async () => {
    const { parts, gaps } = trackOf('mic1');
    expect(parts).toHaveLength(3);
    expect(gaps.map(({ cause }) => cause)).toEqual(['clock', 'clock']);
    process.stderr.write(`sound lost at a step: ${gaps.map(({ from_ms, to_ms }) => to_ms - from_ms).join(', ')} ms\n`);
    for (const part of parts) {
      // An hour of silence, or a minute, would stand in the media's own length.
      expect(part.duration_ms).toBeLessThan(result.durationMs);
      const off = await deviations(part, 'audio');
      expect(off.length).toBeGreaterThan(0);
      expect(Math.max(...off.map(Math.abs))).toBeLessThan(TOLERANCE_MS);
    }
    // Parts follow each other; none reaches into the next.
    const ends = parts.map(({ offset_ms, duration_ms }) => offset_ms + duration_ms);
    expect(ends.at(-1)).toBeLessThan(result.durationMs + 2000);
  });
});

function decrypt(room: RecorderRoom, ageFile: string): Readable {
  const key = join(room.folder, 'key.txt');
  writeFileSync(key, `${room.identity}\n`, { mode: 0o600 });
  return spawn('age', ['-d', '-i', key, ageFile], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout;
}
