import { Refusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';

/** Wrong codes until a pause: from one address, and from all together. */
const FROM_ONE = 5;
const FROM_ALL = 20;
const FIRST_PAUSE_S = 60;
const LONGEST_PAUSE_S = 30 * 60;
/** After so long without a wrong code all is forgotten. */
const FORGOTTEN_NS = 60n * 60n * 1_000_000_000n;
/** Addresses that are remembered; beyond it the oldest is forgotten, and `FROM_ALL` still counts. */
const ADDRESSES = 1_000;
const ALL = 'all';

interface Tried {
  wrong: number;
  pauses: number;
  pausedUntilNs: bigint;
  lastNs: bigint;
}

/** A pause that a wrong code began. */
export interface Pause {
  readonly whom: 'address' | 'all';
  readonly seconds: number;
  readonly wrong: number;
}

/**
 * Wrong pairing codes, counted by the address that they came from and all together. Each pause is twice as long as the one
 * before. On the monotonic clock: setting the wall clock shortens none.
 */
export class PairingTries {
  readonly #clock: Clock;
  readonly #tried = new Map<string, Tried>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws Refusal PAIRING_PAUSED with the whole seconds that are left */
  check(address: string): void {
    const now = this.#clock.monotonicNs();
    for (const key of [keyOf(address), ALL]) {
      const left = (this.#tried.get(key)?.pausedUntilNs ?? 0n) - now;
      if (left > 0n) throw new Refusal('PAIRING_PAUSED', { seconds: Math.ceil(Number(left) / 1e9) });
    }
  }

  /** One more wrong code; the pause that it began, or null. */
  wrong(address: string): Pause | null {
    const own = this.#count(keyOf(address), FROM_ONE);
    const all = this.#count(ALL, FROM_ALL);
    if (all !== null) return { whom: 'all', seconds: all, wrong: FROM_ALL };
    return own === null ? null : { whom: 'address', seconds: own, wrong: FROM_ONE };
  }

  /** Somebody at this address had the right one. */
  right(address: string): void {
    this.#tried.delete(keyOf(address));
  }

  #count(key: string, most: number): number | null {
    const now = this.#clock.monotonicNs();
    const before = this.#tried.get(key);
    const tried =
      before === undefined || now - before.lastNs > FORGOTTEN_NS
        ? { wrong: 0, pauses: 0, pausedUntilNs: 0n, lastNs: now }
        : before;
    this.#tried.delete(key);
    this.#tried.set(key, tried);
    if (this.#tried.size > ADDRESSES) this.#tried.delete([...this.#tried.keys()].find((one) => one !== ALL) ?? key);
    tried.wrong += 1;
    tried.lastNs = now;
    if (tried.wrong < most) return null;
    const seconds = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** tried.pauses);
    tried.wrong = 0;
    tried.pauses += 1;
    tried.pausedUntilNs = now + BigInt(seconds) * 1_000_000_000n;
    return seconds;
  }
}

/** One machine may have as many IPv6 addresses as it likes: its network counts (the first 64 bits). */
function keyOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = ''] = address.split('%');
  const [left = '', right] = head.split('::');
  const groups = left.split(':').filter((group) => group !== '');
  const tail = right === undefined ? [] : right.split(':').filter((group) => group !== '');
  const gap = Array.from({ length: Math.max(0, 8 - groups.length - tail.length) }, () => '0');
  return [...groups, ...gap, ...tail].slice(0, 4).join(':');
}
