import type { Database } from 'better-sqlite3';
import { Refusal } from '../../shared/errors.ts';

/** An event as its row holds it; everything but `bytes` is a copy for looking things up. */
export interface EventRow {
  readonly idx: number;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly subject_seq: number;
  readonly action: string;
  readonly actor_id: string;
  readonly at: string;
  readonly bytes: Buffer;
}

/** A head that was kept, with the time-stamp over it where there is one. */
export interface HeadRow {
  readonly size: number;
  readonly at: string;
  readonly note: string;
  readonly tsr: Buffer | null;
}

/** A witness's signature line over a head of this log. */
export interface CosignatureRow {
  readonly size: number;
  /** Its verifier key. */
  readonly witness: string;
  /** When it says that it cosigned. */
  readonly at: string;
  readonly line: string;
}

/** How a log came after another (migration 140). */
export interface ContinuationRow {
  readonly earlier: number;
  readonly earlier_vkey: string;
  readonly closing: string;
}

/** The newest event of a subject, as the next one quotes it. */
export interface SubjectEnd {
  readonly seq: number;
  /** Leaf hash, in hexadecimal letters. */
  readonly hash: string;
}

/** The statements of one log over the tables of migrations 50, 120 and 140. Knows rows, not what they mean. */
export class LogStore {
  readonly #log: number;
  readonly #statements: ReturnType<typeof prepareAll>;
  /** The log that this one continues. */
  readonly earlier: { readonly origin: string; readonly store: LogStore; readonly row: ContinuationRow } | null;

