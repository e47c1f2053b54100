import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { VerificationResult } from '../../shared/evidence/verification.ts';
import type { ReadBag } from './bag.ts';
import { CheckBook, type Finding, failed, judged, notChecked } from './checkBook.ts';
import { checkSupplements } from './checks/additions.ts';
import { SEAL_CHECKPOINT, textOf } from './checks/custody.ts';
import { checkHeads } from './checks/heads.ts';
import { checkAdditions } from './checks/logged.ts';
import { checkCanonical } from './checks/record.ts';
import { checkSealBinding } from './checks/sealBinding.ts';
import { checkStoredSeal, type OwnLog } from './checks/storedSeal.ts';
import { checkMerkle, checkParts, checkSegments } from './checks/tracks.ts';
import type { BagEvent } from './events.ts';
import { concluded } from './outcome.ts';
import { readStored } from './storedBag.ts';
import type { ReadTrust } from './trust.ts';
import { signaturesAndTime, supplementTimes } from './verifyBag.ts';

/** One target of an exhibit: its folder, or why it is not looked at. */
export type TargetToCheck =
  | {
      readonly folder: string;
      readonly skip: null;
      /** Supplements that were added while this target was away, and that nothing has brought to it since. */
      readonly lacks: readonly number[];
    }
  | { readonly folder: string; readonly skip: 'target-absent' | 'target-not-level' };

/** An age file as the seal's event (or the import's) says that every target holds it. */
export interface SealedFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface StoredToCheck {
  readonly record: EvidenceRecord;
  /** Digest of the record as the station's database keeps it. */
  readonly recordSha256: string;
  /** Whether the seal's own event is in this station's log: not for an exhibit that came in a bag. */
  readonly sealedHere: boolean;
  readonly targets: readonly TargetToCheck[];
  readonly sealed: readonly SealedFile[] | null;
  /** The files of supplements, as their events say that every target holds them. */
  readonly added: readonly (SealedFile & { readonly n: number })[];
  /** The supplements as the station's database keeps them. */
  readonly keptSupplements: readonly { readonly n: number; readonly sha256: string }[];
  /** Digest of `exhibit.key.age` as the station's database keeps it; null where the key was destroyed. */
  readonly keySha256: string | null;
  /** The head after the seal, as the station's database keeps it. */
  readonly sealCheckpoint: string | null;
  /** The exhibit's events in this station's log. */
  readonly events: readonly BagEvent[];
  /** Null where the key was destroyed: what is encrypted is then compared as it lies, and not opened. */
  readonly identity: string | null;
  readonly trust: ReadTrust;
}

export interface StoredWork {
  readonly onBytes: (bytes: number) => void;
  /** Digest of a file at rest, or null where it cannot be read. */
  readonly digest: (path: string) => Promise<{ bytes: number; sha256: string } | null>;
  /** Recomputes the custody log; what it found. */
  readonly recomputeLog: () => Promise<Finding>;
  readonly log: OwnLog;
}

/**
 * Verifies a sealed exhibit where it lies, with the checks of a bag: the record, its signatures and times, the seal in the
 * log, and on every target the age files against the seal's event and every segment, decrypted, against record and heads.
 * `stored.<n>` are the files of target n, `track.<id>.<check>.<n>` a track there, `custody.log` the whole log.
 */
export async function verifyStored(stored: StoredToCheck, work: StoredWork): Promise<VerificationResult> {
  const book = new CheckBook();
  const events = { events: stored.events };
  let first: ReadBag | null = null;
  const seals = stored.sealCheckpoint === null ? [] : [stored.sealCheckpoint];
  const anchors: string[] = [];
  const closed = stored.identity === null;
  for (const [index, target] of stored.targets.entries()) {
    const n = index + 1;
    const { folder, skip } = target;
    if (skip !== null) {
      await book.run(`stored.${n}`, false, () => notChecked(skip));
      continue;
    }
    const { lacks } = target;
    const bag = await readStored({ folder, identity: stored.identity, lacks, onBytes: work.onBytes });
    for (const [path, kept] of [[SEAL_CHECKPOINT, seals] as const, [ANCHOR, anchors] as const]) {
      const note = textOf(bag, path);
      if (note !== undefined) kept.push(note);
    }
    if (first === null) {
      first = bag;
      await book.run('record.canonical', true, () => checkRecord(bag, stored));
      await signaturesAndTime(book, { bag, events, trust: stored.trust });
      if (stored.sealedHere) await book.run('custody.seal-binding', true, () => checkSealBinding(bag, events));
    }
    await book.run(`stored.${n}`, true, () => checkFiles(bag, first ?? bag, target, stored, work));
    for (const track of stored.record.tracks) {
      const name = (check: string): string => `track.${track.id}.${check}.${n}`;
      await book.run(name('parts'), true, () => (closed ? notChecked('key-destroyed') : checkParts(bag, track)));
      await book.run(name('segments'), true, () => (closed ? notChecked('key-destroyed') : checkSegments(bag, track)));
      await book.run(name('merkle'), true, () => checkMerkle(bag, track));
      // The recorder's key stands in the log of the station that recorded.
      if (stored.sealedHere) await book.run(name('heads'), true, () => checkHeads(bag, events, track));
    }
    await additions(book, { bag, n, lacks, closed }, stored);
  }
  await book.run('custody.log', true, work.recomputeLog);
  if (stored.sealedHere)
    await book.run('custody.seal-to-head', true, () => checkStoredSeal(stored.record, { seals, anchors }, work.log));
  if (first === null) throw new RangeError('a stored exhibit without any target to look at');
  return concluded(first, events, book.checks());
}

