import { z } from 'zod';
import { Instant, Sha256Hex, Whole } from '../../shared/evidence/record.ts';

/** The files at the top of a backup. */
export const BACKUP_FILES = {
  statement: 'backup.json',
  manifest: 'manifest-sha256.txt',
  database: 'station.db',
  /** The log's head of that moment, signed; only where the station's keys were open. */
  checkpoint: 'log.checkpoint',
} as const;

/** What `backup.json` says. */
export const BackupStatement = z.strictObject({
  format: z.literal('birret-backup/1'),
  at: Instant,
  station: z.strictObject({ id: z.string(), name: z.string(), court: z.string() }),
  software: z.strictObject({ name: z.string(), version: z.string() }),
  /** Version of the database's schema. */
  schema: Whole.nonnegative(),
  log: z.strictObject({ origin: z.string(), vkey: z.string(), size: Whole.nonnegative(), root: Sha256Hex }),
  /** Whether the files of the exhibits are with it. */
  media: z.boolean(),
  exhibits: z.array(
    z.strictObject({
      number: z.string(),
      files: Whole.nonnegative(),
      bytes: Whole.nonnegative(),
      /** Files that no target had as the log says that they are. */
      left_out: z.array(z.string()),
    }),
  ),
});
export type BackupStatement = z.infer<typeof BackupStatement>;

/** Where a file of an exhibit stands in a backup. */
export const exhibitPath = (exhibit: string, path: string): string => `exhibits/${exhibit}/${path}`;

/** Writes a manifest: one `<sha256>  <path>` a line, as `sha256sum -c` reads it (RFC 8493 §2.1.3). */
export function manifestText(files: ReadonlyMap<string, string>): string {
  const lines = [...files].map(([path, sha256]) => `${sha256}  ${path}\n`);
  return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('');
}

/** Reads one; null where it is none. Digest by path. */
export function parseManifest(text: string): Map<string, string> | null {
  const files = new Map<string, string>();
  if (!text.endsWith('\n')) return null;
  for (const line of text.slice(0, -1).split('\n')) {
    const [, sha256, path] = /^([0-9a-f]{64}) {2}([^\n]+)$/.exec(line) ?? [];
    if (sha256 === undefined || path === undefined || files.has(path)) return null;
    files.set(path, sha256);
  }
  return files;
}
