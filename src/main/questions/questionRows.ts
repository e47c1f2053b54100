import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { canonicalText } from '../../shared/domain/canonical.ts';
import { type Question, QuestionChange, questionsOf } from '../../shared/domain/questions.ts';
import { jsonColumn } from '../database/index.ts';

/** A question as it is kept, with who sent it. */
export type KeptQuestion = Question & { readonly sentBy: string };

const Row = z.strictObject({ id: z.string(), sent_by: z.string() });

/** Questions and their changes; changes are only added. */
export class QuestionRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** In the order in which they are to be asked. */
  all(interview: string): KeptQuestion[] {
    const folded = new Map(questionsOf(this.changes(interview)).map((one) => [one.id, one]));
    const rows = this.#db
      .prepare('SELECT id, sent_by FROM questions WHERE interview_id = ? ORDER BY position, id')
      .all(interview);
    return z
      .array(Row)
      .parse(rows)
      .flatMap(({ id, sent_by: sentBy }) => {
        const question = folded.get(id);
        return question === undefined ? [] : [{ ...question, sentBy }];
      });
  }

  changes(interview: string): QuestionChange[] {
    const texts = this.#db
      .prepare('SELECT entry FROM question_changes WHERE interview_id = ? ORDER BY question, step')
      .pluck()
      .all(interview);
    return z.array(jsonColumn(QuestionChange)).parse(texts);
  }

  /** The newest change of a question; null where there is no such question. */
  newest(interview: string, question: string): QuestionChange | null {
    const text = this.#db
      .prepare('SELECT entry FROM question_changes WHERE interview_id = ? AND question = ? ORDER BY step DESC LIMIT 1')
      .pluck()
      .get(interview, question);
    return text === undefined ? null : jsonColumn(QuestionChange).parse(text);
  }

  /** Takes a new question in, at the end of the order. */
  add(interview: string, id: string, sentBy: string): void {
    this.#db
      .prepare(
        `INSERT INTO questions (interview_id, id, position, sent_by)
         SELECT @interview, @id, coalesce(max(position), 0) + 1, @sentBy FROM questions WHERE interview_id = @interview`,
      )
      .run({ interview, id, sentBy });
  }

  addChange(interview: string, change: QuestionChange): void {
    this.#db
      .prepare('INSERT INTO question_changes (interview_id, question, step, entry) VALUES (?, ?, ?, ?)')
      .run(interview, change.question, change.step, canonicalText(change));
  }

  order(interview: string, ids: readonly string[]): void {
    const place = this.#db.prepare('UPDATE questions SET position = ? WHERE interview_id = ? AND id = ?');
    ids.forEach((id, index) => {
      place.run(index + 1, interview, id);
    });
  }
}
