import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';
import { verifyDetached } from '../sealing/index.ts';
import { resolveInside } from '../vault/index.ts';

const Row = z.object({
  state: z.string(),
  archive: z.string(),
  origin: z.enum(['here', 'imported']),
  record: z.instanceof(Uint8Array).nullable(),
  record_sha256: z.string().nullable(),
  key_age: z.instanceof(Uint8Array).nullable(),
  folders: z.string(),
  seal_checkpoint: z.string().nullable(),
});

/** A sealed exhibit as it lies on the targets. `folders` are those that are there now, in the targets' order. */
export interface StoredExhibit extends LyingExhibit {
  readonly keyAge: Uint8Array;
}

/** The same, of one whose key may have been destroyed. */
export interface LyingExhibit {
  readonly number: string;
  readonly origin: 'here' | 'imported';
  readonly record: Uint8Array;
  readonly recordSha256: string;
  readonly statement: EvidenceRecord;
  /** Null where the key was destroyed: what is encrypted opens for nobody any more. */
  readonly keyAge: Uint8Array | null;
  readonly folders: readonly string[];
  /** Every folder that the exhibit was written to, whether it is there or not. */
  readonly allFolders: readonly string[];
  readonly sealCheckpoint: string | null;
  /** The supplements that were added, as the database keeps them. */
  readonly supplements: readonly { readonly n: number; readonly sha256: string }[];
}

const Supplement = z.object({ n: z.int(), sha256: z.string() });

/** Reads what the database keeps of a sealed exhibit. @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_KEY_DESTROYED, EXHIBIT_WRONG_STATE, TARGET_UNUSABLE */
export function storedExhibit(db: Database, number: string): StoredExhibit {
  const { keyAge, ...lying } = lyingExhibit(db, number);
  if (keyAge === null) throw new Refusal('EXHIBIT_KEY_DESTROYED', { exhibit: number });
  return { ...lying, keyAge };
}

/** The same, also of an exhibit whose key was destroyed. @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE, TARGET_UNUSABLE */
export function lyingExhibit(db: Database, number: string): LyingExhibit {
  const row = db
    .prepare(
      'SELECT state, archive, origin, record, record_sha256, key_age, folders, seal_checkpoint FROM exhibits WHERE number = ?',
    )
    .get(number);
  if (row === undefined) throw new Refusal('EXHIBIT_UNKNOWN', { exhibit: number });
  const parsed = Row.parse(row);
  if (parsed.state !== 'sealed' || parsed.record === null || parsed.record_sha256 === null) {
    throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit: number, state: parsed.state });
  }
  const allFolders = z.array(z.string()).parse(JSON.parse(parsed.folders));
  const folders = allFolders.filter((folder) => existsSync(folder));
  if (folders.length === 0) throw new Refusal('TARGET_UNUSABLE', { target: allFolders[0] ?? '', reason: 'absent' });
  return {
    number,
    origin: parsed.origin,
    record: parsed.record,
    recordSha256: parsed.record_sha256,
    statement: EvidenceRecord.parse(JSON.parse(Buffer.from(parsed.record).toString('utf8'))),
    keyAge: parsed.key_age,
    folders,
    allFolders,
    sealCheckpoint: parsed.seal_checkpoint,
    supplements: z
      .array(Supplement)
      .parse(
        db.prepare("SELECT n, sha256 FROM supplements WHERE exhibit = ? AND state = 'added' ORDER BY n").all(number),
      ),
  };
}

/** Reads a small file of the exhibit from the first folder that has it; null where none has. `path` is relative. */
export async function readSmall(folders: readonly string[], path: string): Promise<Buffer | null> {
  for (const folder of folders) {
    const bytes = await readFile(resolveInside(folder, path)).catch(() => null);
    if (bytes !== null) return bytes;
  }
  return null;
}

/** The PEM files of one of the exhibit's certificate folders. */
export async function readPems(folders: readonly string[], path: string): Promise<string[]> {
  for (const folder of folders) {
    const names = await readdir(join(folder, path)).catch(() => []);
    if (names.length === 0) continue;
    const pems = names.filter((name) => name.endsWith('.pem')).sort();
    return await Promise.all(pems.map((name) => readFile(join(folder, path, name), 'utf8')));
  }
  return [];
}

/** Whether each signer that the record names has signed exactly these bytes with the certificate that it names. */
export async function signaturesValid(record: Uint8Array, folders: readonly string[]): Promise<boolean> {
  const statement = EvidenceRecord.parse(JSON.parse(Buffer.from(record).toString('utf8')));
  const content = { sha256: createHash('sha256').update(record).digest() };
  for (const signer of statement.signers) {
    const p7s = await readSmall(folders, signer.file);
    if (p7s === null) return false;
    const verdict = verifyDetached({ p7s, content });
    if (!verdict.valid || verdict.signer?.sha256 !== signer.cert_sha256) return false;
  }
  return true;
}
