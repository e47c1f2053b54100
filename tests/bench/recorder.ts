import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceArguments } from '../../src/main/recorder/ffmpeg/arguments.ts';
import { findClockFont, inputArguments, simulatedRoom } from '../../src/main/rooms/devices/index.ts';
import { recorderRoom } from '../support/recorderRoom.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const ticks = Number(execFileSync('getconf', ['CLK_TCK']).toString());
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** CPU seconds that a process has used, and its resident memory in MiB. Linux only. */
function usage(pid: number): { cpu: number; mib: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const cpu = (Number(fields[11]) + Number(fields[12])) / ticks;
  const mib = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  return { cpu, mib };
}

/**
 * Records a simulated room for `BENCH_SECONDS` (60) and prints the recorder's memory over time, its CPU beside that of its
 * ffmpegs, and beside bare ffmpegs that write the same to plain files; and how long button and stop took.
 */
export async function bench(): Promise<void> {
  const room = await recorderRoom();
  try {
    await room.ready();
    let from = performance.now();
    await room.client.begin({ ...room.plan, plannedMs: SECONDS * 1000 });
    const beginMs = performance.now() - from;
    const ffmpegs = (await room.client.state()).sources.map(({ pid }) => pid ?? 0);
    const cpuOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + usage(pid).cpu, 0);
    const [own, theirs] = [usage(room.client.pid).cpu, cpuOf(ffmpegs)];
    const memory: number[] = [];
    for (let second = 0; second < SECONDS; second += 5) {
      await pause(5000);
      memory.push(Math.round(usage(room.client.pid).mib));
    }
    const spent = { recorder: usage(room.client.pid).cpu - own, ffmpeg: cpuOf(ffmpegs) - theirs };
    from = performance.now();
    const result = await room.client.end();
    const endMs = performance.now() - from;
    const bytes = result.stored.reduce((sum, one) => sum + one.bytes, 0);
    console.log(
      `button ${beginMs.toFixed(0)} ms, stop ${endMs.toFixed(0)} ms, ${(bytes / 1e6).toFixed(1)} MB on two targets`,
    );
    console.log(`recorder memory, MiB every 5 s: ${memory.join(' ')}; largest ${Math.max(...memory)}`);
    const percent = (seconds: number): string => `${((100 * seconds) / SECONDS).toFixed(1)} %`;
    console.log(`CPU of one core: recorder ${percent(spent.recorder)}, its four ffmpegs ${percent(spent.ffmpeg)}`);
    await room.client.acknowledge();
    await room.client.release();
    const bare = await bareFfmpegs(Math.min(SECONDS, 30));
    console.log(
      `four bare ffmpegs to plain files, with previews: ${percent((bare * SECONDS) / Math.min(SECONDS, 30))}`,
    );
    console.log(
      `ratio of all to bare: ${((spent.recorder + spent.ffmpeg) / SECONDS / (bare / Math.min(SECONDS, 30))).toFixed(2)}`,
    );
  } finally {
    await room.stop();
  }
}

/** CPU seconds of the same ffmpegs when they write their media to a file and nobody parses or encrypts it. */
async function bareFfmpegs(seconds: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bir-ret-bench-'));
  const children = simulatedRoom().map((source) => {
    const args = sourceArguments(source, inputArguments(source.device, { font: findClockFont() }), 'libx264');
    const toFile = args.map((arg) => (arg === 'pipe:1' ? join(folder, `${source.id}.mp4`) : arg));
    const child = spawn('ffmpeg', ['-y', ...toFile], { stdio: ['pipe', 'ignore', 'ignore', 'pipe', 'pipe'] });
    for (const fd of [3, 4]) {
      const stream = child.stdio[fd];
      if (stream !== null && stream !== undefined && 'resume' in stream) stream.resume();
    }
    return child;
  });
  await pause(3000);
  const cpu = (): number => children.reduce((sum, child) => sum + usage(child.pid ?? 0).cpu, 0);
  const before = cpu();
  await pause(seconds * 1000);
  const spent = cpu() - before;
  for (const child of children) child.kill('SIGKILL');
  await pause(200);
  if (readdirSync(folder).length !== children.length) console.log('a bare ffmpeg wrote nothing');
  rmSync(folder, { recursive: true, force: true });
  return spent;
}
