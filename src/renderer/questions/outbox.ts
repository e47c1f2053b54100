import { z } from 'zod';
import { QuestionPriority } from '../../shared/domain/questions.ts';

/** A question that somebody sent and the station has not taken yet. */
const Unsent = z.object({ id: z.string(), text: z.string(), by: z.string(), priority: QuestionPriority });
export type Unsent = z.infer<typeof Unsent>;

/** Refusals that pass by themselves: the same question is sent again. */
const passing: readonly string[] = ['UNREACHABLE', 'INTERNAL', 'QUESTION_TOO_FAST', 'QUESTIONS_NOT_NOW'];
export const passes = (code: string): boolean => passing.includes(code);

/** What a tab keeps over a reload; nothing that it cannot read, and nothing where it may keep nothing. */
export class Outbox {
  readonly #key: string;
  readonly #store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

  constructor(interview: string, store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.#key = `birret.unsent.${interview}`;
    this.#store = store;
  }

  read(): Unsent[] {
    try {
      return z.array(Unsent).parse(JSON.parse(this.#store.getItem(this.#key) ?? '[]'));
    } catch {
      return [];
    }
  }

  keep(unsent: readonly Unsent[]): void {
    try {
      if (unsent.length === 0) this.#store.removeItem(this.#key);
      else this.#store.setItem(this.#key, JSON.stringify(unsent));
    } catch {
      // A full or forbidden store: the question is still in this page's memory, and is shown as not sent.
    }
  }
}

/** An id that no other screen makes. */
export function newQuestionId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
