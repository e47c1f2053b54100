import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { Playback } from '../../shared/contract/hearings.ts';
import { SerialByKey } from '../platform/serial.ts';
import type { Actor } from './hearings.ts';
import type { OpenExhibit } from './openExhibit.ts';
import { type OpeningNeeds, openVerified, playbackOf } from './openVerified.ts';

export interface ReviewNeeds extends OpeningNeeds {
  /** What the station says of an exhibit. */
  readonly exhibit: (number: string) => Exhibit;
}

interface Review {
  readonly account: string;
  readonly number: string;
  readonly exhibit: OpenExhibit;
}

/**
 * Exhibits that somebody of the case has open beside a protocol or a transcript: the same checks and segments as in a
 * hearing, and that they were opened and closed is on record. It is nobody's screen but theirs.
 */
export class Reviews {
  readonly #needs: ReviewNeeds;
  readonly #open = new Map<string, Review>();
  readonly #turns = new SerialByKey();

  constructor(needs: ReviewNeeds) {
    this.#needs = needs;
  }

  /** Opens an exhibit for one person; a second time is the same one. @throws Refusal as `PlaybackService.open` */
  async open(
    number: string,
    person: Actor & { readonly account: string },
    watermark: string,
    vaultIdentity: string,
  ): Promise<Playback> {
    const key = keyOf(person.account, number);
    const review = await this.#turns.run(key, async () => {
      const there = this.#open.get(key);
      if (there !== undefined) return there;
      const actor = { id: person.id, role: person.role };
      const exhibit = await openVerified(this.#needs, number, vaultIdentity, { actor, details: {} });
      const opened: Review = { account: person.account, number, exhibit };
      this.#open.set(key, opened);
      this.#log('review.opened', number, person);
      return opened;
    });
    return playbackOf(this.#needs, review.exhibit, this.#needs.exhibit(number), watermark);
  }

  /** Closes it and forgets its key. */
  async close(number: string, person: Actor & { readonly account: string }): Promise<void> {
    const key = keyOf(person.account, number);
    const review = this.#open.get(key);
    if (review === undefined) return;
    this.#open.delete(key);
    await review.exhibit.close();
    this.#log('review.closed', number, person);
  }

  /** The exhibit as this person has it open; null where they have not. */
  opened(number: string, account: string): OpenExhibit | null {
    return this.#open.get(keyOf(account, number))?.exhibit ?? null;
  }

  async stop(): Promise<void> {
    for (const { exhibit } of this.#open.values()) await exhibit.close();
    this.#open.clear();
  }

  #log(action: string, number: string, { id, role }: Actor): void {
    this.#needs.custody.append({
      action,
      actor: { id, role },
      subject: { type: 'exhibit', id: number },
      details: {},
    });
  }
}

const keyOf = (account: string, number: string) => `${account}/${number}`;
