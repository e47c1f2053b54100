import { newId } from '../platform/ids.ts';

export interface TakenStill {
  readonly interview: string;
  readonly source: string;
  readonly place: string;
  readonly jpeg: Uint8Array;
  readonly takenAt: string;
  /** Code of the account that took it: what is confirmed is what this person saw. */
  readonly owner: string;
}

/** More than a room has cameras, for two people at once. */
const MOST = 16;

/** Stills that somebody looks at and nobody has confirmed: in memory alone, the oldest forgotten first. */
export class StillShelf {
  readonly #taken = new Map<string, TakenStill>();

  put(still: TakenStill): string {
    const id = newId();
    this.#taken.set(id, still);
    for (const oldest of this.#taken.keys()) {
      if (this.#taken.size <= MOST) break;
      this.#taken.delete(oldest);
    }
    return id;
  }

  /** Gives it away, once. Null where it is not there, or another person's or interview's. */
  take(id: string, interview: string, owner: string): TakenStill | null {
    const found = this.#taken.get(id);
    if (found === undefined || found.interview !== interview || found.owner !== owner) return null;
    this.#taken.delete(id);
    return found;
  }
}
