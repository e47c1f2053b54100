import type { Database } from 'better-sqlite3';

export type WitnessKind = 'log' | 'witness';

/** A key that the administrator took in: of a log whose heads we cosign, or of a witness of our own log. */
export interface KeyRow {
  readonly vkey: string;
  readonly kind: WitnessKind;
  readonly key_name: string;
  readonly title: string;
  readonly added_at: string;
}

/** A head of another log that was cosigned here. */
export interface SeenRow {
  readonly size: number;
  readonly note: string;
  readonly at: string;
}

/** Two heads that cannot both be of one log that only grows. */
export interface ContradictionRow {
  readonly id: number;
  readonly origin: string;
  readonly at: string;
  readonly reason: 'smaller' | 'fork';
  /** Null where it is our own log that contradicts: it stands in its tables. */
  readonly known: string | null;
  readonly brought: string;
}

/** The statements over the tables of migration 120, but for the cosignatures of our own heads (`LogStore`). */
export class WitnessStore {
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(db: Database) {
    this.#statements = prepareAll(db);
  }

  keys(): KeyRow[] {
    return this.#statements.keys.all();
  }

  putKey({ vkey, kind, key_name, title, added_at }: KeyRow): void {
    this.#statements.putKey.run(vkey, kind, key_name, title, added_at);
  }

  dropKey(vkey: string): void {
    this.#statements.dropKey.run(vkey);
  }

  newestSeen(origin: string): SeenRow | undefined {
    return this.#statements.newestSeen.get(origin);
  }

  seenAt(origin: string, size: number): SeenRow | undefined {
    return this.#statements.seenAt.get(origin, size);
  }

  putSeen(origin: string, { size, note, at }: SeenRow): void {
    this.#statements.putSeen.run(origin, size, note, at);
  }

  contradictions(): ContradictionRow[] {
    return this.#statements.contradictions.all();
  }

  putContradiction({ origin, at, reason, known, brought }: Omit<ContradictionRow, 'id'>): void {
    this.#statements.putContradiction.run(origin, at, reason, known, brought);
  }
}

function prepareAll(db: Database) {
  return {
    keys: db.prepare<[], KeyRow>(
      'SELECT vkey, kind, key_name, title, added_at FROM witness_keys ORDER BY kind, title, vkey',
    ),
    putKey: db.prepare<[string, string, string, string, string]>('INSERT INTO witness_keys VALUES (?, ?, ?, ?, ?)'),
    dropKey: db.prepare<[string]>('DELETE FROM witness_keys WHERE vkey = ?'),
    newestSeen: db.prepare<[string], SeenRow>(
      'SELECT size, note, at FROM witness_seen WHERE origin = ? ORDER BY size DESC LIMIT 1',
    ),
    seenAt: db.prepare<[string, number], SeenRow>(
      'SELECT size, note, at FROM witness_seen WHERE origin = ? AND size = ?',
    ),
    putSeen: db.prepare<[string, number, string, string]>(
      'INSERT INTO witness_seen (origin, size, note, at) VALUES (?, ?, ?, ?)',
    ),
    contradictions: db.prepare<[], ContradictionRow>(
      'SELECT id, origin, at, reason, known, brought FROM witness_contradictions ORDER BY id',
    ),
    putContradiction: db.prepare<[string, string, string, string | null, string]>(
      'INSERT INTO witness_contradictions (origin, at, reason, known, brought) VALUES (?, ?, ?, ?, ?)',
    ),
  };
}
