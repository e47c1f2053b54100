import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { until } from './until.ts';

const birret = fileURLToPath(new URL('../../src/main/cli/birret.ts', import.meta.url));

const Line = z.looseObject({ event: z.string() });
export type CliEvent = z.infer<typeof Line>;

/** What a command said and how it ended. */
export interface CliEnd {
  readonly status: number | null;
  /** The JSON lines of standard output, in order; what is no JSON line fails the run. */
  readonly events: readonly CliEvent[];
  /** Standard output as it came: for runs without `--json`. */
  readonly said: string;
  readonly log: string;
}

/** A `birret` that runs. */
export interface CliRun {
  readonly pid: number;
  readonly ended: Promise<CliEnd>;
  /** The first line of this event, waited for; throws when the command ends without it. */
  event(name: string, withinMs?: number): Promise<CliEvent>;
  kill(signal: NodeJS.Signals): void;
}

export interface CliOptions {
  /** Added to the environment; `null` takes a variable away. */
  readonly env?: Readonly<Record<string, string | null>>;
}

/** Starts `birret` from the sources with the Node that runs the tests. */
export function startCli(args: readonly string[], options: CliOptions = {}): CliRun {
  const env: NodeJS.ProcessEnv = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (value === null) delete env[name];
    else env[name] = value;
  }
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', birret, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let log = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  let over = false;
  const ended = once(child, 'close').then(([status]: (number | null)[]) => {
    over = true;
    return { status: status ?? null, events: args.includes('--json') ? linesOf(said) : [], said, log };
  });
  ended.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    ended,
    event: async (name, withinMs = 120_000) =>
      await until(
        `birret ${args[0]} says ${name}`,
        () => {
          const found = linesOf(said).find((line) => line.event === name);
          if (found === undefined && over) throw new Error(`birret ${args.join(' ')} ended: ${said}\n${log}`);
          return found;
        },
        { withinMs, everyMs: 50 },
      ),
    kill: (signal) => void child.kill(signal),
  };
}

/** Runs `birret` to its end. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<CliEnd> {
  return await startCli(args, options).ended;
}

/** Writes a password as a file of `--password-file`. */
export async function passwordFile(path: string, password: string): Promise<string> {
  await writeFile(path, `${password}\n`, { mode: 0o600 });
  return path;
}

/** Whole lines only: the last one may be on its way. */
function linesOf(text: string): CliEvent[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => Line.parse(JSON.parse(line)));
}

/**
 * Every living process that works in `folder` or below it: a recorder has the folder of its room as its working folder,
 * and its ffmpegs inherit that. Linux only.
 */
export function processesIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const cwd = readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
        return cwd === folder || cwd.startsWith(folder + sep);
      } catch {
        return false;
      }
    });
}

/** Waits until nothing works in `folder` any more. */
export async function nothingRunsIn(folder: string, withinMs = 60_000): Promise<void> {
  await until(`nothing runs in ${folder}`, () => processesIn(folder).length === 0, { withinMs });
}

/** Ends what a failed test may have left in `folder`: those processes and no others. */
export async function endAllIn(folder: string): Promise<void> {
  for (const pid of processesIn(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ended by itself meanwhile
    }
  }
  await nothingRunsIn(folder);
}