  constructor(db: Database, log: number) {
    this.#log = log;
    this.#statements = prepareAll(db);
    const row = this.#statements.continuation.get(log);
    this.earlier =
      row === undefined
        ? null
        : { origin: this.#statements.origin.get(row.earlier) ?? '', store: new LogStore(db, row.earlier), row };
  }

  /** Where a subject (`<type> <id>`) stood when this log began: its sequence goes on from one log to the next. */
  before(subject: string): SubjectEnd | undefined {
    return this.earlier?.store.end(subject);
  }

  /** Where a subject (`<type> <id>`) stands in this log or, if it has no event here, stood in those before. */
  end(subject: string): SubjectEnd | undefined {
    const space = subject.indexOf(' ');
    const newest = this.#statements.newestOf.get(this.#log, subject.slice(0, space), subject.slice(space + 1));
    if (newest === undefined) return this.before(subject);
    return { seq: newest.subject_seq, hash: this.node(0, newest.idx).toString('hex') };
  }

  size(): number {
    return this.#statements.size.get(this.#log) ?? 0;
  }

  node(level: number, idx: number): Buffer {
    const hash = this.#statements.node.get(this.#log, level, idx);
    if (hash === undefined) throw new Refusal('LOG_DAMAGED', { index: idx * 2 ** level, reason: 'a node is missing' });
    return hash;
  }

  putNode(level: number, idx: number, hash: Uint8Array): void {
    this.#statements.putNode.run(this.#log, level, idx, hash);
  }

  /** Nodes `from` to `to` (not included) of a level as one text of hexadecimal letters; those that are not there are left out. */
  nodesHex(level: number, from: number, to: number): string {
    return this.#statements.nodesHex.get(this.#log, level, from, to) ?? '';
  }

  nodeCount(): number {
    return this.#statements.nodeCount.get(this.#log) ?? 0;
  }

  putEvent(row: EventRow): void {
    const { idx, subject_type, subject_id, subject_seq, action, actor_id, at, bytes } = row;
    this.#statements.putEvent.run(this.#log, idx, subject_type, subject_id, subject_seq, action, actor_id, at, bytes);
  }

  allOf(type: string, id: string): EventRow[] {
    return this.#statements.allOf.all(this.#log, type, id);
  }

  /** Rows `from` to `to` (not included), upwards or downwards. */
  range(from: number, to: number, newestFirst: boolean): EventRow[] {
    const statement = newestFirst ? this.#statements.rangeDown : this.#statements.rangeUp;
    return statement.all(this.#log, from, to);
  }

  putHead(row: HeadRow): void {
    this.#statements.putHead.run(this.#log, row.size, row.at, row.note, row.tsr);
  }

  heads(): HeadRow[] {
    return this.#statements.heads.all(this.#log);
  }

  /** The first signature of a witness over a head stays. */
  putCosignature({ size, witness, at, line }: CosignatureRow): void {
    this.#statements.putCosignature.run(this.#log, size, witness, at, line);
  }

  cosignatures(): CosignatureRow[] {
    return this.#statements.cosignatures.all(this.#log);
  }
}

/** The row of the log `origin`, made if there is none. */
export function logId(db: Database, origin: string): number {
  const find = db.prepare<[string], number>('SELECT id FROM custody_logs WHERE origin = ?').pluck();
  const found = find.get(origin);
  if (found !== undefined) return found;
  return Number(db.prepare('INSERT INTO custody_logs (origin) VALUES (?)').run(origin).lastInsertRowid);
}

const COLUMNS = 'idx, subject_type, subject_id, subject_seq, action, actor_id, at, bytes';

function prepareAll(db: Database) {
  return {
    continuation: db.prepare<[number], ContinuationRow>(
      'SELECT earlier, earlier_vkey, closing FROM custody_continuations WHERE log = ?',
    ),
    origin: db.prepare<[number], string>('SELECT origin FROM custody_logs WHERE id = ?').pluck(),
    size: db.prepare<[number], number>('SELECT coalesce(max(idx) + 1, 0) FROM custody_events WHERE log = ?').pluck(),
    node: db
      .prepare<[number, number, number], Buffer>(
        'SELECT hash FROM custody_nodes WHERE log = ? AND level = ? AND idx = ?',
      )
      .pluck(),
    nodesHex: db
      .prepare<[number, number, number, number], string | null>(
        `SELECT group_concat(hex(hash), '' ORDER BY idx) FROM custody_nodes
         WHERE log = ? AND level = ? AND idx >= ? AND idx < ?`,
      )
      .pluck(),
    nodeCount: db.prepare<[number], number>('SELECT count(*) FROM custody_nodes WHERE log = ?').pluck(),
    putNode: db.prepare<[number, number, number, Uint8Array]>(
      'INSERT INTO custody_nodes (log, level, idx, hash) VALUES (?, ?, ?, ?)',
    ),
    putEvent: db.prepare<[number, number, string, string, number, string, string, string, Uint8Array]>(
      `INSERT INTO custody_events (log, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    newestOf: db.prepare<[number, string, string], Pick<EventRow, 'idx' | 'subject_seq'>>(
      `SELECT idx, subject_seq FROM custody_events WHERE log = ? AND subject_type = ? AND subject_id = ?
       ORDER BY subject_seq DESC LIMIT 1`,
    ),
    allOf: db.prepare<[number, string, string], EventRow>(
      `SELECT ${COLUMNS} FROM custody_events WHERE log = ? AND subject_type = ? AND subject_id = ?
       ORDER BY subject_seq`,
    ),
    rangeUp: db.prepare<[number, number, number], EventRow>(
      `SELECT ${COLUMNS} FROM custody_events WHERE log = ? AND idx >= ? AND idx < ? ORDER BY idx`,
    ),
    rangeDown: db.prepare<[number, number, number], EventRow>(
      `SELECT ${COLUMNS} FROM custody_events WHERE log = ? AND idx >= ? AND idx < ? ORDER BY idx DESC`,
    ),
    putHead: db.prepare<[number, number, string, string, Uint8Array | null]>(
      'INSERT INTO custody_heads (log, size, at, note, tsr) VALUES (?, ?, ?, ?, ?)',
    ),
    heads: db.prepare<[number], HeadRow>(
      'SELECT size, at, note, tsr FROM custody_heads WHERE log = ? ORDER BY size, rowid',
    ),
    putCosignature: db.prepare<[number, number, string, string, string]>(
      'INSERT OR IGNORE INTO witness_cosignatures (log, size, witness, at, line) VALUES (?, ?, ?, ?, ?)',
    ),
    cosignatures: db.prepare<[number], CosignatureRow>(
      'SELECT size, witness, at, line FROM witness_cosignatures WHERE log = ? ORDER BY size, witness',
    ),
  };
}

/** Writes down that the log `log` goes on where `earlier` was closed. */
export function putContinuation(db: Database, log: number, row: ContinuationRow): void {
  db.prepare('INSERT INTO custody_continuations (log, earlier, earlier_vkey, closing) VALUES (?, ?, ?, ?)').run(
    log,
    row.earlier,
    row.earlier_vkey,
    row.closing,
  );
}
