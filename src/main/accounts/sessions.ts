import { createHash, randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Session as SessionView } from '../../shared/contract/accounts.ts';
import { keyHoldingRoles } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { Serial } from '../platform/serial.ts';
import { type AccountStore, accountView, actorOf, type Person, personOf } from './accountStore.ts';
import { Credentials } from './credentials.ts';
import type { KeyRing } from './keyRing.ts';
import type { AccountKeys, OpenKeys } from './openKeys.ts';
import type { PasswordCost } from './passwords.ts';
import type { StationKeys } from './stationKeys.ts';
import type { StationOpening } from './stationOpening.ts';

const LOCKS_AFTER_SECONDS = 600;
/** A session that stayed locked this long is over: the next day begins with signing in. */
const ENDS_AFTER_SECONDS = 12 * 3600;
const SWEEP_MS = 5_000;

export interface SessionsNeeds {
  readonly db: Database;
  readonly accounts: AccountStore;
  readonly ring: KeyRing;
  readonly stationKeys: StationKeys;
  readonly opening: StationOpening;
  readonly log: () => Pick<CustodyLog, 'append'>;
  readonly clock: Clock;
  /** Seconds of idleness after which a session locks. */
  readonly locksAfter?: number;
  readonly cost?: PasswordCost;
}

/** Who is signed in on a screen. `keys` is null while the session is locked. */
export interface Session {
  readonly person: Person;
  readonly keys: OpenKeys | null;
  readonly locked: boolean;
}

interface Held {
  readonly person: Person;
  readonly screenId: string;
  keys: AccountKeys | null;
  activeNs: bigint;
}

/**
 * Who is signed in, in memory only: after a restart everybody signs in anew. Idle time is measured on the monotonic
 * clock; a session that idles too long locks, which closes its keys, and its person unlocks it by password.
 */
export class Sessions {
  readonly #needs: SessionsNeeds;
  readonly #credentials: Credentials;
  readonly #held = new Map<string, Held>();
  /** One password at a time: wrong ones cannot be tried side by side, and memory for Argon2id is taken once. */
  readonly #turn = new Serial();
  #timer: NodeJS.Timeout | null = null;
  readonly locksAfter: number;

  constructor(needs: SessionsNeeds) {
    this.#needs = needs;
    this.#credentials = new Credentials(needs);
    this.locksAfter = needs.locksAfter ?? LOCKS_AFTER_SECONDS;
  }

  /**
   * Signs in on a screen, ending the session that was there. Gives the session's token: 32 random bytes, kept here as a
   * digest. SIGN_IN_FAILED for a wrong password, an unknown login, an account that is invited or suspended; all take the same
   * work. ACCOUNT_LOCKED after five wrong passwords.
   */
  signIn(login: string, password: string, screenId: string): Promise<{ token: string; session: Session }> {
    return this.#turn.run(async () => {
      const keys = await this.#credentials.open(login, password);
      const person = personOf(this.#needs.accounts.get(keys.accountId));
      await this.#welcome(keys, person);
      // The account may have been suspended while its keys were being opened.
      if (this.#needs.accounts.get(person.id).state !== 'active') {
        keys.close();
        throw new Refusal('SIGN_IN_FAILED');
      }
      this.#append(person, 'account.signed-in');
      this.#endWhere((held) => held.screenId === screenId);
      const token = randomBytes(32).toString('base64url');
      const held: Held = { person, screenId, keys, activeNs: this.#needs.clock.monotonicNs() };
      this.#held.set(digest(token), held);
      this.#watch();
      return { token, session: viewOf(held) };
    });
  }

  /**
   * The session of a token, or null. `touch` says that a person did something; what screens ask by themselves does not
   * keep a session awake.
   */
  find(token: string | null | undefined, { touch }: { touch: boolean }): Session | null {
    const held = this.#of(token);
    if (held === null) return null;
    if (touch && held.keys !== null) held.activeNs = this.#needs.clock.monotonicNs();
    return viewOf(held);
  }

