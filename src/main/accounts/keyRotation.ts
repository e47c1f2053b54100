import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { KeyRingState } from '../../shared/contract/accounts.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { newIdentity, recipientOf } from '../vault/index.ts';
import { actorOf, type Person } from './accountStore.ts';
import { certificateSha256 } from './certify.ts';
import type { KeyRing } from './keyRing.ts';
import type { OpenKeys } from './openKeys.ts';
import { joinRecoveryKey, type RecoveryParts, splitRecoveryKey } from './recoveryKey.ts';
import {
  countOf,
  leftOf,
  levelKeyFile,
  marked,
  opensWith,
  rewrap,
  unmarked,
  type Wrapped,
  type WrappedKind,
} from './rewrap.ts';
import { begun, finished, type Rotation, unfinished } from './rotationRows.ts';
import { changeRecipients, requireFacts } from './stationFacts.ts';

/** What was closed to a recipient that was read just before it changed has been stored by then. */
const SETTLES_MS = 60_000;

const concerned = {
  vault: ['exhibit', 'child', 'participant', 'called'],
  recovery: ['exhibit'],
} as const satisfies Record<Rotation['kind'], readonly WrappedKind[]>;

export interface RotationNeeds {
  readonly db: Database;
  readonly ring: KeyRing;
  readonly log: () => Pick<CustodyLog, 'append'>;
  readonly clock: Clock;
  /** True while a room is in use: the keys of recordings that begin are left alone. */
  readonly busy: () => boolean;
  readonly settlesMs?: number;
}

export interface RotationControl {
  readonly signal: AbortSignal;
  progress(done: number): void;
}

/** What a run came to: `left` are secrets still closed to the old key, `away` the folders that could not be reached. */
export type RotationOutcome = { left: number; away: string[] };

/**
 * A new identity of the court's vault, or a new printed recovery key. What is recorded from the beginning on is closed to
 * the new one; what was there before is closed anew, one by one, and may be interrupted at any moment. The old vault
 * identity stays beside the new one inside the key ring until each secret has been opened with the new one alone; then it
 * is gone. Records, signatures and media are untouched: only wraps of keys change (EVIDENCE-FORMAT §1).
 *
 * What an older backup holds opens with the old key as before.
 */
export class KeyRotation {
  readonly #needs: RotationNeeds;
  /** The recovery key that was shown and waits to be typed back. */
  #shown: { readonly recipient: string; readonly to: string } | null = null;
  /** One at a time: two that read different recipients would undo each other's work. */
  #working = false;

  constructor(needs: RotationNeeds) {
    this.#needs = needs;
  }

  state(): KeyRingState {
    const { db } = this.#needs;
    const { vaultRecipient, recoveryRecipient } = requireFacts(db);
    const open = unfinished(db);
    const of = (kind: Rotation['kind']) => {
      const rotation = open.find((one) => one.kind === kind);
      if (rotation === undefined) return null;
      const total = concerned[kind].reduce((sum, one) => sum + countOf(db, one), 0);
      return { begunAt: rotation.begun_at, left: leftIn(db, rotation).length, total };
    };
    return {
      vault: { recipient: vaultRecipient, rotation: of('vault') },
      recovery: { recipient: recoveryRecipient, rotation: of('recovery') },
    };
  }

  /** Begins a new vault identity. ACCESS_NOT_GRANTED, ROTATION_UNFINISHED. */
  async begin(by: Person, keys: OpenKeys): Promise<void> {
    this.#refuseWhileWorking();
    const { db, ring, log, clock } = this.#needs;
    const fresh = await newIdentity();
    const { vaultRecipient: old } = requireFacts(db);
    await ring.rewrite('vault', keys.pair().identity, {
      content: (before) => `${fresh.identity}\n${before}`,
      change: () => {
        const begun_at = clock.now().toISOString();
        begun(db, { kind: 'vault', old_recipient: old, new_recipient: fresh.recipient, begun_at, by: by.code });
        changeRecipients(db, { vaultRecipient: fresh.recipient });
        this.#write('vault.rotation-begun', by, { from: old, to: fresh.recipient }, log());
      },
    });
  }

