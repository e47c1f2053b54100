import { execFile } from 'node:child_process';
import type { Clock } from './clock.ts';
import { chronyOffset, isSynchronised, ntpqOffset, timesyncOffset, w32tmOffset } from './clockReports.ts';

/**
 * Where this machine's wall clock comes from, as it stands in the record (EVIDENCE-FORMAT §2): `ntp` with the measured
 * offset `reference − station`; `system` where the system says that somebody keeps its clock, but not how well; `unknown`.
 */
export interface ReferenceClock {
  readonly source: 'ntp' | 'system' | 'unknown';
  readonly offset_ms: number | null;
  readonly checked_at: string | null;
}

/** Runs a program without a shell; what it wrote on standard output, or null when it is missing, fails or takes too long. */
export type RunReport = (program: string, args: readonly string[]) => Promise<string | null>;

export interface ReferenceClockOptions {
  readonly clock: Clock;
  readonly platform?: NodeJS.Platform;
  readonly run?: RunReport;
}

const WITHIN_MS = 1500;

/** Asks the programs that keep this machine's time. Answers within two seconds and never fails: at worst it is `unknown`. */
export async function readReferenceClock(options: ReferenceClockOptions): Promise<ReferenceClock> {
  const { clock, platform = process.platform, run = runReport } = options;
  const [offset, kept] = await (platform === 'win32' ? windows(run) : platform === 'linux' ? linux(run) : nobody());
  const checked_at = clock.now().toISOString();
  if (offset !== null) return { source: 'ntp', offset_ms: Math.round(offset), checked_at };
  return { source: kept ? 'system' : 'unknown', offset_ms: null, checked_at: kept ? checked_at : null };
}

type Found = readonly [offset: number | null, kept: boolean];

async function linux(run: RunReport): Promise<Found> {
  const [chrony, ntpq, timesync, system] = await Promise.all([
    run('chronyc', ['-n', 'tracking']),
    run('ntpq', ['-c', 'rv 0 leap,stratum,offset']),
    run('timedatectl', ['timesync-status']),
    run('timedatectl', ['show', '-p', 'NTPSynchronized']),
  ]);
  const offset = chronyOffset(chrony ?? '') ?? ntpqOffset(ntpq ?? '') ?? timesyncOffset(timesync ?? '');
  return [offset, isSynchronised(system ?? '')];
}

async function windows(run: RunReport): Promise<Found> {
  return [w32tmOffset((await run('w32tm', ['/query', '/status', '/verbose'])) ?? ''), false];
}

/** macOS has no program that says it without asking a server on the network. */
const nobody = (): Promise<Found> => Promise.resolve([null, false]);

const runReport: RunReport = (program, args) =>
  new Promise((resolve) => {
    const options = { timeout: WITHIN_MS, windowsHide: true, env: { ...process.env, LC_ALL: 'C' } };
    execFile(program, [...args], options, (error, stdout) => resolve(error === null ? stdout : null));
  });
