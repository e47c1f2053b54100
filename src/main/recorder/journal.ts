import { closeSync, existsSync, fdatasyncSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Clock } from '../platform/clock.ts';
import { recorderFiles } from './folder.ts';
import { JournalEntry } from './result.ts';

const LARGEST_JOURNAL = 1024 * 1024;

/**
 * What happened to this room's recordings, one JSON line each, durable when `add` returns: a station that was not
 * there reads it afterwards. Facts only: no media, no secrets. Entries of this run are also kept in memory.
 */
export class Journal {
  readonly #path: string;
  readonly #clock: Clock;
  #fd: number | null = null;
  #entries: JournalEntry[] = [];
  #next = 0;
  /** Entries that the station's disk did not take; they are still in memory and in the result. */
  lostWrites = 0;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  start(): void {
    if (existsSync(this.#path) && statSync(this.#path).size > LARGEST_JOURNAL) {
      renameSync(this.#path, this.#path.replace(/\.jsonl$/, '.1.jsonl'));
    }
    this.#fd = openSync(this.#path, 'a', 0o600);
  }

  stop(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  add(action: JournalEntry['action'], exhibit: string | null, details: JournalEntry['details']): JournalEntry {
    const entry = { seq: this.#next++, at: this.#clock.now().toISOString(), exhibit, action, details };
    this.#entries.push(entry);
    if (this.#entries.length > 5000) this.#entries = this.#entries.slice(-4000);
    try {
      if (this.#fd !== null) {
        writeSync(this.#fd, `${JSON.stringify(entry)}\n`);
        fdatasyncSync(this.#fd);
      }
    } catch {
      // The station's own disk may be full while the recording's targets are not: the recording goes on.
      this.lostWrites += 1;
    }
    return entry;
  }

  /** Entries of this run after `seq`, oldest first. */
  after(seq: number): JournalEntry[] {
    return this.#entries.filter((entry) => entry.seq > seq);
  }
}

/**
 * What the journal in a recorder's folder says of one exhibit, oldest first: for a recording whose recorder is gone. Lines
 * that a crash cut off are left out. Empty when there is no journal.
 */
export async function readJournal(folder: string, exhibit: string): Promise<JournalEntry[]> {
  const text = await readFile(recorderFiles(folder).journal, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    const entry = entryOf(line);
    return entry?.exhibit === exhibit ? [entry] : [];
  });
}

function entryOf(line: string): JournalEntry | null {
  try {
    return JournalEntry.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
