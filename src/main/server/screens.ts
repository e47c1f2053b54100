import { createHash, randomBytes } from 'node:crypto';
import type { ScreenKind } from '../../shared/domain/roles.ts';
import type { KeptScreen, PairedRows } from '../network/index.ts';
import type { Clock } from '../platform/clock.ts';

const CODE_LIVES_MS = 30_000;
/** A screen asks once a second: one that has not for this long is not there at the moment. */
const HERE_NS = 6_000_000_000n;
/** So long a screen whose interview is over may still say so. */
const FAREWELL_NS = 10n * 60n * 1_000_000_000n;

/** A screen that was let in: this machine's own window (`desk`), or a paired one with a narrow purpose. */
export interface Screen {
  readonly id: string;
  readonly kind: ScreenKind;
  /** The hearing or interview a paired screen belongs to; null for the desk. */
  readonly of: string | null;
}

/** Through which door a screen came; it may use no other. */
export type Door = KeptScreen['door'];

/** A paired screen as the desk sees it. */
export interface PairedScreen {
  readonly screen: Screen;
  readonly label: string | null;
  readonly door: Door;
  readonly since: Date;
  /** When it last asked for anything; null for one that has not since the station started. */
  readonly lastSeen: Date | null;
  readonly here: boolean;
}

interface Known {
  readonly screen: Screen;
  readonly label: string | null;
  readonly door: Door;
  readonly since: Date;
  lastSeen: Date | null;
  seenNs: bigint | null;
  /** Set when its interview is over. */
  untilNs: bigint | null;
}

interface WaitingCode {
  readonly kind: ScreenKind;
  readonly of: string | null;
  readonly until: number;
}

const digest = (secret: string) => createHash('sha256').update(secret).digest('hex');

/**
 * The screens that the station knows. A code of the shell's is single-use and lives 30 seconds; it proves that its bearer was
 * given it by this machine's shell or by a signed-in person, never who sits before the screen. Codes and tokens are kept as
 * digests. Screens that a person paired (`admit`) outlive a restart of the station, all others are let in anew.
 */
export class ScreenRegistry {
  readonly #clock: Clock;
  readonly #rows: Pick<PairedRows, 'all' | 'add' | 'remove'> | null;
  readonly #codes = new Map<string, WaitingCode>();
  readonly #screens = new Map<string, Known>();

  constructor(clock: Clock, rows: Pick<PairedRows, 'all' | 'add' | 'remove'> | null = null) {
    this.#clock = clock;
    this.#rows = rows;
  }

  /** Takes up the screens that were paired before the station's last end. */
  start(): void {
    for (const { tokenSha256, screen, kind, of, label, door, pairedAt } of this.#rows?.all() ?? []) {
      const known = { screen: { id: screen, kind, of }, label, door, since: pairedAt };
      this.#screens.set(tokenSha256, { ...known, lastSeen: null, seenNs: null, untilNs: null });
    }
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
    const { token, known } = this.#newScreen(waiting.kind, waiting.of, null, 'local');
    return { token, screen: known.screen };
  }

  /** A screen that was paired by a typed code; known again after a restart. */
  admit(kind: ScreenKind, of: string, { label, door }: { label: string | null; door: Door }) {
    const { token, known } = this.#newScreen(kind, of, label, door);
    const { screen, since: pairedAt } = known;
    this.#rows?.add({ tokenSha256: digest(token), screen: screen.id, kind, of, label, door, pairedAt });
    return { token, screen };
  }

  /** The screen of a token, if it came through this door. */
  find(token: string | undefined, door: Door = 'local'): Screen | null {
    const known = token === undefined ? undefined : this.#screens.get(digest(token));
    if (known === undefined || known.door !== door) return null;
    known.seenNs = this.#clock.monotonicNs();
    known.lastSeen = this.#clock.now();
    return known.screen;
  }

  /** The paired screens of a hearing or interview, in the order in which they came. */
  list(of: string): PairedScreen[] {
    const now = this.#clock.monotonicNs();
    return [...this.#screens.values()]
      .filter(({ screen, untilNs }) => screen.of === of && untilNs === null)
      .map(({ screen, label, door, since, lastSeen, seenNs }) => ({
        ...{ screen, label, door, since, lastSeen },
        here: seenNs !== null && now - seenNs < HERE_NS,
      }));
  }

  /** How many screens came through the network and are there at this moment. */
  get onNetwork(): number {
    const now = this.#clock.monotonicNs();
    return [...this.#screens.values()].filter(
      ({ door, seenNs }) => door === 'network' && seenNs !== null && now - seenNs < HERE_NS,
    ).length;
  }

  /** Ends one paired screen of a hearing or interview; null where there is none such. */
  end(of: string, id: string): Screen | null {
    for (const [key, { screen }] of this.#screens) {
      if (screen.of !== of || screen.id !== id) continue;
      this.#remove(key, id);
      return screen;
    }
    return null;
  }

  /** Ends the paired screens of a hearing or interview, all or those of one kind, and the codes for them that nobody has used. */
  endOf(of: string, kind: ScreenKind | null = null): void {
    const meant = (one: { readonly of: string | null; readonly kind: ScreenKind }) =>
      one.of === of && (kind === null || one.kind === kind);
    for (const [key, code] of this.#codes) if (meant(code)) this.#codes.delete(key);
    for (const [key, { screen }] of this.#screens) if (meant(screen)) this.#remove(key, screen.id);
  }

  /** What is over outlives no restart, and is forgotten after a while in which its screens may say that it is over. */
  sweep(isOver: (screen: Screen) => boolean): void {
    const now = this.#clock.monotonicNs();
    for (const [key, known] of this.#screens) {
      const { screen, untilNs } = known;
      if (screen.kind === 'desk') continue;
      if (untilNs !== null) {
        if (untilNs < now) this.#screens.delete(key);
      } else if (isOver(screen)) {
        this.#rows?.remove(screen.id);
        known.untilNs = now + FAREWELL_NS;
      }
    }
  }

  #newScreen(kind: ScreenKind, of: string | null, label: string | null, door: Door) {
    const token = randomBytes(32).toString('base64url');
    const screen: Screen = { id: randomBytes(8).toString('hex'), kind, of };
    const known: Known = {
      ...{ screen, label, door, since: this.#clock.now() },
      ...{ lastSeen: null, seenNs: null, untilNs: null },
    };
    this.#screens.set(digest(token), known);
    return { token, known };
  }

  #remove(key: string, id: string): void {
    this.#screens.delete(key);
    this.#rows?.remove(id);
  }
}