  /** Opens a locked session again. SESSION_MISSING, SIGN_IN_FAILED, ACCOUNT_LOCKED. */
  unlock(token: string | null | undefined, password: string): Promise<Session> {
    return this.#turn.run(async () => {
      const before = this.#of(token);
      if (before === null) throw new Refusal('SESSION_MISSING');
      const { login } = this.#needs.accounts.get(before.person.id);
      const keys = await this.#credentials.open(login, password);
      await this.#welcome(keys, before.person);
      return this.#taken(token, keys);
    });
  }

  /**
   * Another password for the person of this session, asked for with the one so far; a wrong one counts as an attempt. Their
   * sessions on other screens end. SESSION_MISSING, SIGN_IN_FAILED, ACCOUNT_LOCKED, PASSWORD_TOO_WEAK, PASSWORD_SAME.
   */
  changePassword(token: string | null | undefined, current: string, next: string): Promise<Session> {
    return this.#turn.run(async () => {
      const before = this.#of(token);
      if (before === null) throw new Refusal('SESSION_MISSING');
      const { login } = this.#needs.accounts.get(before.person.id);
      const keys = await this.#credentials.change(login, current, next);
      const own = this.#of(token);
      this.#endWhere((one) => one.person.id === before.person.id && one !== own);
      const session = this.#taken(token, keys);
      await keys.prepareSigner();
      return session;
    });
  }

  /** Locks at once. SESSION_MISSING. */
  lock(token: string | null | undefined): Session {
    const held = this.#of(token);
    if (held === null) throw new Refusal('SESSION_MISSING');
    close(held);
    return viewOf(held);
  }

  signOut(token: string | null | undefined): void {
    if (token === null || token === undefined) return;
    const key = digest(token);
    const held = this.#held.get(key);
    if (held === undefined) return;
    close(held);
    this.#held.delete(key);
    this.#append(held.person, 'account.signed-out');
  }

  /** Ends every session of an account (it was suspended). */
  endOf(accountId: string): void {
    this.#endWhere((held) => held.person.id === accountId);
  }

  /**
   * Locks what idled too long, ends what stayed locked for half a day. Happens every few seconds while anyone is signed
   * in, and before each look: keys do not stay open because no screen asks any more.
   */
  sweep(): void {
    const now = this.#needs.clock.monotonicNs();
    for (const [key, held] of this.#held) {
      const idle = Number((now - held.activeNs) / 1_000_000_000n);
      if (idle >= this.locksAfter) close(held);
      if (idle >= this.locksAfter + ENDS_AFTER_SECONDS) this.#held.delete(key);
    }
    if (this.#held.size === 0) this.#unwatch();
  }

  /** Forgets everybody (the station stops). */
  stop(): void {
    this.#endWhere(() => true);
    this.#unwatch();
  }

  /** Every open set of keys: whoever is signed in can close the station's secrets to a new circle. */
  openKeys(): OpenKeys[] {
    return [...this.#held.values()].flatMap((held) => held.keys ?? []);
  }

  /** Brings the circles of the station's secrets up to date, with the keys of everybody who is signed in. */
  async refreshRing(): Promise<void> {
    await this.#needs.ring.refresh(null);
    for (const keys of this.openKeys()) await this.#needs.ring.refresh(keys.pair());
  }

  /** What a screen is told of its session. */
  view(session: Session | null): SessionView {
    const account = session === null ? null : accountView(this.#needs.accounts.get(session.person.id));
    return { account, locked: session?.locked ?? false, locksAfter: this.locksAfter };
  }

  /** What a person's coming makes possible: the station's keys, closing secrets to the present circle, a new certificate. */
  async #welcome(keys: AccountKeys, person: Person): Promise<void> {
    const { ring, stationKeys, opening } = this.#needs;
    const pair = keys.pair();
    if (!stationKeys.isOpen && keyHoldingRoles.includes(person.role) && ring.opensFor('station', pair.recipient)) {
      await opening.open(pair.identity, actorOf(person));
    }
    await ring.refresh(pair);
    await keys.prepareSigner();
  }

  /** Puts fresh keys into the session that they were opened for. While they were, it may have ended: then it stays so. */
  #taken(token: string | null | undefined, keys: AccountKeys): Session {
    const held = this.#of(token);
    if (held === null) {
      keys.close();
      throw new Refusal('SESSION_MISSING');
    }
    held.keys?.close();
    held.keys = keys;
    held.activeNs = this.#needs.clock.monotonicNs();
    return viewOf(held);
  }

  #watch(): void {
    this.#timer ??= setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  #unwatch(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #of(token: string | null | undefined): Held | null {
    this.sweep();
    return token === null || token === undefined ? null : (this.#held.get(digest(token)) ?? null);
  }

  #endWhere(which: (held: Held) => boolean): void {
    for (const [key, held] of this.#held) {
      if (!which(held)) continue;
      close(held);
      this.#held.delete(key);
    }
  }

  #append(person: Person, action: string): void {
    const subject = { type: 'account', id: person.code } as const;
    this.#needs.log().append({ action, actor: actorOf(person), details: {}, subject });
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function close(held: Held): void {
  held.keys?.close();
  held.keys = null;
}

function viewOf(held: Held): Session {
  return { person: held.person, keys: held.keys, locked: held.keys === null };
}
