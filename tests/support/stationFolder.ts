import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
  return startStation(folder, process.execPath, fileURLToPath(new URL('fakeStation.ts', import.meta.url)));
}

/** What the stand-in was asked, one request an entry, `/health` left out. */
export async function askedOf(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'asked.txt'), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

async function endOf(folder: string): Promise<void> {
  const run = await readRunFile(folder);
  if (run !== null && signal(run.pid, 'SIGTERM')) {
    await until('the station has ended', () => !signal(run.pid, 0), { withinMs: 10_000 }).catch(() =>
      signal(run.pid, 'SIGKILL'),
    );
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
