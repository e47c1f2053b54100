import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Language } from '../../shared/contract/common.ts';
import { Refusal } from '../../shared/errors.ts';
import { Instant } from '../../shared/evidence/record.ts';
import { jsonColumn } from '../database/index.ts';

/** What the station knows of itself since it was set up. Nothing here is secret. */
export const StationFacts = z.strictObject({
  id: z.string(),
  name: z.string(),
  court: z.string(),
  languages: z.array(Language).min(1),
  setUpAt: Instant,
  /** The station's certificate authority (self-signed root) and the station's own signing certificate. */
  rootPem: z.string(),
  certPem: z.string(),
  log: z.strictObject({ origin: z.string(), vkey: z.string() }),
  vaultRecipient: z.string(),
  recoveryRecipient: z.string(),
  /** For small secrets that the station itself must read, such as a camera's password. */
  stationRecipient: z.string(),
});
export type StationFacts = z.infer<typeof StationFacts>;

const KEY = 'facts';

/** The facts, or null before the set-up. */
export function readFacts(db: Database): StationFacts | null {
  const value = db.prepare('SELECT value FROM station WHERE key = ?').pluck().get(KEY);
  return value === undefined ? null : jsonColumn(StationFacts).parse(value);
}

/** The facts. STATION_NOT_SET_UP before the set-up. */
export function requireFacts(db: Database): StationFacts {
  const facts = readFacts(db);
  if (facts === null) throw new Refusal('STATION_NOT_SET_UP');
  return facts;
}

/** The vault's or the recovery key's new recipient, inside the caller's transaction: what is closed from now on is closed to it. */
export function changeRecipients(
  db: Database,
  change: Partial<Pick<StationFacts, 'vaultRecipient' | 'recoveryRecipient'>>,
): void {
  const facts: StationFacts = { ...requireFacts(db), ...change };
  db.prepare('UPDATE station SET value = ? WHERE key = ?').run(JSON.stringify(facts), KEY);
}

/** Writes the facts once, inside the caller's transaction. STATION_ALREADY_SET_UP the second time. */
export function writeFacts(db: Database, facts: StationFacts): void {
  const done = db
    .prepare('INSERT INTO station (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING')
    .run(KEY, JSON.stringify(facts));
  if (done.changes === 0) throw new Refusal('STATION_ALREADY_SET_UP');
}

/** The log goes on under another origin, with another key; inside the caller's transaction. */
export function changeLog(db: Database, log: StationFacts['log']): void {
  const facts: StationFacts = { ...requireFacts(db), log };
  db.prepare('UPDATE station SET value = ? WHERE key = ?').run(JSON.stringify(facts), KEY);
}
