import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { VerificationResult } from '../../shared/evidence/verification.ts';
import { syncFolder, writeFileDurably } from '../platform/files.ts';
import { newId } from '../platform/ids.ts';
import { verifyDetached } from '../sealing/index.ts';
import { openPart, storeFile } from '../vault/index.ts';
import { type BagSource, Gate, openBag, verifyInThread } from '../verification/index.ts';

export interface ImportInput {
  readonly path: string;
  /** PEM texts of this station's own roots, and of those that the clerk named. */
  readonly ownRoots: readonly string[];
  readonly trust: readonly string[];
  readonly tsaRoots: readonly string[];
  readonly unestablishedAccepted: boolean;
  /** This court's vault identity, for an encrypted bag. */
  readonly vaultIdentity: string;
  readonly targets: readonly string[];
  /** The new key that the exhibit gets in this vault. */
  readonly recipient: string;
  readonly keyAge: Uint8Array;
  /** True for an exhibit number that this station has already. */
  readonly isHere: (exhibit: string) => boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** What was taken in: its folders on the targets, with what stands there. Nothing is in the database yet. */
export interface ImportedBag {
  readonly record: Uint8Array;
  readonly statement: EvidenceRecord;
  readonly verification: VerificationResult;
  readonly manifestSha256: string;
  readonly folders: readonly string[];
  readonly stored: readonly { target: number; file: string; bytes: number; sha256: string }[];
}

/** Files of a bag that are kept beside the parts, as they came. */
const KEPT =
  /^data\/(record\.json|signatures\/|custody\/|supplements\/[0-9]+\.json(\.[^/]*)?$|copies\/[^/]+\/[^/]+\.(json|p7s|tsr|segments\.jsonl)$|tracks\/.*\.(segments\.jsonl|heads)$)/;
/** Everything else of a derived copy is media: encrypted like a part. So are attachments and the files of supplements. */
const CLOSED_FILE = /^data\/(copies\/[^/]+|attachments|supplements\/.+)\/([^/]+)$/;
const TAG_FILES = ['bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt', 'tagmanifest-sha256.txt.p7s'];
/** Folders under this name are unfinished, and of nobody's record. */
const TEMPORARY = '.import-';
/** Stands in a folder that has its true name, until the database knows of it. */
const UNFINISHED = '.import-unfinished';
const LARGEST_SMALL_FILE = 64 * 1024 * 1024;

/**
 * Verifies a bag and takes it into this vault: parts encrypted anew to the exhibit's new key, everything else as it came,
 * the other station's custody folder too. All under a temporary name until each target holds all of it.
 *
 * @throws Refusal BAG_UNREADABLE, IMPORT_REFUSED (a check failed, or authenticity is not established and that was not
 * accepted), EXHIBIT_ALREADY_HERE, TARGET_UNUSABLE, JOB_CANCELLED
 */
export async function importBag(input: ImportInput): Promise<ImportedBag> {
  const verification = await checkedFirst(input);
  const source = await openBag(input.path, { identity: input.vaultIdentity });
  let temporary: string[] = [];
  try {
    const { entries } = await source.list();
    const sizes = new Map(entries.map((entry) => [entry.path, entry.bytes]));
    const record = await readSmallFile(source, sizes, 'data/record.json');
    const statement = EvidenceRecord.parse(JSON.parse(record.toString('utf8')));
    if (input.isHere(statement.exhibit)) throw new Refusal('EXHIBIT_ALREADY_HERE', { exhibit: statement.exhibit });
    // A name of its own: two imports at once do not get into each other's way.
    temporary = input.targets.map((target) => join(target, `${TEMPORARY}${newId()}`));
    for (const folder of temporary) await mkdir(join(folder, 'tracks'), { recursive: true });
    await copySmallFiles(source, sizes, temporary);
    const parts = await copyParts(input, source, statement, temporary);
    const stored = [...parts, ...(await copyClosed(input, source, sizes, temporary))];
    await stillSigned(source, sizes, statement, record);
    const manifest = await readSmallFile(source, sizes, 'manifest-sha256.txt');
    for (const folder of temporary) {
      await writeFileDurably(join(folder, 'exhibit.key.age'), input.keyAge);
      await writeFileDurably(join(folder, UNFINISHED), '');
    }
    const folders = await settle(temporary, input.targets, statement.exhibit);
    return { record, statement, verification, manifestSha256: sha256(manifest), folders, stored };
  } catch (error) {
    await removeImported(temporary);
    throw hasCode(error, DISK) ? new Refusal('TARGET_UNUSABLE', diskProblem(error), { cause: error }) : error;
  } finally {
    await source.close();
  }
}

/** Takes away what an import that failed has written. */
export async function removeImported(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

/** The database knows the exhibit now: its folders are no longer unfinished. */
export async function finishImport(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await rm(join(folder, UNFINISHED), { force: true });
    await syncFolder(folder);
  }
}

/** Takes away what imports that ended with the process left on a target, and nothing else; for the station's start. */
export async function removeCutOff(target: string, isHere: (exhibit: string) => boolean): Promise<void> {
  for (const name of await readdir(target).catch(() => [])) {
    const folder = join(target, name);
    if (name.startsWith(TEMPORARY)) await removeImported([folder]);
    else if (!existsSync(join(folder, UNFINISHED))) continue;
    else if (isHere(name)) await finishImport([folder]);
    else await removeImported([folder]);
  }
}

async function checkedFirst(input: ImportInput): Promise<VerificationResult> {
  const { path, ownRoots, tsaRoots, signal } = input;
  const verification = await verifyInThread(
    { path, identity: input.vaultIdentity, ownRoots, namedRoots: input.trust, tsaRoots },
    { signal, gate: new Gate(), onProgress: () => undefined },
  );
  const failed = verification.checks.find((check) => check.status === 'fail');
  if (failed !== undefined) throw new Refusal('IMPORT_REFUSED', { check: failed.name });
  if (verification.outcome === 'unestablished' && !input.unestablishedAccepted) {
    const open = verification.checks.find((check) => check.mandatory && check.status === 'not-checked');
    throw new Refusal('IMPORT_UNESTABLISHED', { check: open?.name ?? '' });
  }
  return verification;
}

async function copySmallFiles(
  source: BagSource,
  sizes: ReadonlyMap<string, number>,
  folders: readonly string[],
): Promise<void> {
  for (const path of sizes.keys()) {
    const kept = KEPT.test(path) ? path.slice('data/'.length) : TAG_FILES.includes(path) ? `bag/${path}` : null;
    if (kept === null) continue;
    const bytes = await readSmallFile(source, sizes, path);
    for (const folder of folders) await writeFileDurably(join(folder, kept), bytes);
  }
}

async function copyParts(input: ImportInput, source: BagSource, statement: EvidenceRecord, folders: readonly string[]) {
  const parts = statement.tracks.flatMap((track) => track.parts);
  const total = Math.max(
    1,
    parts.reduce((sum, part) => sum + part.bytes, 0),
  );
  const stored: { target: number; file: string; bytes: number; sha256: string }[] = [];
  let done = 0;
  for (const part of parts) {
    const writer = await openPart({
      targets: folders.map((folder) => join(folder, 'tracks')),
      file: part.file.slice('tracks/'.length),
      recipient: input.recipient,
    });
    try {
      for await (const piece of source.stream(`data/${part.file}`)) {
        input.signal.throwIfAborted();
        await writer.write(piece);
        done += piece.length;
        input.onProgress(done / total);
      }
    } catch (error) {
      await writer.abandon();
      throw error;
    }
    const finished = await writer.finish();
    if (finished.sha256 !== part.sha256) throw new Refusal('IMPORT_REFUSED', { check: 'track.parts' });
    if (finished.stored.length !== folders.length)
      throw new Refusal('TARGET_UNUSABLE', { target: '', reason: 'import' });
    finished.stored.forEach((file, target) => {
      stored.push({ target, file: `tracks/${file.file}`, bytes: file.bytes, sha256: file.sha256 });
    });
  }
  return stored;
}

/**
 * Attachments, the files of supplements and the media of derived copies, encrypted to the exhibit's new key: nothing that
 * tells of the child lies open on a disk. Gives those that are the exhibit's own, as they stand; copies may be deleted.
 */
async function copyClosed(
  input: ImportInput,
  source: BagSource,
  sizes: ReadonlyMap<string, number>,
  folders: readonly string[],
): Promise<ImportedBag['stored']> {
  const all: ImportedBag['stored'][number][] = [];
  for (const path of sizes.keys()) {
    const [, folder, file] = CLOSED_FILE.exec(path) ?? [];
    if (folder === undefined || file === undefined || KEPT.test(path)) continue;
    const targets = folders.map((one) => join(one, folder));
    for (const target of targets) await mkdir(target, { recursive: true, mode: 0o700 });
    const plain = readable(source, path, input.signal);
    const { stored } = await storeFile({ targets, file, recipient: input.recipient, plain });
    if (stored.length !== folders.length) throw new Refusal('TARGET_UNUSABLE', { target: '', reason: 'import' });
    if (folder.startsWith('copies/')) continue;
    stored.forEach((one, target) => {
      all.push({ target, file: `${folder}/${one.file}`, bytes: one.bytes, sha256: one.sha256 });
    });
  }
  return all;
}

async function* readable(source: BagSource, path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const piece of source.stream(path)) {
    signal.throwIfAborted();
    yield piece;
  }
}

