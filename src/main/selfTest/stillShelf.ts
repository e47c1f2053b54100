import type { TestStill } from '../../shared/contract/selfTest.ts';

interface Shelved {
  readonly owner: string;
  readonly stills: readonly TestStill[];
}

const KEPT_MS = 120_000;

/** Pictures of a test until its person has seen them: in memory, given once, forgotten after two minutes. */
export class StillShelf {
  readonly #shelved = new Map<string, Shelved>();

  put(test: string, owner: string, stills: readonly TestStill[]): void {
    this.#shelved.set(test, { owner, stills });
    setTimeout(() => this.#shelved.delete(test), KEPT_MS).unref();
  }

  take(test: string, owner: string): TestStill[] {
    const found = this.#shelved.get(test);
    if (found?.owner !== owner) return [];
    this.#shelved.delete(test);
    return [...found.stills];
  }
}
