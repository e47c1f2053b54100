import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealCrashed } from '../../src/main/recorder/index.ts';
import type { SourceConfig } from '../../src/shared/domain/devices.ts';
import { chanceFrom, full, largest, median, seedOfRun, table, tell } from '../support/figures.ts';
import { alive, decoded, decrypted, EXHIBIT, recorderRoom, stem } from '../support/recorderRoom.ts';
import { frameNumbersOf } from '../support/rtspCamera.ts';
import { type RtspServer, rtspServerSkipReason, startRtspServer } from '../support/rtspServer.ts';
import { patiently, until } from '../support/until.ts';

/** How others write a recording: the same camera's stream, unchanged, by ffmpeg into a file. */
const others = {
  'plain MP4 (the usual file of a recording program)': { name: 'plain.mp4', args: ['-f', 'mp4'] },
  Matroska: { name: 'plain.mkv', args: ['-f', 'matroska'] },
} as const;
const OURS = 'Bir Ret';
const KILLS = full ? 20 : 1;

const reason = rtspServerSkipReason();
if (reason !== null) process.stderr.write(`skipped: other ways to write, side by side: ${reason}\n`);

/** What is left of a file after a kill. */
interface Left {
  readonly opens: boolean;
  /** Exit 0 and an empty log of warnings. */
  readonly clean: boolean;
  /** Milliseconds before the kill that are not there; null where nothing can be opened. */
  readonly lostMs: number | null;
}

describe.skipIf(reason !== null)('the same kills on other ways to write a recording', () => {
  const seed = seedOfRun();
  const chance = chanceFrom(seed);
  const left = new Map<string, Left[]>();
  const kilobits: number[] = [];
  let folder: string;
  let camera: RtspServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-beside-'));
    camera = await startRtspServer({ noisy: true });
  });
  afterAll(async () => {
    await camera?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(Array.from({ length: KILLS }, (_, i) => i + 1))('kill %i', async () => {
    const source: SourceConfig = {
      ...{ id: 'room', place: 'room', kind: 'video' },
      device: { kind: 'camera', backend: 'rtsp', address: camera.address, label: 'Camera', simulated: false },
    };
    const room = await recorderRoom({ sources: [source] });
    const files = Object.entries(others).map(([kind, { name, args }]) => ({ kind, path: join(folder, name), args }));
    let writers: ChildProcess[] = [];
    try {
      await room.ready();
      writers = files.map(({ path, args }) => write(camera.address, path, args));
      await patiently('SOURCE_FAILED', () => room.client.begin(room.plan));
      await until('every writer has begun', () =>
        files.every(({ path }) => existsSync(path) && statSync(path).size > 0),
      );
      await new Promise((resolve) => setTimeout(resolve, 2000 + chance() * 6000));
      const { sources } = await room.client.state();
      const pids = [room.client.pid, ...sources.map(({ pid }) => pid ?? 0), ...writers.map(({ pid }) => pid ?? 0)];
      await new Promise((resolve) => setImmediate(resolve));
      const sent = camera.newestFrame();
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      await until('all are gone', () => pids.every((pid) => !alive(pid)));
      const result = await sealCrashed({
        ...{ exhibit: EXHIBIT, folders: room.targets, identity: room.identity, recipient: room.recipient },
        ...{ sources: [source], startedAt: null, ffmpegVersion: 'x' },
      });
      const [part] = result.tracks[0]?.track.parts ?? [];
      if (part === undefined) throw new Error('no part');
      kilobits.push((part.bytes * 8) / part.duration_ms);
      note(OURS, leftOf(decrypted(room, `${stem(room.targets[0], part)}.mp4.age`), sent, folder));
      for (const { kind, path } of files) note(kind, leftOf(readFileSync(path), sent, folder));
    } finally {
      for (const writer of writers) writer.kill('SIGKILL');
      await room.stop();
      for (const { path } of files) rmSync(path, { force: true });
    }
  });

  it('leave what is printed here', () => {
    const rows = [OURS, ...Object.keys(others)].map((kind) => {
      const all = left.get(kind) ?? [];
      const lost = all.flatMap(({ lostMs }) => lostMs ?? []);
      const figures = lost.length === 0 ? 'all' : `${Math.round(median(lost))} / ${Math.round(largest(lost))}`;
      return [
        kind,
        all.length,
        all.filter(({ opens }) => opens).length,
        all.filter(({ clean }) => clean).length,
        figures,
      ];
    });
    const head = ['written as', 'kills', 'can be opened', 'decodes without a warning', 'lost, ms (median / largest)'];
    tell(
      `The same kills, side by side: one camera's ${(median(kilobits) / 1000).toFixed(1)} Mbit/s (seed ${seed})`,
      table(head, rows),
    );
    const ours = left.get(OURS) ?? [];
    expect(ours).toHaveLength(KILLS);
    expect(ours.every(({ clean }) => clean)).toBe(true);
  });

  function note(kind: string, one: Left): void {
    left.set(kind, [...(left.get(kind) ?? []), one]);
  }
});

function write(address: string, path: string, args: readonly string[]): ChildProcess {
  const input = ['-rtsp_transport', 'tcp', '-i', address];
  const child = spawn(
    'ffmpeg',
    ['-hide_banner', '-nostats', '-loglevel', 'error', '-y', ...input, '-an', '-c:v', 'copy', ...args, path],
    { stdio: 'ignore' },
  );
  void once(child, 'exit');
  return child;
}

/** `sent` = the newest frame that the camera had sent when all were killed. */
function leftOf(media: Buffer, sent: number, folder: string): Left {
  const path = join(folder, 'left');
  writeFileSync(path, media);
  try {
    const last = frameNumbersOf(path).at(-1);
    if (last === undefined) return { opens: false, clean: false, lostMs: null };
    return { opens: true, clean: decodesClean(media), lostMs: Math.max(0, sent - last) * 40 };
  } catch {
    return { opens: false, clean: false, lostMs: null };
  } finally {
    rmSync(path, { force: true });
  }
}

function decodesClean(media: Buffer): boolean {
  try {
    return decoded(media, 'video').warnings === '';
  } catch {
    return false;
  }
}
