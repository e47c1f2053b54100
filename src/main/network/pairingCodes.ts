import { createHash, randomInt } from 'node:crypto';
import { plainCode, typedAlphabet } from '../../shared/domain/pairingCode.ts';
import type { ScreenKind } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';

const LIVES_NS = 5n * 60n * 1_000_000_000n;
/** For so long a used or expired code is still known as such, so that its sentence is the true one. */
const REMEMBERED_NS = 30n * 60n * 1_000_000_000n;
const LENGTH = 8;

/** What a code is for: one kind of screen, of one interview or hearing. */
export interface PairingPurpose {
  readonly kind: ScreenKind;
  readonly of: string;
}

interface Given extends PairingPurpose {
  readonly untilNs: bigint;
  used: boolean;
}

const digest = (code: string) => createHash('sha256').update(code).digest('hex');

/**
 * Codes that a person types at another screen: eight characters, five minutes, once. Kept as digests, in memory: a station
 * that starts again has given none. What protects so short a code is `PairingTries`.
 */
export class PairingCodes {
  readonly #clock: Clock;
  readonly #given = new Map<string, Given>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new code, in two groups (`K7HP-3XTC`), and when it ends. */
  give({ kind, of }: PairingPurpose): { code: string; until: Date } {
    this.#forget();
    const code = Array.from({ length: LENGTH }, () => typedAlphabet.charAt(randomInt(typedAlphabet.length))).join('');
    this.#given.set(digest(code), { kind, of, untilNs: this.#clock.monotonicNs() + LIVES_NS, used: false });
    return {
      code: `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`,
      until: new Date(this.#clock.now().getTime() + Number(LIVES_NS / 1_000_000n)),
    };
  }

  /**
   * Uses up what a person typed. @throws Refusal PAIRING_CODE_WRONG for what was never given, PAIRING_CODE_USED,
   * PAIRING_CODE_EXPIRED
   */
  take(typed: string): PairingPurpose {
    this.#forget();
    const given = this.#given.get(digest(plainCode(typed)));
    if (given === undefined) throw new Refusal('PAIRING_CODE_WRONG');
    if (given.used) throw new Refusal('PAIRING_CODE_USED');
    if (given.untilNs <= this.#clock.monotonicNs()) throw new Refusal('PAIRING_CODE_EXPIRED');
    given.used = true;
    return { kind: given.kind, of: given.of };
  }

  /** Nobody enters any more with a code for this interview or hearing, or for this kind of its screens. */
  endOf(of: string, kind: ScreenKind | null = null): void {
    for (const [key, given] of this.#given) {
      if (given.of === of && (kind === null || given.kind === kind)) this.#given.delete(key);
    }
  }

  #forget(): void {
    const now = this.#clock.monotonicNs();
    for (const [key, { untilNs }] of this.#given) if (untilNs + REMEMBERED_NS < now) this.#given.delete(key);
  }
}
