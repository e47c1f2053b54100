import { mkdir } from 'node:fs/promises';
import { readRunFile } from './runFile.ts';
import { type StartingStation, startStation } from './startStation.ts';
import { isHealthy, type RunningStation, stationAt } from './station.ts';

const LOOK_EVERY_MS = 40;

export interface FindOptions {
  /** How long a start may take, in ms. */
  readonly withinMs?: number;
  /** A station that has to be set up first becomes a practice station, which takes its time. */
  readonly practice?: boolean;
  /** Starts the station of a folder; given by tests. */
  readonly start?: (folder: string) => StartingStation;
}

/** The station did not come up. `lastWords` is what it wrote before it ended: JSON lines for the log, or an error's text. */
export class StationDidNotStart extends Error {
  readonly lastWords: string;

  constructor(reason: string, lastWords: string) {
    super(reason);
    this.name = 'StationDidNotStart';
    this.lastWords = lastWords;
  }
}

/** The station of `folder` if one runs and answers, or null. */
export async function findStation(folder: string): Promise<RunningStation | null> {
  const run = await readRunFile(folder);
  if (run === null || !isAlive(run.pid)) return null;
  const station = stationAt(run);
  return (await isHealthy(station)) ? station : null;
}

/**
 * Attaches to the station of `folder`, or starts it and waits until it answers. Two that do so at once end with the same
 * station: its lock lets one live, and the other one's end is waited out here. Throws StationDidNotStart.
 */
export async function findOrStartStation(folder: string, options: FindOptions = {}): Promise<RunningStation> {
  const found = await findStation(folder);
  if (found !== null) return found;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { practice = false, start = (at: string) => startStation(at, { practice }) } = options;
  const starting = start(folder);
  const deadline = performance.now() + (options.withinMs ?? (practice ? 90_000 : 20_000));
  let graceUntil: number | null = null;
  for (;;) {
    const station = await findStation(folder);
    if (station !== null) return station;
    const now = performance.now();
    const ended = starting.ended();
    // Ended: either it was refused, or another one holds the folder and is about to answer.
    if (ended !== null) graceUntil ??= now + 1_500;
    if (graceUntil !== null && now > graceUntil) {
      throw new StationDidNotStart(`the station ended at once (${ended})`, await starting.lastWords());
    }
    if (now > deadline) throw new StationDidNotStart('the station does not answer', await starting.lastWords());
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
