import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { Sha256Hex } from '../../shared/evidence/record.ts';
import { VerificationResult } from '../../shared/evidence/verification.ts';
import type { CustodyLog } from '../custody/index.ts';
import { runInThread } from '../platform/thread.ts';
import type { Gate, SealedFile, StoredToCheck, TargetToCheck } from '../verification/index.ts';
import type { LyingExhibit } from './storedExhibit.ts';

const Sealed = z.looseObject({
  stored: z.array(
    z.looseObject({ target: z.number().int(), file: z.string(), bytes: z.number().int(), sha256: Sha256Hex }),
  ),
});
type Sealed = z.infer<typeof Sealed>;
const Added = Sealed.extend({ n: z.int().positive() });
type Added = z.infer<typeof Added> & { readonly index: number };

export interface VerifyStoredInput {
  readonly log: CustodyLog;
  /** The station's database file, which the thread reads for itself. */
  readonly database: string;
  readonly stored: LyingExhibit;
  /** The exhibit's own age identity; null where its key was destroyed. */
  readonly identity: string | null;
  readonly ownRoots: readonly string[];
  readonly tsaRoots: readonly string[];
  /** This station's own list of revoked certificates (RFC 5280, DER); none where nobody's was. */
  readonly ownLists: readonly Uint8Array[];
  readonly signal: AbortSignal;
  readonly gate: Gate;
  readonly onProgress: (done: number) => void;
}

/** What `storedThread.ts` is started with. */
export interface StoredRequest {
  readonly exhibit: string;
  readonly record: Uint8Array;
  readonly recordSha256: string;
  readonly sealedHere: boolean;
  readonly targets: readonly TargetToCheck[];
  readonly sealed: readonly SealedFile[] | null;
  readonly added: StoredToCheck['added'];
  readonly keptSupplements: StoredToCheck['keptSupplements'];
  readonly keySha256: string | null;
  readonly sealCheckpoint: string | null;
  readonly identity: string | null;
  readonly roots: readonly string[];
  readonly tsaRoots: readonly string[];
  readonly lists: readonly Uint8Array[];
  readonly database: string;
  readonly origin: string;
  readonly gate: SharedArrayBuffer;
}

/**
 * Verifies a sealed exhibit where it lies, on every target that is there, in a thread: the checks of `verifyStored` of the
 * verification, and the whole custody log recomputed. Throws `EXHIBIT_WRONG_STATE` when no target holds it, and the
 * signal's reason.
 */
export async function verifyStored(input: VerifyStoredInput): Promise<VerificationResult> {
  const { stored, log } = input;
  const sealed = sealedEvent(input);
  const added = addedEvents(input);
  const targets = stored.allFolders.map((folder, index): TargetToCheck => {
    if (!stored.folders.includes(folder)) return { folder, skip: 'target-absent' };
    if (!holdsWhole(input, sealed, index)) return { folder, skip: 'target-not-level' };
    return { folder, skip: null, lacks: added.filter((one) => !reached(input, one, index)).map(({ n }) => n) };
  });
  if (targets.every(({ skip }) => skip !== null)) {
    throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit: stored.number, state: 'nothing-to-check' });
  }
  const data: StoredRequest = {
    exhibit: stored.number,
    record: stored.record,
    recordSha256: stored.recordSha256,
    sealedHere: stored.origin === 'here',
    targets,
    sealed: sealed === null ? null : filesOf(sealed),
    added: added.flatMap((one) => filesOf(one).map((file) => ({ ...file, n: one.n }))),
    keptSupplements: stored.supplements,
    keySha256: stored.keyAge === null ? null : createHash('sha256').update(stored.keyAge).digest('hex'),
    sealCheckpoint: stored.sealCheckpoint,
    identity: input.identity,
    // Whom the clerk trusted when it came in is not kept: of another station's exhibit only the mathematics is checked.
    roots: stored.origin === 'here' ? input.ownRoots : [],
    tsaRoots: input.tsaRoots,
    lists: input.ownLists,
    database: input.database,
    origin: log.origin,
    gate: input.gate.memory,
  };
  return VerificationResult.parse(await runInThread({ name: 'storedThread', beside: import.meta.url, data }, input));
}

function sealedEvent({ log, stored }: VerifyStoredInput): Sealed | null {
  const subject = { type: 'exhibit', id: stored.number } as const;
  const action = stored.origin === 'here' ? 'exhibit.sealed' : 'bag.imported';
  const event = log.eventsOf(subject).findLast((one) => one.event.action === action);
  const parsed = Sealed.safeParse(event?.event.details);
  return parsed.success ? parsed.data : null;
}

/** The age files of the exhibit, as every target holds them: the same bytes on each. */
const filesOf = (sealed: Sealed): SealedFile[] => [...new Map(sealed.stored.map((one) => [one.file, one])).values()];

/** Whether target `index` held every file at the seal, or was brought level since. Without a seal's event it is checked, and fails. */
function holdsWhole({ log, stored }: VerifyStoredInput, sealed: Sealed | null, index: number): boolean {
  if (sealed === null) return true;
  const held = new Set(sealed.stored.filter(({ target }) => target === index).map(({ file }) => file));
  if (filesOf(sealed).every(({ file }) => held.has(file))) return true;
  return log
    .eventsOf({ type: 'exhibit', id: stored.number })
    .some(({ event }) => event.action === 'exhibit.levelled' && event.details['target'] === index);
}

function addedEvents({ log, stored }: VerifyStoredInput): Added[] {
  return log.eventsOf({ type: 'exhibit', id: stored.number }).flatMap(({ index, event }) => {
    const parsed = event.action === 'supplement.added' ? Added.safeParse(event.details) : null;
    return parsed?.success === true ? [{ ...parsed.data, index }] : [];
  });
}

/** Whether target `index` got a supplement when it was added, or was brought level since. */
function reached({ log, stored }: VerifyStoredInput, added: Added, index: number): boolean {
  if (added.stored.some(({ target }) => target === index)) return true;
  return log
    .eventsOf({ type: 'exhibit', id: stored.number })
    .some(
      (one) =>
        one.index > added.index && one.event.action === 'exhibit.levelled' && one.event.details['target'] === index,
    );
}
