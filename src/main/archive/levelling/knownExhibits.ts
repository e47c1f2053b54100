import { readFile } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { EvidenceRecord } from '../../../shared/evidence/record.ts';
import { MerkleTree } from '../../custody/index.ts';
import { resolveInside } from '../../vault/index.ts';
import type { KnownExhibit } from './wantedFiles.ts';

const Row = z.object({
  number: z.string(),
  origin: z.enum(['here', 'imported']),
  record_bytes: z.number().int(),
  record_sha256: z.string(),
  key_age: z.instanceof(Uint8Array),
  folders: z.string(),
});

/** Every sealed exhibit, oldest first; the records themselves are not read. */
export function knownExhibits(db: Database): KnownExhibit[] {
  const rows = db
    .prepare(
      `SELECT number, origin, length(record) AS record_bytes, record_sha256, key_age, folders FROM exhibits
       WHERE state = 'sealed' AND record IS NOT NULL AND record_sha256 IS NOT NULL AND key_age IS NOT NULL
       ORDER BY sealed_at`,
    )
    .all();
  return z
    .array(Row)
    .parse(rows)
    .map((row) => ({
      number: row.number,
      origin: row.origin,
      recordBytes: row.record_bytes,
      recordSha256: row.record_sha256,
      keyAge: row.key_age,
      folders: z.array(z.string()).parse(JSON.parse(row.folders)),
    }));
}

/** Writes down that an exhibit has a copy in `folders` now; to be called inside a transaction. */
export function setFolders(db: Database, number: string, folders: readonly string[]): void {
  db.prepare('UPDATE exhibits SET folders = ? WHERE number = ?').run(JSON.stringify(folders), number);
}

/** Whether every index in `folder` gives the Merkle root that the signed record states of its part. */
export async function indexesRight(db: Database, number: string, folder: string): Promise<boolean> {
  const record = db.prepare('SELECT record FROM exhibits WHERE number = ?').pluck().get(number);
  const { tracks } = EvidenceRecord.parse(JSON.parse(Buffer.from(z.instanceof(Uint8Array).parse(record)).toString()));
  for (const part of tracks.flatMap(({ parts }) => parts)) {
    const path = resolveInside(folder, part.file.replace(/\.mp4$/, '.segments.jsonl'));
    const text = await readFile(path, 'utf8').catch(() => '');
    const tree = new MerkleTree();
    for (const line of text.split('\n').slice(0, -1)) tree.append(Buffer.from(line, 'utf8'));
    if (tree.size !== part.lines || tree.root().toString('hex') !== part.merkle_root) return false;
  }
  return true;
}
