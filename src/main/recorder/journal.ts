import { type FileHandle, open, readFile, rename, stat } from 'node:fs/promises';
import type { Clock } from '../platform/clock.ts';
import { BehindWriter } from './behindWriter.ts';
import { recorderFiles } from './folder.ts';
import { JournalEntry } from './result.ts';

const LARGEST_JOURNAL = 1024 * 1024;

/**
 * What happened to this room's recordings, one JSON line each, on the disk a moment after `add`: a station that was not
 * there reads it afterwards. Facts only: no media, no secrets. Entries of this run are also kept in memory.
 */
export class Journal {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #behind: BehindWriter;
  #file: FileHandle | null = null;
  #entries: JournalEntry[] = [];
  #next = 0;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
    this.#behind = new BehindWriter(async (bytes) => {
      await this.#file?.appendFile(bytes);
      await this.#file?.datasync();
    });
  }

  /** Entries that the station's disk did not take; they are still in memory and in the result. */
  get lostWrites(): number {
    return this.#behind.lost;
  }

  async start(): Promise<void> {
    const size = await stat(this.#path).then(
      (found) => found.size,
      () => 0,
    );
    if (size > LARGEST_JOURNAL) await rename(this.#path, this.#path.replace(/\.jsonl$/, '.1.jsonl'));
    this.#file = await open(this.#path, 'a', 0o600);
  }

  /** Waits for what is not written yet. */
  async stop(): Promise<void> {
    await this.#behind.settled();
    const file = this.#file;
    this.#file = null;
    // Not waited for: on a disk that hangs it would not come back.
    file?.close().catch(() => undefined);
  }

  add(action: JournalEntry['action'], exhibit: string | null, details: JournalEntry['details']): JournalEntry {
    const entry = { seq: this.#next++, at: this.#clock.now().toISOString(), exhibit, action, details };
    this.#entries.push(entry);
    if (this.#entries.length > 5000) this.#entries = this.#entries.slice(-4000);
    this.#behind.add(Buffer.from(`${JSON.stringify(entry)}\n`));
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
