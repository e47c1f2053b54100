import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { EvidenceCopy } from '../../../shared/evidence/copy.ts';
import { Sha256Hex } from '../../../shared/evidence/record.ts';
import type { CustodyLog } from '../../custody/index.ts';
import type { WantedFile } from './wantedFiles.ts';

/** A derived copy that was made: its files by their paths in the exhibit's folder. */
export interface DerivedCopy {
  readonly id: string;
  readonly files: readonly WantedFile[];
}

/** What is known of an exhibit's derived copies. */
export interface DerivedCopies {
  readonly made: readonly DerivedCopy[];
  /** Ids of copies that were deleted or came to nothing: nothing of them may stand on any disk. */
  readonly gone: readonly string[];
  /** Ids of all of them, one that is being made too. */
  readonly known: readonly string[];
}

const Row = z.object({ id: z.string(), state: z.string(), statement: z.instanceof(Uint8Array).nullable() });
const Made = z.looseObject({
  copy: z.string(),
  copy_sha256: Sha256Hex,
  p7s: z.array(z.looseObject({ file: z.string(), sha256: Sha256Hex })),
  stored: z.array(z.looseObject({ file: z.string(), bytes: z.number().int(), sha256: Sha256Hex })),
});
type Made = z.infer<typeof Made>;

export const pathOfCopy = (id: string): string => `copies/${id}`;

/**
 * The derived copies of an exhibit with the digests that `copy.made` names (EVIDENCE-FORMAT §2). What that event does not
 * name stands in the signed `copy.json`; of a copy that was imported there is no such event, and its media has no digest
 * here.
 */
export function derivedCopies(db: Database, log: Pick<CustodyLog, 'eventsOf'>, exhibit: string): DerivedCopies {
  const found = db.prepare('SELECT id, state, statement FROM derived_copies WHERE exhibit = ? ORDER BY n').all(exhibit);
  const rows = z.array(Row).parse(found);
  if (rows.length === 0) return { made: [], gone: [], known: [] };
  const told = new Map<string, Made>();
  for (const { event } of log.eventsOf({ type: 'exhibit', id: exhibit })) {
    const parsed = event.action === 'copy.made' ? Made.safeParse(event.details) : null;
    if (parsed?.success === true) told.set(parsed.data.copy, parsed.data);
  }
  return {
    made: rows.flatMap(({ id, state, statement }) =>
      state === 'made' && statement !== null ? [{ id, files: filesOf(id, statement, told.get(id) ?? null) }] : [],
    ),
    gone: rows.filter(({ state }) => state === 'deleted' || state === 'failed').map(({ id }) => id),
    known: rows.map(({ id }) => id),
  };
}

/** Whether a copy is still wanted: it may be deleted while it is brought level. */
export function isMade(db: Database, exhibit: string, id: string): boolean {
  const state = db.prepare('SELECT state FROM derived_copies WHERE exhibit = ? AND id = ?').pluck().get(exhibit, id);
  return state === 'made';
}

/** Writes down that a copy stands in this folder too; `all` = the exhibit's folders. To be called inside a transaction. */
export function standsIn(db: Database, exhibit: string, id: string, folder: string, all: readonly string[]): void {
  const before = db.prepare('SELECT folders FROM derived_copies WHERE exhibit = ? AND id = ?').pluck().get(exhibit, id);
  const folders = new Set([...z.array(z.string()).parse(JSON.parse(String(before))), folder]);
  const sorted = [...all.filter((one) => folders.has(one)), ...[...folders].filter((one) => !all.includes(one))];
  db.prepare('UPDATE derived_copies SET folders = ? WHERE exhibit = ? AND id = ?').run(
    JSON.stringify(sorted),
    exhibit,
    id,
  );
}

/** The statement as the station keeps it; null where it is not the one that the log names. */
function statementOf(bytes: Uint8Array, sha256: string): EvidenceCopy | null {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return null;
  return EvidenceCopy.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}

/** The statement comes last: a copy that was broken off does not look like one that is whole. */
function filesOf(id: string, bytes: Uint8Array, made: Made | null): WantedFile[] {
  const at = (file: string): string => `${pathOfCopy(id)}/${file}`;
  const sha256 = made?.copy_sha256 ?? createHash('sha256').update(bytes).digest('hex');
  const statement = statementOf(bytes, sha256);
  const isMedia = (type: string): boolean => /^(video|audio)\//.test(type);
  const files = new Map<string, WantedFile>();
  for (const { file } of statement?.signers ?? []) files.set(file, { path: at(file), bytes: null, sha256: null });
  for (const file of statement?.files ?? []) {
    const { file: name, bytes: length, sha256: digest } = file;
    // The media is an age file at rest: its own digest is not in the statement.
    if (isMedia(file.media_type)) files.set(`${name}.age`, { path: at(`${name}.age`), bytes: null, sha256: null });
    else files.set(name, { path: at(name), bytes: length, sha256: digest });
  }
  for (const { file, sha256: digest } of made?.p7s ?? [])
    files.set(file, { path: at(file), bytes: null, sha256: digest });
  for (const one of made?.stored ?? [])
    files.set(one.file, { path: at(one.file), bytes: one.bytes, sha256: one.sha256 });
  return [...files.values(), { path: at('copy.json'), bytes: bytes.length, sha256 }];
}
