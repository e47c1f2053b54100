import { appendFile, writeFile } from 'node:fs/promises';
import { BehindWriter } from '../behindWriter.ts';

/** A camera that complains at every frame must not fill the disk of the recording. */
const LARGEST_RUN = 512 * 1024;
const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * The log of one source's ffmpegs: command lines (never with credentials) and what they wrote on standard error,
 * bounded. It is written behind the recording, and one that cannot be written does not stop it.
 */
export class SourceLog {
  readonly #behind: BehindWriter;
  #inRun = 0;
  #inFile = 0;
  #begun = false;

  constructor(path: string) {
    this.#behind = new BehindWriter((bytes, afresh) => (afresh ? writeFile : appendFile)(path, bytes, { mode: 0o600 }));
  }

  /** Starts a run: its time and command line. The first run of a process replaces the file of the one before. */
  begin(at: string, command: string): void {
    this.#inRun = 0;
    this.#write(Buffer.from(`[${at}] ${command}\n`), !this.#begun || this.#inFile > LARGEST_FILE);
    this.#begun = true;
  }

  add(chunk: Buffer): void {
    if (this.#inRun > LARGEST_RUN) return;
    this.#inRun += chunk.length;
    this.#write(chunk, false);
    if (this.#inRun > LARGEST_RUN) this.note('log cut here: too much for one run');
  }

  /** A line of our own. */
  note(text: string): void {
    this.#write(Buffer.from(`[recorder] ${text}\n`), false);
  }

  /** Resolves when everything is written. */
  settled(): Promise<void> {
    return this.#behind.settled();
  }

  #write(bytes: Buffer, afresh: boolean): void {
    this.#inFile = afresh ? bytes.length : this.#inFile + bytes.length;
    // ffmpeg's pipe reuses nothing, but what waits must not hold the whole of a larger buffer.
    this.#behind.add(Buffer.from(bytes), afresh);
  }
}