/** The bag was verified before it was copied: what was copied must be what was signed, should it have changed between. */
async function stillSigned(
  source: BagSource,
  sizes: ReadonlyMap<string, number>,
  statement: EvidenceRecord,
  record: Buffer,
): Promise<void> {
  for (const signer of statement.signers) {
    const verdict = verifyDetached({ p7s: await readSmallFile(source, sizes, `data/${signer.file}`), content: record });
    if (!verdict.valid || verdict.signer?.sha256 !== signer.cert_sha256) {
      throw new Refusal('IMPORT_REFUSED', { check: signer.file });
    }
  }
}

async function settle(temporary: readonly string[], targets: readonly string[], exhibit: string): Promise<string[]> {
  const folders: string[] = [];
  for (const [index, target] of targets.entries()) {
    const from = temporary[index];
    if (from === undefined) continue;
    const folder = join(target, exhibit);
    try {
      await rename(from, folder);
      folders.push(folder);
      await syncFolder(target);
    } catch (error) {
      await removeImported(folders);
      throw isTaken(error) ? new Refusal('EXHIBIT_ALREADY_HERE', { exhibit }, { cause: error }) : error;
    }
  }
  return folders;
}

const DISK = /^(ENOSPC|EDQUOT|EROFS|EIO|EACCES|ENODEV|ENXIO|ENOTDIR)$/;
type DiskProblem = Error & { readonly code: string; readonly path?: string };

/** What a disk answers with, as against what we refuse with. */
const hasCode = (error: unknown, codes: RegExp): error is DiskProblem =>
  error instanceof Error && !isRefusal(error) && 'code' in error && codes.test(String(error.code));
const isTaken = (error: unknown) => hasCode(error, /^(ENOTEMPTY|EEXIST|EPERM)$/);
const diskProblem = ({ path, code }: DiskProblem) => ({ target: path ?? '', reason: code });

async function readSmallFile(source: BagSource, sizes: ReadonlyMap<string, number>, path: string): Promise<Buffer> {
  const size = sizes.get(path);
  if (size === undefined || size > LARGEST_SMALL_FILE) throw new Refusal('BAG_UNREADABLE', { reason: path });
  const pieces: Uint8Array[] = [];
  for await (const piece of source.stream(path)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
