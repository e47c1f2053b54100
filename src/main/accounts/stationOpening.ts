import { Serial } from '../platform/serial.ts';
import type { KeyRing } from './keyRing.ts';
import type { StationKeys } from './stationKeys.ts';

/** Who an event says that it was. */
export interface OpeningActor {
  readonly id: string;
  readonly role: string;
}

export interface StationOpeningNeeds {
  readonly ring: KeyRing;
  readonly stationKeys: StationKeys;
  /** Told when the station's keys were opened, before anything is logged of it: a restored log goes on here. */
  readonly keysOpened?: (actor: OpeningActor) => Promise<void>;
}

/** The one place where the station's own keys open: by a person's key, or by the printed recovery key. */
export class StationOpening {
  readonly #needs: StationOpeningNeeds;
  readonly #turn = new Serial();

  constructor(needs: StationOpeningNeeds) {
    this.#needs = needs;
  }

  /**
   * Opens the station's keys with an age identity, unless they are open; an identity that does not open them is refused
   * in both cases. What waited for them begins before this ends; where it cannot, the keys are closed again, so that the
   * next who comes tries anew. @throws Refusal ACCESS_NOT_GRANTED, KEY_UNREADABLE
   */
  open(identity: string, actor: OpeningActor): Promise<void> {
    const { ring, stationKeys, keysOpened } = this.#needs;
    return this.#turn.run(async () => {
      const plain = await ring.open('station', identity);
      try {
        if (stationKeys.isOpen) return;
        stationKeys.load(plain);
      } finally {
        plain.fill(0);
      }
      try {
        await keysOpened?.(actor);
      } catch (error) {
        stationKeys.forget();
        throw error;
      }
    });
  }
}
