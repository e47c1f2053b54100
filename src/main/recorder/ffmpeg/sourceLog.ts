import { appendFileSync, writeFileSync } from 'node:fs';

/** A camera that complains at every frame must not fill the disk of the recording. */
const LARGEST_RUN = 512 * 1024;
const LARGEST_FILE = 4 * 1024 * 1024;

/**
 * The log of one source's ffmpegs: command lines (never with credentials) and what they wrote on standard error,
 * bounded. A log that cannot be written must not stop a recording: its failures are counted in `lostWrites`.
 */
export class SourceLog {
  readonly #path: string;
  #inRun = 0;
  #inFile = 0;
  #begun = false;
  lostWrites = 0;

  constructor(path: string) {
    this.#path = path;
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

  #write(bytes: Buffer, afresh: boolean): void {
    try {
      if (afresh) {
        writeFileSync(this.#path, bytes, { mode: 0o600 });
        this.#inFile = bytes.length;
      } else {
        appendFileSync(this.#path, bytes, { mode: 0o600 });
        this.#inFile += bytes.length;
      }
    } catch {
      this.lostWrites += 1;
    }
  }
}
