import type { Database } from 'better-sqlite3';
import { z } from 'zod';

/**
 * The next exhibit number, `<station id>-<year>-<six digits>` (EVIDENCE-FORMAT, head), inside the caller's transaction.
 * A year's counter only grows, so that a number is never given twice, whatever becomes of its interview.
 */
export function nextExhibitNumber(db: Database, stationId: string, now: Date): string {
  const year = now.getUTCFullYear();
  const last = z.int().parse(
    db
      .prepare(
        `INSERT INTO exhibit_counters (year, last) VALUES (?, 1)
         ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last`,
      )
      .pluck()
      .get(year),
  );
  return `${stationId}-${year}-${String(last).padStart(6, '0')}`;
}
