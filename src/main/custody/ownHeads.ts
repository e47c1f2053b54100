import { Refusal } from '../../shared/errors.ts';
import { encodeAddCheckpoint, tidyNote } from './addCheckpoint.ts';
import { chainOf } from './chain.ts';
import { parseCheckpoint, type VerifiedCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { continuedBy } from './continuation.ts';
import { type KnownLog, knownLogs } from './knownLogs.ts';
import type { CustodyLog, EventDraft } from './log.ts';
import type { CosignatureRow } from './logStore.ts';
import { type NoteSigner, parseVkey } from './noteKey.ts';
import { onlySignatures } from './signedNote.ts';
import type { WitnessKeys, WitnessNeeds } from './witnessKeys.ts';
import type { ContradictionRow, WitnessStore } from './witnessStore.ts';

/** What is carried to a witness. */
export interface Offered {
  readonly text: string;
  readonly size: number;
  /** Entries of the head that its proof begins at. */
  readonly old: number;
}

/** Who cosigned a head of ours, and when each says that it did. */
export interface TakenIn {
  readonly size: number;
  readonly by: readonly { readonly name: string; readonly at: string }[];
}

/** A log that was closed when the station was restored, and the newest of its heads that each witness cosigned. */
interface ClosedLog {
  readonly origin: string;
  readonly size: number;
  readonly cosigned: readonly { readonly name: string; readonly size: number; readonly at: string }[];
}

/** A head that was brought back, and its note with the signatures of known keys alone. */
interface Brought {
  readonly head: VerifiedCheckpoint;
  readonly note: string;
}

/** The heads of this station's own log on their way to witnesses and back. */
export class OwnHeads {
  readonly #needs: WitnessNeeds;
  readonly #store: WitnessStore;
  readonly #keys: WitnessKeys;

  constructor(needs: WitnessNeeds, store: WitnessStore, keys: WitnessKeys) {
    this.#needs = needs;
    this.#store = store;
    this.#keys = keys;
  }

  /** Entries of the newest head that each witness cosigned. */
  cosigned(witness: string): { readonly size: number; readonly at: string } | undefined {
    return this.#needs
      .log()
      .cosignatures()
      .findLast((one) => one.witness === witness);
  }

  contradictions(): ContradictionRow[] {
    return this.#store.contradictions();
  }

  /**
   * The log's head now, with the proof that it extends the one that `witness` (its verifier key, or nobody in
   * particular) cosigned last, or that of `old` entries where the witness says that it saw another. The head covers the
   * event that tells of it, and is kept. Throws `WITNESS_KEY_UNKNOWN`, `LOG_CUT_BACK` where `old` is more than there are.
   */
  offer(to: { witness: string | null; old: number | null }, signer: NoteSigner, actor: EventDraft['actor']): Offered {
    const log = this.#needs.log();
    const witness = to.witness === null ? null : this.#keys.witness(to.witness);
    const last = witness === null ? undefined : this.cosigned(witness.vkey);
    const old = to.old ?? last?.size ?? 0;
    if (old > log.size()) throw new Refusal('LOG_CUT_BACK', { brought: old, size: log.size() });
    return this.#needs.db.transaction(() => {
      const details = { to: witness?.name ?? null, old };
      log.append({ action: 'checkpoint.given', actor, subject: { type: 'log', id: log.origin }, details });
      const size = log.size();
      const checkpoint = log.checkpoint(signer, size);
      log.keepHead(checkpoint, null);
      return { size, old, text: encodeAddCheckpoint({ old, proof: log.consistencyProof(old, size), checkpoint }) };
    })();
  }

  /**
   * The last head of a log that this one goes on from, as it is carried to a witness of that log: one that saw more of it
   * finds the roll-back, one that did not learns the key of the log after it. Throws `LOG_UNKNOWN`.
   */
  offerClosed(origin: string, old: number | null, actor: EventDraft['actor']): Offered {
    const log = this.#needs.log();
    const after = chainOf(log).find((one) => one.earlier?.log.origin === origin)?.earlier;
    if (after === undefined || after === null) throw new Refusal('LOG_UNKNOWN', { log: origin });
    const size = after.log.size();
    const from = old ?? after.log.cosignatures().at(-1)?.size ?? 0;
    if (from > size) throw new Refusal('LOG_CUT_BACK', { brought: from, size });
    const details = { to: null, old: from };
    log.append({ action: 'checkpoint.given', actor, subject: { type: 'log', id: origin }, details });
    const proof = after.log.consistencyProof(from, size);
    return { size, old: from, text: encodeAddCheckpoint({ old: from, proof, checkpoint: after.closing }) };
  }

  /** The logs that this one goes on from, oldest first: how they were closed, and who cosigned what of them. */
  closed(): readonly ClosedLog[] {
    const names = new Map(this.#keys.all().map(({ vkey, title }) => [vkey, title]));
    return chainOf(this.#needs.log())
      .slice(0, -1)
      .map((log) => ({
        origin: log.origin,
        size: log.size(),
        cosigned: newestOfEach(log.cosignatures()).map(({ witness, size, at }) => ({
          name: names.get(witness) ?? parseVkey(witness).name,
          size,
          at,
        })),
      }));
  }

  /**
   * Takes in a head of this log (`vkey` is its key), or the last one of a log that it goes on from, that came back
   * cosigned. Throws `CHECKPOINT_MALFORMED`, `CHECKPOINT_WRONG_KEY`, `COSIGNATURE_MISSING` where no witness that is trusted
   * here signed; and where the log itself is found out, which is put on record: `LOG_CUT_BACK` if it has fewer entries
   * than the head, `LOG_FORKED` if it had others then, `LOG_CONTINUED_ELSEWHERE` if the head names another log after it
   * than this station knows: somebody made a second station of a backup.
   */
  takeIn(text: string, vkey: string, actor: EventDraft['actor']): TakenIn {
    const note = tidyNote(text);
    const { origin } = parseCheckpoint(note);
    const known = knownLogs(this.#needs.log(), vkey);
    const of = known.find(({ log }) => log.origin === origin) ?? known.at(-1);
    if (of === undefined) throw new Refusal('LOG_UNKNOWN', { log: origin });
    const keys = [parseVkey(of.vkey), ...this.#keys.witnesses()];
    const head = verifyCheckpoint(note, of.log.origin, keys);
    const brought = { head, note: onlySignatures(note, keys) };
    const size = of.log.size();
    if (head.size > size) {
      this.#contradicted(of.log, brought, 'smaller', actor);
      throw new Refusal('LOG_CUT_BACK', { brought: head.size, size });
    }
    if (!of.log.root(head.size).equals(head.root)) {
      this.#contradicted(of.log, brought, 'fork', actor);
      throw new Refusal('LOG_FORKED', { size: head.size });
    }
    const after = continuedBy(note);
    if (after !== null && (of.closing === null || continuedBy(of.closing) !== after)) {
      this.#contradicted(of.log, brought, 'fork', actor);
      throw new Refusal('LOG_CONTINUED_ELSEWHERE', { origin, size: head.size });
    }
    if (head.cosignedBy.length === 0) throw new Refusal('COSIGNATURE_MISSING');
    return this.#kept(of, brought, actor);
  }

  #kept({ log, vkey }: KnownLog, { head, note }: Brought, actor: EventDraft['actor']): TakenIn {
    const by = head.cosignedBy.map(({ witness, at }) => ({ name: witness.name, at: at.toISOString() }));
    this.#needs.db.transaction(() => {
      for (const { witness, at } of head.cosignedBy) {
        const line = onlySignatures(note, [witness]).split('\n\n').at(-1) ?? '';
        log.keepCosignature({ size: head.size, witness: witness.vkey, at: at.toISOString(), line });
      }
      log.keepHead(onlySignatures(note, [parseVkey(vkey), ...head.cosignedBy.map(({ witness }) => witness)]), null);
      const details = { size: head.size, root: head.root.toString('hex'), by };
      this.#note('checkpoint.cosigned', log, details, actor);
    })();
    return { size: head.size, by };
  }

  #contradicted(log: CustodyLog, { head, note }: Brought, reason: 'smaller' | 'fork', actor: EventDraft['actor']) {
    const { db, clock } = this.#needs;
    db.transaction(() => {
      const at = clock.now().toISOString();
      this.#store.putContradiction({ origin: log.origin, at, reason, known: null, brought: note });
      const details = { reason, brought: head.size, root: head.root.toString('hex'), size: log.size() };
      this.#note('checkpoint.contradicted', log, details, actor);
    })();
  }

  /** What is told of a log that was closed stands in the one that goes on. */
  #note(action: string, { origin }: CustodyLog, details: EventDraft['details'], actor: EventDraft['actor']): void {
    this.#needs.log().append({ action, actor, subject: { type: 'log', id: origin }, details });
  }
}

/** The newest row of each witness. */
function newestOfEach(rows: readonly CosignatureRow[]): CosignatureRow[] {
  return [...new Map(rows.map((row) => [row.witness, row])).values()];
}
