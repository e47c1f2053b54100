import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { VerificationResult } from '../../shared/evidence/verification.ts';
import type { ReadBag } from './bag.ts';
import { CheckBook, type Finding, failed, judged, notChecked } from './checkBook.ts';
import { SEAL_CHECKPOINT, textOf } from './checks/custody.ts';
import { checkHeads } from './checks/heads.ts';
import { checkCanonical } from './checks/record.ts';
import { checkSealBinding } from './checks/sealBinding.ts';
import { checkStoredSeal, type OwnLog } from './checks/storedSeal.ts';
import { checkMerkle, checkParts, checkSegments } from './checks/tracks.ts';
import type { BagEvent } from './events.ts';
import { concluded } from './outcome.ts';
import { readStored } from './storedBag.ts';
import type { ReadTrust } from './trust.ts';
import { signaturesAndTime } from './verifyBag.ts';

/** One target of an exhibit: its folder, or why it is not looked at. */
export type TargetToCheck =
  | { readonly folder: string; readonly skip: null }
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
  /** The head after the seal, as the station's database keeps it. */
  readonly sealCheckpoint: string | null;
  /** The exhibit's events in this station's log. */
  readonly events: readonly BagEvent[];
  readonly identity: string;
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
  for (const [index, { folder, skip }] of stored.targets.entries()) {
    const n = index + 1;
    if (skip !== null) {
      await book.run(`stored.${n}`, false, () => notChecked(skip));
      continue;
    }
    const bag = await readStored({ folder, identity: stored.identity, onBytes: work.onBytes });
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
    await book.run(`stored.${n}`, true, () => checkFiles(bag, first ?? bag, folder, stored, work));
    for (const track of stored.record.tracks) {
      const name = (check: string): string => `track.${track.id}.${check}.${n}`;
      await book.run(name('parts'), true, () => checkParts(bag, track));
      await book.run(name('segments'), true, () => checkSegments(bag, track));
      await book.run(name('merkle'), true, () => checkMerkle(bag, track));
      // The recorder's key stands in the log of the station that recorded.
      if (stored.sealedHere) await book.run(name('heads'), true, () => checkHeads(bag, events, track));
    }
  }
  await book.run('custody.log', true, work.recomputeLog);
  if (stored.sealedHere)
    await book.run('custody.seal-to-head', true, () => checkStoredSeal(stored.record, { seals, anchors }, work.log));
  if (first === null) throw new RangeError('a stored exhibit without any target to look at');
  return concluded(first, events, book.checks());
}

const ANCHOR = 'data/custody/anchor.checkpoint';

function checkRecord(bag: ReadBag, { recordSha256 }: StoredToCheck): Finding {
  const finding = checkCanonical(bag);
  if (finding.status !== 'pass') return finding;
  return bag.recordSha256 === recordSha256 ? finding : failed('digest-differs', { file: 'record.json' });
}

/** The age files are those of the seal's event; what lies open beside them is the same as on the first target. */
async function checkFiles(
  bag: ReadBag,
  first: ReadBag,
  folder: string,
  { sealed }: StoredToCheck,
  work: StoredWork,
): Promise<Finding> {
  if (sealed === null || sealed.length === 0) return failed('event-missing', { action: 'exhibit.sealed' });
  const reasons: Extract<Finding, { status: 'fail' }>['reasons'][number][] = [];
  for (const { file, sha256 } of sealed) {
    const found = await work.digest(`${folder}/${file}`);
    if (found === null) reasons.push({ code: 'file-missing', params: { file } });
    else if (found.sha256 !== sha256) reasons.push({ code: 'digest-differs', params: { file } });
  }
  for (const [path, { sha256 }] of first.contents.files) {
    const everywhere = /^data\/(?:record\.json|signatures\/[^/]+\.p7s$|tracks\/)/.test(path);
    // What comes after the seal may be on its way to this disk still.
    const later = /^data\/(?:signatures\/[^/]+\.tsr$|custody\/)/.test(path);
    if (!first.contents.texts.has(path) || !(everywhere || later)) continue;
    const there = bag.contents.files.get(path);
    if (there === undefined && later) continue;
    if (there === undefined) reasons.push({ code: 'file-missing', params: { file: path.slice('data/'.length) } });
    else if (there.sha256 !== sha256)
      reasons.push({ code: 'digest-differs', params: { file: path.slice('data/'.length) } });
  }
  return judged(reasons, { files: sealed.length });
}
