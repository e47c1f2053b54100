import { Refusal } from '../../shared/errors.ts';
import { parseAddCheckpoint } from './addCheckpoint.ts';
import { parseCheckpoint, type VerifiedCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { continuedBy } from './continuation.ts';
import type { EventDraft } from './log.ts';
import { emptyRoot } from './merkle.ts';
import { verifyConsistency } from './merkleProof.ts';
import type { NoteSigner } from './noteKey.ts';
import { addSignatures, cosign, onlySignatures, parseNote } from './signedNote.ts';
import type { WitnessKeys, WitnessNeeds } from './witnessKeys.ts';
import type { SeenRow, WitnessStore } from './witnessStore.ts';

/** The answer to a head that was brought: the same note with our cosignature, to be carried back. */
export interface Cosigned {
  readonly origin: string;
  readonly size: number;
  /** Entries of the head that was seen before; 0 if this is the first. */
  readonly before: number;
  readonly note: string;
}

/**
 * This station as a witness of other logs (C2SP tlog-witness, carried by hand): it cosigns a head only where a proof leads
 * to it from the last one that it saw, and remembers it first. So a log that was cut back, written anew or shown to
 * others in another form is found out when its next head is brought.
 */
export class OtherLogs {
  readonly #needs: WitnessNeeds;
  readonly #store: WitnessStore;
  readonly #keys: WitnessKeys;

  constructor(needs: WitnessNeeds, store: WitnessStore, keys: WitnessKeys) {
    this.#needs = needs;
    this.#store = store;
    this.#keys = keys;
  }

  /** The newest head of a log that was cosigned here. */
  seen(origin: string): SeenRow | undefined {
    return this.#store.newestSeen(origin);
  }

  /**
   * Verifies what was brought (`parseAddCheckpoint`) and cosigns it with `signer`. Throws `CHECKPOINT_MALFORMED`,
   * `WITNESS_LOG_UNKNOWN` for a log whose key is not trusted here, `CHECKPOINT_WRONG_KEY` where that key has not signed,
   * `WITNESS_SMALLER` for fewer entries than were seen, `WITNESS_OTHER_SIZE` where the proof begins elsewhere than at
   * the head that was seen, `WITNESS_FORK` where it does not lead from there or the log was closed there. The last and a smaller head that is not
   * one of those seen are kept, with an event of their own.
   */
  cosign(text: string, signer: NoteSigner, actor: EventDraft['actor']): Cosigned {
    const { old, proof, checkpoint } = parseAddCheckpoint(text);
    const key = this.#keys.ofLog(parseCheckpoint(checkpoint).origin);
    const head = verifyCheckpoint(checkpoint, key.name, [key]);
    const note = onlySignatures(checkpoint, [key]);
    const last = this.#store.newestSeen(head.origin);
    const before = last?.size ?? 0;
    const figures = { origin: head.origin, size: head.size, known: before };
    if (head.size < before) {
      const sameAsSeen = this.#store.seenAt(head.origin, head.size);
      if (sameAsSeen === undefined || !same(sameAsSeen, head)) this.#contradicted(head, note, last, 'smaller', actor);
      throw new Refusal('WITNESS_SMALLER', figures);
    }
    if (last !== undefined && goesOnElsewhere(last.note, checkpoint)) return this.#forked(head, note, last, actor);
    if (last === undefined || head.size > before) {
      if (old !== before) throw new Refusal('WITNESS_OTHER_SIZE', { origin: head.origin, old, known: before });
      if (old === 0 && proof.length > 0) throw new Refusal('CHECKPOINT_MALFORMED', { reason: 'a proof from nothing' });
      const root = last === undefined ? emptyRoot() : parseCheckpoint(last.note).root;
      if (!verifyConsistency(old, root, head.size, head.root, proof)) return this.#forked(head, note, last, actor);
    } else if (!same(last, head)) {
      return this.#forked(head, note, last, actor);
    }
    return this.#remembered(head, note, last, signer, actor);
  }

  #remembered(
    head: VerifiedCheckpoint,
    note: string,
    last: SeenRow | undefined,
    signer: NoteSigner,
    actor: EventDraft['actor'],
  ): Cosigned {
    const { db, clock } = this.#needs;
    const [now, before] = [clock.now(), last?.size ?? 0];
    const cosigned = addSignatures(note, cosign(parseNote(note).text, signer, signer, now));
    db.transaction(() => {
      if (last === undefined || head.size > before)
        this.#store.putSeen(head.origin, { size: head.size, note, at: now.toISOString() });
      this.#note('checkpoint.witnessed', head, { before }, actor);
    })();
    return { origin: head.origin, size: head.size, before, note: cosigned };
  }

  #forked(head: VerifiedCheckpoint, note: string, last: SeenRow | undefined, actor: EventDraft['actor']): never {
    this.#contradicted(head, note, last, 'fork', actor);
    throw new Refusal('WITNESS_FORK', { origin: head.origin, size: head.size, known: last?.size ?? 0 });
  }

  #contradicted(
    head: VerifiedCheckpoint,
    brought: string,
    last: SeenRow | undefined,
    reason: 'smaller' | 'fork',
    actor: EventDraft['actor'],
  ): void {
    const { db, clock } = this.#needs;
    const at = clock.now().toISOString();
    db.transaction(() => {
      this.#store.putContradiction({ origin: head.origin, at, reason, known: last?.note ?? null, brought });
      this.#note('checkpoint.refused', head, { reason, before: last?.size ?? 0 }, actor);
    })();
  }

  #note(action: string, head: VerifiedCheckpoint, more: EventDraft['details'], actor: EventDraft['actor']): void {
    const details = { size: head.size, root: head.root.toString('hex'), ...more };
    this.#needs.log().append({ action, actor, subject: { type: 'log', id: head.origin }, details });
  }
}

/** A log that was closed does not grow, and is not continued by two: a station and one made of its backup both run. */
function goesOnElsewhere(seen: string, brought: string): boolean {
  const [closed, now] = [continuedBy(seen), continuedBy(brought)];
  if (closed === null) return false;
  return parseCheckpoint(brought).size > parseCheckpoint(seen).size || (now !== null && now !== closed);
}

function same(seen: SeenRow, head: VerifiedCheckpoint): boolean {
  const { size, root } = parseCheckpoint(seen.note);
  return size === head.size && root.equals(head.root);
}
