import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the station of `folder` writes what it says before its own log stands: `logs/station.log`. A folder that holds other
 * things (somebody's documents, named by mistake) is left untouched; the station will refuse it, and says so in a temporary file.
 */
export function logFileFor(folder: string): string {
  const names = readdirSync(folder);
  const ours = names.length === 0 || names.includes('station.lock') || names.every((name) => name === 'logs');
  if (!ours) return join(mkdtempSync(join(tmpdir(), 'bir-ret-start-')), 'station.log');
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  return join(folder, 'logs', 'station.log');
}
