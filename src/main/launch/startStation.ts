import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { logFileFor } from './logFile.ts';
import { nodeForStation, stationEntry } from './node.ts';

const LAST_LINES = 5;

/** A station that was started and may not answer yet. */
export interface StartingStation {
  /** Null while it runs; then its exit status, or the signal that ended it. */
  readonly ended: () => number | string | null;
  /** The last lines it wrote since this start, to say why it ended. */
  readonly lastWords: () => Promise<string>;
}

export interface StartOptions {
  /** A new station becomes a practice station. */
  readonly practice?: boolean;
  /** For tests: what runs it, and what is run. */
  readonly node?: string;
  readonly entry?: string;
}

/**
 * Starts the station of `folder` as a process of its own that outlives us: its streams are files, not our pipes, and it
 * leads its own group.
 */
export function startStation(
  folder: string,
  { practice = false, node = nodeForStation(), entry = stationEntry() }: StartOptions = {},
): StartingStation {
  const path = logFileFor(folder);
  const log = openSync(path, 'a', 0o600);
  let outcome: number | string | null = null;
  try {
    const before = fstatSync(log).size;
    const child = spawn(node, [entry, '--station', folder, ...(practice ? ['--practice'] : [])], {
      cwd: folder,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
      env: environmentOfStation(),
    });
    child.once('error', (error) => {
      outcome = error.message;
    });
    child.once('exit', (code, signal) => {
      outcome = code ?? signal ?? 'unknown';
    });
    child.unref();
    return { ended: () => outcome, lastWords: () => tailOf(path, before, path.startsWith(folder)) };
  } finally {
    closeSync(log);
  }
}

/** Ours, without what would make another program of it: Electron's switches and Node's options for debugging. */
function environmentOfStation(): NodeJS.ProcessEnv {
  const dropped = /^(ELECTRON_|NODE_OPTIONS$|VITEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !dropped.test(key)));
}

/** The end of the log from byte `from` on; a log that stands aside of the station's folder has no use after that. */
async function tailOf(path: string, from: number, keep: boolean): Promise<string> {
  const bytes = await readFile(path);
  if (!keep) await rm(dirname(path), { recursive: true, force: true });
  return bytes.subarray(from).toString('utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n');
}
