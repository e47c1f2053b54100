import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sourceArguments } from '../../../src/main/recorder/ffmpeg/arguments.ts';
import { ProgressReader } from '../../../src/main/recorder/ffmpeg/progress.ts';
import { findClockFont, inputArguments, simulatedRoom } from '../../../src/main/rooms/devices/index.ts';
import { largest, table, tell } from '../../support/figures.ts';
import { preferProcess } from '../../support/prefer.ts';
import { type RecorderRoom, recorderRoom } from '../../support/recorderRoom.ts';
import { cpuOf, cpuOfAll, mibOf } from './usage.ts';

/** Seconds of each of the rounds, and how many there are: the two take turns, so that a machine's moods hit both. */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 20);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
/** What the figures are held against. */
const ALLOWED = { ratio: 1.1, mib: 200 };

/** CPU seconds for each second of media that was made. */
interface Cost {
  recorder: number;
  ffmpeg: number;
  media: number;
}

/**
 * What a whole room costs (two views of 720p25 that are encoded, two microphones) beside the same ffmpeg commands that
 * write straight to files: previews and levels are made and read in both, nothing is hashed, indexed, encrypted or kept
 * twice in the second. Both are given the processor before everything else, so that neither starves while it is measured.
 */
export async function costBench(): Promise<void> {
  const [ours, bare]: [Cost, Cost] = [newCost(), newCost()];
  const memory: number[] = [];
  let bytes = 0;
  const [buttons, stops]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const room = await recorderRoom();
    preferProcess(room.client.pid);
    try {
      await room.ready();
      const took = await recorded(room, ours, memory);
      bytes += took.bytes;
      buttons.push(took.buttonMs);
      stops.push(took.stopMs);
    } finally {
      await room.stop();
    }
    await written(bare);
  }
  const percent = (cpu: number, media: number) => `${((100 * cpu) / media).toFixed(1)} %`;
  const ratio = (ours.recorder + ours.ffmpeg) / ours.media / (bare.ffmpeg / bare.media);
  const rows = [
    ['recorder with its ffmpegs', percent(ours.recorder + ours.ffmpeg, ours.media)],
    ['  of that the recorder’s own process', percent(ours.recorder, ours.media)],
    ['  of that its four ffmpegs', percent(ours.ffmpeg, ours.media)],
    ['the same ffmpegs straight to files', percent(bare.ffmpeg, bare.media)],
    [`ratio (at most ${ALLOWED.ratio.toFixed(2)})`, ratio.toFixed(3)],
    [`recorder’s memory besides ffmpeg, MiB, largest (at most ${ALLOWED.mib})`, String(Math.round(largest(memory)))],
    ['bytes on two targets', `${(bytes / 1e6).toFixed(1)} MB in ${Math.round(ours.media)} s`],
    ['button until every track is on disk, largest', `${Math.round(largest(buttons))} ms`],
    ['stop until every part is finished, largest', `${Math.round(largest(stops))} ms`],
  ];
  tell(`What a room costs, of one core (${ROUNDS} × ${SECONDS} s each, in turn)`, table(['', ''], rows));
}

const newCost = (): Cost => ({ recorder: 0, ffmpeg: 0, media: 0 });

async function recorded(
  room: RecorderRoom,
  cost: Cost,
  memory: number[],
): Promise<{ bytes: number; buttonMs: number; stopMs: number }> {
  let from = performance.now();
  await room.client.begin(room.plan);
  const buttonMs = performance.now() - from;
  const { sources } = await room.client.state();
  const ffmpegs = sources.map(({ pid }) => pid ?? 0);
  const before = { own: cpuOf(room.client.pid), theirs: cpuOfAll(ffmpegs), late: latenessOf(sources) };
  from = performance.now();
  for (let second = 0; second < SECONDS; second++) {
    await delay(1000);
    memory.push(mibOf(room.client.pid));
  }
  cost.recorder += cpuOf(room.client.pid) - before.own;
  cost.ffmpeg += cpuOfAll(ffmpegs) - before.theirs;
  const { sources: now } = await room.client.state();
  // A simulated device that has fallen behind has made less than time has passed.
  cost.media += (performance.now() - from - (latenessOf(now) - before.late)) / 1000;
  from = performance.now();
  const result = await room.client.end();
  const stopMs = performance.now() - from;
  return { bytes: result.stored.reduce((sum, one) => sum + one.bytes, 0), buttonMs, stopMs };
}

const latenessOf = (sources: readonly { delayMs: number | null }[]): number =>
  sources.reduce((sum, { delayMs }) => sum + (delayMs ?? 0), 0) / Math.max(1, sources.length);

/** The same commands with a plain file instead of the recorder's pipe. */
async function written(cost: Cost): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bir-ret-bench-'));
  const children = simulatedRoom().map((source) => {
    const args = sourceArguments(source, inputArguments(source.device, { font: findClockFont() }), 'libx264');
    const toFile = args.map((arg) => (arg === 'pipe:1' ? join(folder, `${source.id}.mp4`) : arg));
    const child = spawn('ffmpeg', ['-y', ...toFile], {
      stdio: ['pipe', 'ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
    preferProcess(child.pid ?? 0);
    drain(child, 3, () => undefined);
    const made = { us: 0 };
    const progress = new ProgressReader();
    drain(child, 4, (chunk) => {
      for (const { outTimeUs } of progress.push(chunk)) made.us = outTimeUs ?? made.us;
    });
    return { child, made, ended: once(child, 'exit') };
  });
  const madeBy = () => children.reduce((sum, { made }) => sum + made.us, 0) / children.length / 1e6;
  try {
    await delay(5000);
    const pids = children.map(({ child }) => child.pid ?? 0);
    const before = { cpu: cpuOfAll(pids), made: madeBy() };
    await delay(SECONDS * 1000);
    cost.ffmpeg += cpuOfAll(pids) - before.cpu;
    cost.media += madeBy() - before.made;
    if (readdirSync(folder).length !== children.length) throw new Error('an ffmpeg wrote nothing');
  } finally {
    for (const { child } of children) child.kill('SIGKILL');
    await Promise.all(children.map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  }
}

function drain(child: ChildProcess, fd: 3 | 4, take: (chunk: Buffer) => void): void {
  const stream = child.stdio[fd];
  if (stream !== null && stream !== undefined && 'read' in stream) stream.on('data', take);
}
