import { findOrStartStation, isHealthy, lastWindowClosed, type RunningStation, requestCode } from '../launch/index.ts';

const LOOK_EVERY_MS = 2_000;
const MISSES_ALLOWED = 2;

/** The shell's tie to its station: where it is now, and a new one when it has died. */
export class StationLink {
  readonly #folder: string;
  readonly #practice: boolean;
  readonly #onMoved: () => Promise<void>;
  #station: RunningStation | null = null;
  #watch: NodeJS.Timeout | null = null;
  #misses = 0;
  #looking = false;

  /** `onMoved` is called when the station had ended and another one was started: its address and cookies are new. */
  constructor({ station, practice }: { station: string; practice: boolean }, onMoved: () => Promise<void>) {
    this.#folder = station;
    this.#practice = practice;
    this.#onMoved = onMoved;
  }

  /** Finds or starts the station. Throws StationDidNotStart. */
  async start(): Promise<void> {
    this.#station = await this.#findOrStart();
    this.#watch = setInterval(() => {
      this.#look().catch((error: unknown) => {
        process.stderr.write(`the station could not be started again: ${String(error)}\n`);
      });
    }, LOOK_EVERY_MS);
  }

  /** No window is left: the station may end, if nothing is recorded, sealed or shown elsewhere. */
  async stop(): Promise<void> {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
    if (this.#station !== null) await lastWindowClosed(this.#station);
  }

  /** `http://127.0.0.1:PORT` of the station; an origin that nothing has, while there is none. */
  get origin(): string {
    return this.#station?.origin ?? 'http://station.invalid';
  }

  /** A code that lets one window in, once. */
  async code(): Promise<string> {
    if (this.#station === null) throw new Error('there is no station yet');
    return requestCode(this.#station);
  }

  /** True for an address of the station, in whatever way it is written (`blob:` addresses of its pages, too). */
  owns(url: string): boolean {
    try {
      return new URL(url).origin === this.origin;
    } catch {
      return false;
    }
  }

  #findOrStart(): Promise<RunningStation> {
    return findOrStartStation(this.#folder, { practice: this.#practice });
  }

  async #look(): Promise<void> {
    if (this.#station === null || this.#looking) return;
    this.#looking = true;
    try {
      this.#misses = (await isHealthy(this.#station)) ? 0 : this.#misses + 1;
      if (this.#misses < MISSES_ALLOWED || this.#watch === null) return;
      const before = this.#station;
      this.#station = await this.#findOrStart();
      this.#misses = 0;
      if (this.#station.secret !== before.secret) await this.#onMoved();
    } finally {
      this.#looking = false;
    }
  }
}
