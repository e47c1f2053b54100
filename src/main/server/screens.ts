import { createHash, randomBytes } from 'node:crypto';
import type { ScreenKind } from '../../shared/domain/roles.ts';
import type { Clock } from '../platform/clock.ts';

const CODE_LIVES_MS = 30_000;

/** A screen that was let in: this machine's own window (`desk`), or a paired one with a narrow purpose. */
export interface Screen {
  readonly id: string;
  readonly kind: ScreenKind;
  /** The hearing or room a paired screen belongs to; null for the desk. */
  readonly of: string | null;
}

interface WaitingCode {
  readonly kind: ScreenKind;
  readonly of: string | null;
  readonly until: number;
}

const digest = (secret: string) => createHash('sha256').update(secret).digest('hex');

/**
 * The screens that the station knows. A code is single-use and lives 30 seconds; it proves that its bearer was given
 * it by this machine's shell or by a signed-in person, never who sits before the screen. Codes and tokens are kept as
 * digests, in memory: after a restart every screen is let in anew.
 */
export class ScreenRegistry {
  readonly #clock: Clock;
  readonly #codes = new Map<string, WaitingCode>();
  readonly #screens = new Map<string, Screen>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new single-use code for a screen of this kind. */
  newCode(kind: ScreenKind, of: string | null = null): string {
    const now = this.#clock.now().getTime();
    for (const [key, code] of this.#codes) if (code.until < now) this.#codes.delete(key);
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(digest(code), { kind, of, until: now + CODE_LIVES_MS });
    return code;
  }

  /** Exchanges a code for a screen's token; null for a code that is unknown, used or too old. */
  enter(code: string): { token: string; screen: Screen } | null {
    const key = digest(code);
    const waiting = this.#codes.get(key);
    this.#codes.delete(key);
    if (waiting === undefined || waiting.until < this.#clock.now().getTime()) return null;
    const token = randomBytes(32).toString('base64url');
    const screen: Screen = { id: randomBytes(8).toString('hex'), kind: waiting.kind, of: waiting.of };
    this.#screens.set(digest(token), screen);
    return { token, screen };
  }

  find(token: string | undefined): Screen | null {
    return token === undefined ? null : (this.#screens.get(digest(token)) ?? null);
  }

  /** Ends every paired screen of a hearing or room, and the codes for it that nobody has used yet. */
  endOf(of: string): void {
    for (const [key, code] of this.#codes) if (code.of === of) this.#codes.delete(key);
    for (const [key, screen] of this.#screens) if (screen.of === of) this.#screens.delete(key);
  }
}
