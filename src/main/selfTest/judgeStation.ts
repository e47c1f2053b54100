import type { TestFinding } from '../../shared/domain/selfTest.ts';

/** One recording folder, as the station sees it. */
export interface DiskFact {
  readonly path: string;
  readonly freeBytes: number | null;
  readonly problem: string | null;
  /** The other folder lies on the same disk. */
  readonly shared: boolean;
}

/** The station's clock against a reference: reference − station in milliseconds, null where nothing is known of it. */
export interface ClockFact {
  readonly source: 'ntp' | 'system' | 'unknown';
  readonly offsetMs: number | null;
}

export interface StationFacts {
  readonly disks: readonly DiskFact[];
  /** null where the station cannot ask. */
  readonly clock: ClockFact | null;
  /** What all sources of the room send together; null where nothing was sent. */
  readonly bytesPerSecond: number | null;
}

const HOUR_S = 3600;
/** A day's legal limit of questioning a minor (commonly given as four hours) must fit; less than one is no recording. */
const HOURS = { amber: 4, red: 1 } as const;
const CLOCK_MS = { amber: 1000, red: 60_000 } as const;

/** Disks and clock, as far as a recording in this room needs them. Pure. */
export function judgeStation({ disks, clock, bytesPerSecond }: StationFacts): TestFinding[] {
  const findings: TestFinding[] = [];
  const well = disks.filter(({ problem }) => problem === null);
  const oneDisk = well.some(({ shared }) => shared);
  if (well.length === 0) findings.push({ code: 'no-disk', light: 'red', params: {} });
  else if (well.length < disks.length || disks.length < 2) {
    const lost = disks.find(({ problem }) => problem !== null);
    if (lost !== undefined) findings.push({ code: 'disk-lost', light: 'amber', params: { path: lost.path } });
  }
  if (well.length > 0 && (disks.length < 2 || oneDisk)) findings.push({ code: 'one-disk', light: 'amber', params: {} });
  const free = Math.min(...well.map(({ freeBytes }) => freeBytes ?? Number.POSITIVE_INFINITY));
  if (bytesPerSecond !== null && bytesPerSecond > 0 && Number.isFinite(free)) {
    // Two folders on one disk fill it twice as fast.
    const hours = free / (bytesPerSecond * (oneDisk ? 2 : 1)) / HOUR_S;
    if (hours < HOURS.amber) {
      const params = { hours: Math.floor(hours * 10) / 10 };
      findings.push({ code: 'disk-low', light: hours < HOURS.red ? 'red' : 'amber', params });
    }
  }
  if (clock !== null) findings.push(...ofClock(clock));
  return findings;
}

function ofClock({ source, offsetMs }: ClockFact): TestFinding[] {
  if (source === 'unknown' || offsetMs === null) return [{ code: 'clock-unknown', light: 'green', params: {} }];
  const off = Math.abs(offsetMs);
  if (off < CLOCK_MS.amber) return [];
  const seconds = Math.round(off / 100) / 10;
  return [{ code: 'clock-off', light: off >= CLOCK_MS.red ? 'red' : 'amber', params: { seconds } }];
}
