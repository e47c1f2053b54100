import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { RoomTest, SourceBaseline } from '../../shared/domain/selfTest.ts';
import { jsonColumn } from '../database/index.ts';

const TestRow = z.strictObject({ by_code: z.string(), report: jsonColumn(RoomTest) });
const BaselineRow = z.strictObject({ set_at: z.string(), sources: jsonColumn(z.array(SourceBaseline)) });

/** A test with the code of the account that ran it. */
export interface KeptTest {
  readonly test: RoomTest;
  readonly byCode: string;
}

export interface KeptBaseline {
  readonly setAt: string;
  readonly sources: readonly SourceBaseline[];
}

/** Tests and base lines as they are kept. */
export class SelfTestRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  add({ test, byCode }: KeptTest): void {
    this.#db
      .prepare('INSERT INTO self_tests (id, room, at, by_code, report) VALUES (?, ?, ?, ?, ?)')
      .run(test.id, test.room, test.at, byCode, JSON.stringify(test));
  }

  /** The newest tests of a room, newest first. */
  newest(room: string, count: number): KeptTest[] {
    return this.#db
      .prepare('SELECT by_code, report FROM self_tests WHERE room = ? ORDER BY at DESC, rowid DESC LIMIT ?')
      .all(room, count)
      .map(kept);
  }

  get(id: string): KeptTest | null {
    const row = this.#db.prepare('SELECT by_code, report FROM self_tests WHERE id = ?').get(id);
    return row === undefined ? null : kept(row);
  }

  baseline(room: string): KeptBaseline | null {
    const row = this.#db.prepare('SELECT set_at, sources FROM room_baselines WHERE room = ?').get(room);
    if (row === undefined) return null;
    const { set_at, sources } = BaselineRow.parse(row);
    return { setAt: set_at, sources };
  }

  setBaseline(room: string, test: string, { setAt, sources }: KeptBaseline): void {
    this.#db
      .prepare(
        `INSERT INTO room_baselines (room, test, set_at, sources) VALUES (@room, @test, @setAt, @sources)
         ON CONFLICT (room) DO UPDATE SET test = @test, set_at = @setAt, sources = @sources`,
      )
      .run({ room, test, setAt, sources: JSON.stringify(sources) });
  }
}

function kept(row: unknown): KeptTest {
  const { by_code, report } = TestRow.parse(row);
  return { test: report, byCode: by_code };
}
