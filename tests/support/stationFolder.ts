import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRunFile } from '../../src/main/launch/runFile.ts';
import { type StartingStation, startStation } from '../../src/main/launch/startStation.ts';
import { until } from './until.ts';

/** A folder for one station of one test; `end()` ends what runs in it and removes it. */
export interface StationFolder {
  readonly path: string;
  end(): Promise<void>;
}

/** A new folder, or `existing`, which `end()` removes as well. */
export async function newStationFolder(existing?: string): Promise<StationFolder> {
  const path = existing ?? (await mkdtemp(join(tmpdir(), 'bir-ret-station-')));
  return { path, end: () => endOf(path) };
}

/** Starts the stand-in of tests/support/fakeStation.ts in `folder`, as the real one would be. */
export function startFakeStation(folder: string): StartingStation {
  return startStation(folder, {
    node: process.execPath,
    entry: fileURLToPath(new URL('fakeStation.ts', import.meta.url)),
  });
}

/** What the stand-in was asked, one request an entry, `/health` left out. */
export async function askedOf(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'asked.txt'), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

/** The station first, so that it can end in order; then whatever is left of it, a recorder for one. */
async function endOf(folder: string): Promise<void> {
  const run = await readRunFile(folder);
  if (run !== null) await end(run.pid, 'SIGTERM');
  for (const pid of await processesNaming(folder)) await end(pid, 'SIGKILL');
  // `birret demo` lays the bag and the roots beside the station.
  for (const path of [folder, `${folder}-bag`, `${folder}-roots`]) {
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function end(pid: number, how: NodeJS.Signals): Promise<void> {
  if (!signal(pid, how)) return;
  await until(`process ${pid} has ended`, () => !signal(pid, 0), { withinMs: 60_000 }).catch(() =>
    signal(pid, 'SIGKILL'),
  );
}

/** Processes of ours whose argument list names a place in `folder`; none on a system without /proc. */
async function processesNaming(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  const lists = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, i) =>
    (lists[i] ?? '').split('\0').some((arg) => arg === folder || arg.startsWith(`${folder}/`)),
  );
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