interface OneTarget {
  readonly bag: ReadBag;
  readonly n: number;
  readonly lacks: readonly number[];
  readonly closed: boolean;
}

/** `supplements.<n>` and `custody.additions.<n>`: what came beside the tracks, as target n holds it. */
async function additions(book: CheckBook, { bag, n, lacks, closed }: OneTarget, stored: StoredToCheck): Promise<void> {
  const { trust } = stored;
  const events = { events: stored.events };
  if (lacks.length > 0) {
    await book.run(`supplements.${n}`, false, () => notChecked('target-not-level'));
    return;
  }
  // The times are the exhibit's, not a disk's: they are told of once.
  const told = book
    .checks()
    .some(({ name }) => name.startsWith('supplements.') || name.startsWith('time.supplements/'));
  const tokens = await supplementTimes(told ? new CheckBook() : book, { bag, events, trust });
  await book.run(`supplements.${n}`, true, () => checkSupplements(bag, trust, tokens, closed));
  // Of an exhibit that came in a bag, the attachments and the supplements that came with it are told of in another log.
  if (stored.sealedHere) {
    await book.run(`custody.additions.${n}`, true, () => databaseAgrees(checkAdditions(bag, events), stored));
  }
}

/** What the screens list is what the log tells of. */
function databaseAgrees(finding: Finding, { keptSupplements, events }: StoredToCheck): Finding {
  const told = new Map<unknown, unknown>();
  for (const { event } of events) {
    if (event.action === 'supplement.added') told.set(event.details['n'], event.details['supplement_sha256']);
  }
  const numbers = new Set([...told.keys(), ...keptSupplements.map(({ n }) => n)]);
  const wrong = [...numbers].filter((n) => told.get(n) !== keptSupplements.find((one) => one.n === n)?.sha256);
  if (wrong.length === 0) return finding;
  const reasons = wrong.map((n) => ({ code: 'database-differs' as const, params: { file: `supplements/${n}.json` } }));
  return judged([...(finding.status === 'fail' ? finding.reasons : []), ...reasons]);
}

const ANCHOR = 'data/custody/anchor.checkpoint';

function checkRecord(bag: ReadBag, { recordSha256, identity }: StoredToCheck): Finding {
  const finding = checkCanonical(bag, identity === null);
  if (finding.status !== 'pass') return finding;
  return bag.recordSha256 === recordSha256 ? finding : failed('digest-differs', { file: 'record.json' });
}

/** The age files are those of the seal's event; what lies open beside them is the same as on the first target. */
async function checkFiles(
  bag: ReadBag,
  first: ReadBag,
  { folder, lacks }: { readonly folder: string; readonly lacks: readonly number[] },
  { sealed, added, keySha256 }: StoredToCheck,
  work: StoredWork,
): Promise<Finding> {
  if (sealed === null || sealed.length === 0) return failed('event-missing', { action: 'exhibit.sealed' });
  const reasons: Extract<Finding, { status: 'fail' }>['reasons'][number][] = [];
  const key = await work.digest(`${folder}/exhibit.key.age`);
  if (keySha256 === null && key !== null) reasons.push({ code: 'key-file-left', params: {} });
  if (keySha256 !== null && key?.sha256 !== keySha256) reasons.push({ code: 'key-file-differs', params: {} });
  const held = [...sealed, ...added.filter(({ n }) => !lacks.includes(n))];
  for (const { file, sha256 } of held) {
    const found = await work.digest(`${folder}/${file}`);
    if (found === null) reasons.push({ code: 'file-missing', params: { file } });
    else if (found.sha256 !== sha256) reasons.push({ code: 'digest-differs', params: { file } });
  }
  for (const [path, { sha256 }] of first.contents.files) {
    const everywhere =
      /^data\/(?:record\.json|signatures\/[^/]+\.p7s$|tracks\/|supplements\/[^/]+\.(?:json|p7s)$)/.test(path);
    // What comes after the seal may be on its way to this disk still.
    const later = /^data\/(?:(?:signatures|supplements)\/[^/]+\.tsr$|custody\/)/.test(path);
    if (!first.contents.texts.has(path) || !(everywhere || later) || lacked(path, lacks)) continue;
    const there = bag.contents.files.get(path);
    if (there === undefined && later) continue;
    if (there === undefined) reasons.push({ code: 'file-missing', params: { file: path.slice('data/'.length) } });
    else if (there.sha256 !== sha256)
      reasons.push({ code: 'digest-differs', params: { file: path.slice('data/'.length) } });
  }
  return judged(reasons, { files: held.length });
}

function lacked(path: string, lacks: readonly number[]): boolean {
  const n = /^data\/supplements\/([1-9][0-9]{0,5})\.json/.exec(path)?.[1];
  return n !== undefined && lacks.includes(Number(n));
}
