import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { PreparationAnswer } from '../../shared/domain/preparationAnswers.ts';
import { blob, jsonColumn } from '../database/index.ts';
import { newId } from '../platform/ids.ts';

const AnswerRow = z.strictObject({
  item: z.string(),
  answer: jsonColumn(PreparationAnswer),
  words: blob.nullable(),
  name: blob.nullable(),
  name_commitment: z.string().nullable(),
  rules: z.string(),
  by_code: z.string(),
  at: z.string(),
  from_exhibit: z.string().nullable(),
});
/** One answer as it is kept. */
export type AnswerRow = z.infer<typeof AnswerRow>;

const StillRow = z.strictObject({
  source: z.string(),
  place: z.string(),
  jpeg: blob,
  sha256: z.string(),
  taken_at: z.string(),
  by_code: z.string(),
  at: z.string(),
});
/** A confirmed still; its picture is closed to the station. */
export type StillRow = z.infer<typeof StillRow>;

const SealedName = z.strictObject({ code: z.string(), identity: blob });

/** Answers and stills as they lie in the database. */
export class PreparationRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Every answer of an interview, oldest first. */
  answers(interview: string): AnswerRow[] {
    const rows = this.#db
      .prepare(
        `SELECT item, answer, words, name, name_commitment, rules, by_code, at, from_exhibit FROM preparation_answers
         WHERE interview_id = ? ORDER BY position`,
      )
      .all(interview);
    return z.array(AnswerRow).parse(rows);
  }

  addAnswer(interview: string, row: AnswerRow): void {
    this.#db
      .prepare(
        `INSERT INTO preparation_answers (id, interview_id, item, answer, words, name, name_commitment, rules, by_code, at, from_exhibit)
         VALUES (@id, @interview, @item, @answer, @words, @name, @name_commitment, @rules, @by_code, @at, @from_exhibit)`,
      )
      .run({ ...row, id: newId(), interview, answer: JSON.stringify(row.answer) });
  }

  stills(interview: string): StillRow[] {
    const rows = this.#db
      .prepare(
        `SELECT source, place, jpeg, sha256, taken_at, by_code, at FROM preparation_stills
         WHERE interview_id = ? ORDER BY source`,
      )
      .all(interview);
    return z.array(StillRow).parse(rows);
  }

  /** Keeps a still in place of an earlier one of the same source. */
  setStill(interview: string, row: StillRow): void {
    this.#db
      .prepare(
        `INSERT INTO preparation_stills (interview_id, source, place, jpeg, sha256, taken_at, by_code, at)
         VALUES (@interview, @source, @place, @jpeg, @sha256, @taken_at, @by_code, @at)
         ON CONFLICT (interview_id, source) DO UPDATE SET place = @place, jpeg = @jpeg, sha256 = @sha256,
           taken_at = @taken_at, by_code = @by_code, at = @at`,
      )
      .run({ ...row, interview });
  }

  /** The attachment that the checklist became, or null. */
  keptAs(interview: string): string | null {
    const file = this.#db.prepare('SELECT file FROM preparation_kept WHERE interview_id = ?').pluck().get(interview);
    return typeof file === 'string' ? file : null;
  }

  setKept(interview: string, file: string, at: string): void {
    this.#db.prepare('INSERT INTO preparation_kept (interview_id, file, at) VALUES (?, ?, ?)').run(interview, file, at);
  }

  /** The sealed names of those who are planned, in their order. */
  names(interview: string): z.infer<typeof SealedName>[] {
    const rows = this.#db
      .prepare('SELECT code, identity FROM participants WHERE interview_id = ? ORDER BY position')
      .all(interview);
    return z.array(SealedName).parse(rows);
  }
}
