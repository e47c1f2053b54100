import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Sha256Hex } from '../../shared/evidence/record.ts';
import type { CustodyLog } from '../custody/index.ts';

/** A file of an exhibit, where it can be read, and its digest where the log states it. */
export interface ExhibitFile {
  /** In the exhibit's folder. */
  readonly path: string;
  readonly bytes: number;
  /** The same path on each target that has it. */
  readonly at: readonly string[];
  readonly sha256: string | null;
}

export interface ExhibitFiles {
  readonly number: string;
  readonly files: readonly ExhibitFile[];
  /** Files that the log states and no target has. */
  readonly missing: readonly string[];
}

const Row = z.object({ number: z.string(), folders: z.string() });
const Stated = z.looseObject({ stored: z.array(z.looseObject({ file: z.string(), sha256: Sha256Hex })) });

/** Recorded exhibits, sealed or waiting for it, with their folders; one that is being recorded is not whole yet. */
export function recordedExhibits(db: Database): { readonly number: string; readonly folders: readonly string[] }[] {
  const rows = db
    .prepare("SELECT number, folders FROM exhibits WHERE state IN ('ended', 'secured', 'sealed') ORDER BY number")
    .all();
  return z
    .array(Row)
    .parse(rows)
    .map(({ number, folders }) => ({ number, folders: z.array(z.string()).parse(JSON.parse(folders)) }));
}

/** Every file of an exhibit on whatever target has it, and what the seal's event says of it (EVIDENCE-FORMAT §4). */
export async function exhibitFiles(
  exhibit: { readonly number: string; readonly folders: readonly string[] },
  log: Pick<CustodyLog, 'eventsOf'>,
): Promise<ExhibitFiles> {
  const stated = statedDigests(log, exhibit.number);
  const found = new Map<string, { bytes: number; at: string[] }>();
  for (const folder of exhibit.folders) {
    for (const path of await pathsIn(folder)) {
      const whole = join(folder, path);
      const { size } = await stat(whole);
      const known = found.get(path);
      if (known === undefined) found.set(path, { bytes: size, at: [whole] });
      else known.at.push(whole);
    }
  }
  const files = [...found].map(([path, one]) => ({ path, ...one, sha256: stated.get(path) ?? null }));
  return { number: exhibit.number, files, missing: [...stated.keys()].filter((path) => !found.has(path)) };
}

function statedDigests(log: Pick<CustodyLog, 'eventsOf'>, number: string): Map<string, string> {
  const events = log.eventsOf({ type: 'exhibit', id: number });
  const seal = events.findLast(({ event }) => ['exhibit.sealed', 'bag.imported'].includes(event.action));
  const parsed = Stated.safeParse(seal?.event.details);
  return new Map(parsed.success ? parsed.data.stored.map(({ file, sha256 }) => [file, sha256]) : []);
}

/** Paths of the files in a folder, `/` between names; half-made ones begin with a dot and are passed over. */
export async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EIO') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