  /** A new recovery key, to be printed; it counts once both parts were given back. ACCESS_NOT_GRANTED. */
  async show(by: Person, keys: OpenKeys) {
    await keys.vaultIdentity();
    const { identity, recipient } = await newIdentity();
    this.#shown = { recipient, to: by.id };
    const { name, court, rootPem } = requireFacts(this.#needs.db);
    return { ...splitRecoveryKey(identity), recipient, rootFingerprint: certificateSha256(rootPem), name, court };
  }

  /** The key that was shown takes the old one's place. RECOVERY_KEY_WRONG, ACCESS_NOT_GRANTED, ROTATION_UNFINISHED. */
  async use(parts: RecoveryParts, by: Person, keys: OpenKeys): Promise<void> {
    const { db, ring, log, clock } = this.#needs;
    this.#refuseWhileWorking();
    const fresh = await recipientOf(joinRecoveryKey(parts)).catch(() => null);
    if (fresh === null || this.#shown?.to !== by.id || this.#shown.recipient !== fresh) {
      throw new Refusal('RECOVERY_KEY_WRONG', { part: '1, 2' });
    }
    const { recoveryRecipient: old } = requireFacts(db);
    const pair = keys.pair();
    await ring.rewrite('vault', pair.identity, {
      circle: ring.wanted('vault').map((one) => (one === old ? fresh : one)),
      change: () => {
        const begun_at = clock.now().toISOString();
        begun(db, { kind: 'recovery', old_recipient: old, new_recipient: fresh, begun_at, by: by.code });
        changeRecipients(db, { recoveryRecipient: fresh });
        this.#write('recovery.rotation-begun', by, { from: old, to: fresh }, log());
      },
    });
    this.#shown = null;
    await ring.refresh(pair);
  }

  /**
   * Closes anew what is still closed to an old key, and ends every rotation of which nothing is left. With `withoutAway`
   * a disk that is away no longer holds it up: the old wrap on it opens nothing once the old identity is gone, except
   * with an older backup. ACCESS_NOT_GRANTED; JOB_CANCELLED leaves the rest for the next time.
   */
  async work(by: Person, keys: OpenKeys, withoutAway: boolean, control: RotationControl): Promise<RotationOutcome> {
    this.#refuseWhileWorking();
    this.#working = true;
    try {
      return await this.#work(by, keys, withoutAway, control);
    } finally {
      this.#working = false;
    }
  }

  async #work(by: Person, keys: OpenKeys, withoutAway: boolean, control: RotationControl): Promise<RotationOutcome> {
    const pair = keys.pair();
    const identities = await keys.vaultIdentity();
    const away = new Set<string>();
    await this.#pass(identities, withoutAway, away, control);
    for (const rotation of unfinished(this.#needs.db)) {
      if (leftIn(this.#needs.db, rotation).length > 0) continue;
      // Whatever the old sheets miss the vault's identity opens, which the new sheets open: no need to wait.
      if (rotation.kind === 'vault') await this.#settled(rotation, control.signal);
      await this.#pass(identities, withoutAway, away, control);
      await this.#finish(rotation, pair.identity, identities, by, control.signal);
    }
    const left = unfinished(this.#needs.db).flatMap((rotation) => leftIn(this.#needs.db, rotation));
    return { left: new Set(left.map(({ kind, id }) => `${kind} ${id}`)).size, away: [...away].sort() };
  }

  /** Key files that a crash left behind the database; called once at the station's start, needs no key. */
  async settle(): Promise<void> {
    const { db } = this.#needs;
    for (const rotation of unfinished(db)) {
      for (const { id } of leftOf(db, rotation.id, 'exhibit')) await levelKeyFile(db, id);
    }
  }

  async #pass(identities: string, withoutAway: boolean, away: Set<string>, control: RotationControl): Promise<void> {
    const { db } = this.#needs;
    const rotations = unfinished(db);
    const { vaultRecipient, recoveryRecipient } = requireFacts(db);
    const waiting = new Map<string, Wrapped>();
    for (const one of rotations.flatMap((rotation) => leftIn(db, rotation))) waiting.set(`${one.kind} ${one.id}`, one);
    let done = 0;
    for (const one of waiting.values()) {
      control.signal.throwIfAborted();
      await breathe();
      const to = one.kind === 'exhibit' ? [vaultRecipient, recoveryRecipient] : [vaultRecipient];
      if (one.kind === 'exhibit' && this.#isBeingRecorded(one.id)) continue;
      if (!(await rewrap(db, one, identities, to))) continue;
      const unreached = one.kind === 'exhibit' ? await levelKeyFile(db, one.id) : [];
      for (const folder of unreached) away.add(folder);
      if (unreached.length === 0 || withoutAway) for (const { id } of rotations) marked(db, id, one);
      done += 1;
      control.progress(done / (waiting.size + 1));
    }
  }

  async #finish(rotation: Rotation, identity: string, identities: string, by: Person, signal: AbortSignal) {
    const { db, ring, clock, log } = this.#needs;
    if (leftIn(db, rotation).length > 0) return;
    const details = { from: rotation.old_recipient, to: rotation.new_recipient };
    const change = () => {
      if (leftIn(db, rotation).length > 0) throw new Refusal('ROTATION_UNFINISHED');
      finished(db, rotation, clock.now().toISOString());
      this.#write(rotation.kind === 'vault' ? 'vault.rotated' : 'recovery.rotated', by, details, log());
    };
    if (rotation.kind === 'recovery') return db.transaction(change).immediate();
    const [fresh = ''] = identities.split('\n');
    for (const kind of concerned.vault) {
      for (const one of allOf(db, kind)) {
        signal.throwIfAborted();
        // Never by what was marked alone: nothing may be lost by letting the old identity go.
        if ((await opensWith(db, one, fresh)) === false) return unmarked(db, rotation.id, one);
      }
    }
    await ring.rewrite('vault', identity, { content: () => fresh, change });
  }

  async #settled(rotation: Rotation, signal: AbortSignal): Promise<void> {
    const { clock, settlesMs = SETTLES_MS } = this.#needs;
    const since = clock.now().getTime() - Date.parse(rotation.begun_at);
    // A clock that was set back is no reason to wait for days.
    const rest = Math.min(settlesMs, settlesMs - since);
    if (rest > 0) await pause(rest, undefined, { signal });
  }

  #refuseWhileWorking(): void {
    if (this.#working) throw new Refusal('ROTATION_UNFINISHED');
  }

  #isBeingRecorded(exhibit: string): boolean {
    const state = this.#needs.db.prepare('SELECT state FROM exhibits WHERE number = ?').pluck().get(exhibit);
    return (state === 'planned' || state === 'recording') && this.#needs.busy();
  }

  #write(action: string, by: Person, details: { from: string; to: string }, log: Pick<CustodyLog, 'append'>): void {
    const subject = { type: 'station', id: requireFacts(this.#needs.db).id } as const;
    log.append({ action, actor: actorOf(by), details, subject });
  }
}

function leftIn(db: Database, rotation: Rotation): Wrapped[] {
  return concerned[rotation.kind].flatMap((kind) => leftOf(db, rotation.id, kind));
}

/** Everything of a kind, marked or not: no rotation has the number 0. */
function allOf(db: Database, kind: WrappedKind): Wrapped[] {
  return leftOf(db, 0, kind);
}
