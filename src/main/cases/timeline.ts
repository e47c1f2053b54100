import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { canonicalText } from '../../shared/domain/canonical.ts';
import { TimelineEntry } from '../../shared/evidence/record.ts';
import { jsonColumn } from '../database/index.ts';

/** What happened in an interview, in milliseconds from its start: kept while it runs, then part of the signed record. */
export class Timeline {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Adds an entry; its text is brought to NFC. JSON_NOT_CANONICAL for what a record could not carry (fractions, for
   * example). Gives the entry as it was stored.
   */
  addEntry(interviewId: string, entry: TimelineEntry): TimelineEntry {
    const stored = TimelineEntry.parse(inNfc(entry));
    this.#db
      .prepare('INSERT INTO timeline (interview_id, at_ms, entry) VALUES (?, ?, ?)')
      .run(interviewId, stored.at_ms, canonicalText(stored));
    return stored;
  }

  /** In order of time; entries of the same millisecond in the order in which they came. */
  entries(interviewId: string): TimelineEntry[] {
    const texts = this.#db
      .prepare('SELECT entry FROM timeline WHERE interview_id = ? ORDER BY at_ms, id')
      .pluck()
      .all(interviewId);
    return z.array(jsonColumn(TimelineEntry)).parse(texts);
  }
}

function inNfc(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(inNfc);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inNfc(inner)]));
}
