import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { Sha256Hex } from '../../../shared/evidence/record.ts';
import type { CustodyLog } from '../../custody/index.ts';

/** A file of a whole copy, by its path in the exhibit's folder. What is not stated anywhere is null. */
export interface WantedFile {
  readonly path: string;
  readonly bytes: number | null;
  readonly sha256: string | null;
}

/** What the station itself keeps of a sealed exhibit. */
export interface KnownExhibit {
  readonly number: string;
  readonly origin: 'here' | 'imported';
  readonly recordBytes: number;
  readonly recordSha256: string;
  readonly keyAge: Uint8Array;
  /** Its folders on the targets, those that are away too; in the order by which events count them. */
  readonly folders: readonly string[];
}

const Sealed = z.looseObject({
  p7s: z.array(z.looseObject({ file: z.string(), sha256: Sha256Hex })).default([]),
  stored: z.array(z.looseObject({ file: z.string(), bytes: z.number().int(), sha256: Sha256Hex })),
});

const Added = Sealed.extend({ n: z.int().positive(), supplement_sha256: Sha256Hex });

/**
 * What the seal (or the import) states of an exhibit's files, and of what was added since (EVIDENCE-FORMAT §4): every target
 * holds the same bytes, so that what one target got is what the other one shall have. Empty when the log has no such event.
 */
export function statedFiles(log: Pick<CustodyLog, 'eventsOf'>, exhibit: KnownExhibit): WantedFile[] {
  const action = exhibit.origin === 'here' ? 'exhibit.sealed' : 'bag.imported';
  const events = log.eventsOf({ type: 'exhibit', id: exhibit.number });
  const parsed = Sealed.safeParse(events.findLast(({ event }) => event.action === action)?.event.details);
  if (!parsed.success) return [];
  const files = new Map<string, WantedFile>();
  for (const { file, bytes, sha256 } of parsed.data.stored) files.set(file, { path: file, bytes, sha256 });
  for (const { file, sha256 } of parsed.data.p7s) files.set(file, { path: file, bytes: null, sha256 });
  for (const { event } of events) {
    const added = event.action === 'supplement.added' ? Added.safeParse(event.details) : null;
    if (added?.success !== true) continue;
    const { n, supplement_sha256, p7s, stored } = added.data;
    for (const { file, bytes, sha256 } of stored) files.set(file, { path: file, bytes, sha256 });
    for (const { file, sha256 } of p7s)
      files.set(`supplements/${file}`, { path: `supplements/${file}`, bytes: null, sha256 });
    // The statement last: one that was broken off does not look whole.
    const path = `supplements/${n}.json`;
    files.set(path, { path, bytes: null, sha256: supplement_sha256 });
  }
  const { recordBytes, recordSha256, keyAge } = exhibit;
  files.set('record.json', { path: 'record.json', bytes: recordBytes, sha256: recordSha256 });
  const sha256 = createHash('sha256').update(keyAge).digest('hex');
  files.set('exhibit.key.age', { path: 'exhibit.key.age', bytes: keyAge.length, sha256 });
  return [...files.values()];
}

/** What lies in an exhibit's folder and is none of its files: notes of the recorder, what was put aside, what was cut off. */
const NOT_OURS =
  /^(recording\.json|not-started-\d+(\/|$)|set-aside-\d+(\/|$))|(^|\/)\.[^/]*$|\.tail(\.alt)?\.age$|\.recovered\.mp4\.age$/;

/** The paths of an exhibit's files in `folder`, sorted; nothing when it is not there. */
export async function filesIn(folder: string): Promise<string[]> {
  const all = await everythingIn(folder);
  return all.filter((path) => !NOT_OURS.test(path));
}

/** Tails and half-made files beside the tracks: what a recording that was cut off on this target left. */
export async function leftoversIn(folder: string): Promise<string[]> {
  const all = await everythingIn(folder);
  return all.filter((path) => /^tracks\/.*(\.tail(\.alt)?\.age|\.recovered\.mp4\.age)$/.test(path));
}

async function everythingIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
