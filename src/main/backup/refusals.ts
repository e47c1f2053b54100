import { Refusal } from '../../shared/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const MEBIBYTE = 1 << 20;

/** The system's word for what failed, `unknown` for what is none of its errors. */
export function systemWord(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

/** What writing to a backup's destination ended with, as something that can be told. */
export function destinationRefusal(error: unknown, path: string): unknown {
  if (error instanceof Refusal) return error;
  const reason = systemWord(error);
  if (reason === 'unknown' || reason.startsWith('SQLITE_CORRUPT')) return error;
  if (FULL.has(reason) || reason === 'SQLITE_FULL') return new Refusal('BACKUP_DISK_FULL', { path }, { cause: error });
  return new Refusal('BACKUP_DESTINATION_LOST', { path, reason }, { cause: error });
}

export function noRoom(path: string, needed: number, free: number): Refusal {
  return new Refusal('BACKUP_NO_ROOM', {
    path,
    needed: Math.ceil(needed / MEBIBYTE),
    free: Math.floor(free / MEBIBYTE),
  });
}

/** @throws Refusal JOB_CANCELLED */
export function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Refusal('JOB_CANCELLED', {}, { cause: signal.reason });
}
