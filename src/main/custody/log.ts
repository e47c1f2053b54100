import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { CustodyEvent, type SubjectType } from '../../shared/evidence/event.ts';
import type { Clock } from '../platform/clock.ts';
import { parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { checkLog } from './logCheck.ts';
import { type LoggedEvent, readRow } from './loggedEvent.ts';
import { type CosignatureRow, type HeadRow, LogStore, logId } from './logStore.ts';
import { leafHash, nodeHash } from './merkle.ts';
import { consistencyProof, inclusionProof, type NodeSource, rootOf } from './merkleProof.ts';
import type { NoteSigner } from './noteKey.ts';
import { encodeTlogProof } from './tlogProof.ts';

/** What somebody did; the log adds the rest. No name of a person in any of it. */
export interface EventDraft {
  /** `exhibit.sealed`, `playback.opened`: words of lower case with dots. */
  readonly action: string;
  readonly actor: { readonly id: string; readonly role: string };
  /** JSON with whole numbers only, keys ASCII, text in NFC. */
  readonly details: CustodyEvent['details'];
  readonly subject: { readonly type: SubjectType; readonly id: string };
}

export interface LogOptions {
  readonly db: Database;
  /** Name of this log for ever: the first line of its checkpoints. */
  readonly origin: string;
  readonly clock: Clock;
  /** 16 random bytes; injected in tests. */
  readonly salt?: () => Uint8Array;
}

/** A log that was continued: it is read and proved, and never grows again. */
export interface EarlierLog {
  readonly log: CustodyLog;
  /** Its verifier key. */
  readonly vkey: string;
  /** Its last head, signed; a further line names the key of the log after it. */
  readonly closing: string;
}

/**
 * The station's custody log (EVIDENCE-FORMAT §4): an RFC 6962 tree over SQLite in which an event costs O(log n). Holds
 * no state outside the database, so that a transaction that is rolled back takes its event with it.
 */
export class CustodyLog {
  readonly origin: string;
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #salt: () => Uint8Array;
  readonly #store: LogStore;
  readonly #nodes: NodeSource;

  constructor(options: LogOptions, store: LogStore) {
    this.origin = options.origin;
    this.#db = options.db;
    this.#clock = options.clock;
    this.#salt = options.salt ?? (() => randomBytes(16));
    this.#store = store;
    this.#nodes = (level, index) => store.node(level, index);
  }

  /**
   * Appends an event. Call it inside the transaction that does what it tells of; alone, it is a transaction of its own.
   * Throws `LOG_EVENT_INVALID` with the action and the reason; then nothing was written.
   */
  append(draft: EventDraft): LoggedEvent {
    return this.#db.transaction(() => this.#append(draft))();
  }

  /** Number of events; they are numbered from 0. */
  size(): number {
    return this.#store.size();
  }

  /** The tree's root, now or at a smaller size. */
  root(size = this.size()): Buffer {
    return rootOf(this.#nodes, size);
  }

  /** The log that this one continues (`continueLog`), with its key and its last head; null for a station's first. */
  get earlier(): EarlierLog | null {
    const { earlier } = this.#store;
    if (earlier === null) return null;
    const { origin, store, row } = earlier;
    const log = new CustodyLog({ db: this.#db, origin, clock: this.#clock }, store);
    return { log, vkey: row.earlier_vkey, closing: row.closing };
  }

  /**
   * All events of a subject, `seq` 0 first, those in the logs before this one too: `event.log` tells them apart, and an
   * `index` is one of that log. Throws `LOG_DAMAGED`.
   */
  eventsOf(subject: EventDraft['subject']): LoggedEvent[] {
    const before = this.earlier?.log.eventsOf(subject) ?? [];
    return [...before, ...this.#store.allOf(subject.type, subject.id).map(readRow)];
  }

  /** One event by its index; `undefined` if the log has none such. Throws `LOG_DAMAGED`. */
  event(index: number): LoggedEvent | undefined {
    return this.list({ from: index, count: 1 })[0];
  }

  /**
   * `count` events beginning with number `from`, upwards, or with `newestFirst` downwards (`from` is then the highest,
   * the newest by default). Throws `LOG_DAMAGED`.
   */
  list(page: { from?: number; count: number; newestFirst?: boolean }): LoggedEvent[] {
    const newestFirst = page.newestFirst === true;
    const first = page.from ?? (newestFirst ? this.size() - 1 : 0);
    const [low, high] = newestFirst ? [first - page.count + 1, first + 1] : [first, first + page.count];
    return this.#store.range(low, high, newestFirst).map(readRow);
  }

  /** RFC 6962 audit path of event `index` in the tree of `size` events. */
  inclusionProof(index: number, size = this.size()): Buffer[] {
    return inclusionProof(this.#nodes, index, this.#known(size));
  }

  /** RFC 6962 proof that the log of `size` events extends that of `older`. */
  consistencyProof(older: number, size = this.size()): Buffer[] {
    return consistencyProof(this.#nodes, older, this.#known(size));
  }

  /** The signed head (C2SP tlog-checkpoint), now or at a smaller size. The signer's name must be the log's origin. */
  checkpoint(signer: NoteSigner, size = this.size()): string {
    if (signer.name !== this.origin) throw new Refusal('LOG_KEY_MALFORMED', { what: 'name' });
    return signCheckpoint({ origin: this.origin, size, root: this.root(this.#known(size)) }, signer);
  }

  /** The proof file of event `index` to a checkpoint of this log (C2SP tlog-proof). */
  proofFile(index: number, checkpoint: string): string {
    const { size } = parseCheckpoint(checkpoint);
    return encodeTlogProof({ index, hashes: this.inclusionProof(index, size), checkpoint });
  }

  /** Keeps a head that left the station (time-stamped, cosigned, printed); `verifyAll` holds the log to it. */
  keepHead(note: string, tsr: Uint8Array | null): void {
    const { origin, size } = parseCheckpoint(note);
    // A time-stamp or a cosignature that was asked for before the log was continued comes for the earlier one.
    if (origin !== this.origin && this.earlier !== null) {
      this.earlier.log.keepHead(note, tsr);
      return;
    }
    this.#known(size);
    const at = this.#clock.now().toISOString();
    this.#store.putHead({ size, at, note, tsr: tsr === null ? null : Buffer.from(tsr) });
  }

  /** The heads that were kept, smallest first. */
  heads(): HeadRow[] {
    return this.#store.heads();
  }

  /** Keeps what a witness signed over a head; the caller has checked it. */
  keepCosignature(row: CosignatureRow): void {
    this.#known(row.size);
    this.#store.putCosignature(row);
  }

  /** The cosignatures that were kept, smallest head first. */
  cosignatures(): CosignatureRow[] {
    return this.#store.cosignatures();
  }

  /**
   * Recomputes everything: canonical form, chain, sequences of subjects, the whole tree, the kept heads. Works in pages
   * and lets others run between them. Throws `LOG_DAMAGED` with the index of the first event that is wrong.
   */
  async verifyAll(): Promise<{ size: number; root: Buffer }> {
    return await checkLog(this.#store, this.origin, this.#db.memory ? null : this.#db.name);
  }

  #append(draft: EventDraft): LoggedEvent {
    const index = this.#store.size();
    const before = this.#store.end(`${draft.subject.type} ${draft.subject.id}`);
    const event = {
      action: draft.action,
      actor: { id: draft.actor.id, role: draft.actor.role },
      at: this.#clock.now().toISOString(),
      details: draft.details,
      log: this.origin,
      prev: index === 0 ? null : this.#store.node(0, index - 1).toString('hex'),
      salt: Buffer.from(this.#salt()).toString('hex'),
      subject: {
        id: draft.subject.id,
        prev: before?.hash ?? null,
        seq: before === undefined ? 0 : before.seq + 1,
        type: draft.subject.type,
      },
      v: 1,
    };
    const { parsed, bytes } = validated(event);
    this.#store.putEvent({
      idx: index,
      subject_type: parsed.subject.type,
      subject_id: parsed.subject.id,
      subject_seq: parsed.subject.seq,
      action: parsed.action,
      actor_id: parsed.actor.id,
      at: parsed.at,
      bytes,
    });
    const hash = leafHash(bytes);
    this.#grow(index, hash);
    return { index, event: parsed, bytes, leafHash: hash };
  }

  /** Writes the leaf and every subtree that it completes. */
  #grow(index: number, leaf: Buffer): void {
    this.#store.putNode(0, index, leaf);
    let [hash, at]: [Buffer, number] = [leaf, index];
    for (let level = 0; at % 2 === 1; level++) {
      hash = nodeHash(this.#store.node(level, at - 1), hash);
      at = (at - 1) / 2;
      this.#store.putNode(level + 1, at, hash);
    }
  }

  #known(size: number): number {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size()) throw new RangeError(`a log of ${size} events`);
    return size;
  }
}

/** Opens the log `origin` of a migrated database, which then begins to be if it is not there. */
export function openLog(options: LogOptions): CustodyLog {
  return new CustodyLog(options, new LogStore(options.db, logId(options.db, options.origin)));
}

function validated(event: { readonly action: string }): { parsed: CustodyEvent; bytes: Buffer } {
  const result = CustodyEvent.safeParse(event);
  if (!result.success) {
    const where = result.error.issues[0]?.path.join('.') ?? '';
    throw invalid(event.action, where, 'not of the shape of an event', result.error);
  }
  try {
    return { parsed: result.data, bytes: Buffer.from(canonicalBytes(event)) };
  } catch (error) {
    if (!isRefusal(error, 'JSON_NOT_CANONICAL')) throw error;
    throw invalid(event.action, String(error.params['where']), String(error.params['reason']), error);
  }
}

function invalid(action: string, where: string, reason: string, cause: unknown): Refusal {
  return new Refusal('LOG_EVENT_INVALID', { action, where, reason }, { cause });
}
