import { Refusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Asker } from './needs.ts';

/** From one screen, a question a second and no more than these in an interview: a broken or bored one drowns nobody. */
const APART_NS = 900_000_000n;
const MOST = 100;

/** Keeps the screens of observers to a pace; people with an account are left alone. */
export class Senders {
  readonly #clock: Clock;
  readonly #last = new Map<string, bigint>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `sent` = questions of this screen in this interview so far. @throws Refusal QUESTION_TOO_FAST, QUESTION_TOO_MANY */
  let(asker: Asker, sent: number): void {
    if (asker.role !== 'observer') return;
    if (sent >= MOST) throw new Refusal('QUESTION_TOO_MANY', { most: MOST });
    const now = this.#clock.monotonicNs();
    const last = this.#last.get(asker.id);
    if (last !== undefined && now - last < APART_NS) throw new Refusal('QUESTION_TOO_FAST');
    this.#last.set(asker.id, now);
  }
}
