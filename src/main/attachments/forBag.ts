import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import { openAgeFile } from '../vault/index.ts';
import { agePath, readBeside } from './besideFiles.ts';
import type { AddedSupplement } from './supplementRows.ts';

/** A file that a bag carries: `path` relative to its payload, exactly `bytes` bytes. */
export interface CarriedFile {
  readonly path: string;
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** An exhibit open for reading: its folders that are there, and its own age identity. */
export interface OpenFolders {
  readonly folders: readonly string[];
  readonly identity: string;
}

/**
 * Attachments and supplements as a bag carries them: the files plain, read out of the vault when they are asked for and held
 * to the signed digest; statements, signatures and time-stamps as they lie.
 * @throws Refusal ATTACHMENT_DAMAGED, SUPPLEMENT_DAMAGED where no disk has one as it was signed
 */
export async function filesForBag(
  open: OpenFolders,
  record: EvidenceRecord,
  supplements: readonly AddedSupplement[],
): Promise<CarriedFile[]> {
  const files: CarriedFile[] = [];
  for (const { file, sha256 } of record.attachments) files.push(await decrypted(open, file, sha256));
  for (const { n, bytes, sha256, statement } of supplements) {
    files.push(plain(`supplements/${n}.json`, await signedBytes(open.folders, n, bytes, sha256)));
    for (const { file } of statement.signers) {
      files.push(...(await beside(open.folders, `supplements/${file}`, n)));
    }
    for (const one of statement.attachments) files.push(await decrypted(open, `supplements/${one.file}`, one.sha256));
  }
  return files;
}

async function decrypted({ folders, identity }: OpenFolders, path: string, sha256: string): Promise<CarriedFile> {
  const bytes = await lengthOf(folders, path, identity);
  return {
    path,
    bytes,
    async *open() {
      yield await readBeside(folders, path, identity, sha256);
    },
  };
}

async function lengthOf(folders: readonly string[], path: string, identity: string): Promise<number> {
  for (const folder of folders) {
    const reader = await openAgeFile(agePath(folder, path), identity).catch(() => null);
    if (reader === null) continue;
    await reader.close();
    return reader.plainBytes;
  }
  throw new Refusal('ATTACHMENT_DAMAGED', { file: path });
}

/** The statement as the station keeps it, if that is still the one that was signed and a disk has it so. */
async function signedBytes(
  folders: readonly string[],
  n: number,
  kept: Uint8Array,
  sha256: string,
): Promise<Uint8Array> {
  for (const folder of folders) {
    const bytes = await readFile(join(folder, `supplements/${n}.json`)).catch(() => null);
    if (bytes !== null && digest(bytes) === sha256 && digest(kept) === sha256) return bytes;
  }
  throw new Refusal('SUPPLEMENT_DAMAGED', { n });
}

/** A signature and its time-stamp, which may lie on one disk only when it came late. */
async function beside(folders: readonly string[], path: string, n: number): Promise<CarriedFile[]> {
  const p7s = await firstOf(folders, path);
  if (p7s === null) throw new Refusal('SUPPLEMENT_DAMAGED', { n });
  const tsr = await firstOf(folders, `${path}.tsr`);
  return [plain(path, p7s), ...(tsr === null ? [] : [plain(`${path}.tsr`, tsr)])];
}

async function firstOf(folders: readonly string[], path: string): Promise<Buffer | null> {
  for (const folder of folders) {
    const bytes = await readFile(join(folder, path)).catch(() => null);
    if (bytes !== null) return bytes;
  }
  return null;
}

const plain = (path: string, content: Uint8Array): CarriedFile => ({
  path,
  bytes: content.length,
  async *open() {
    yield content;
  },
});
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
