import { createHash } from 'node:crypto';
import type { CustodyLog, NoteSigner } from '../custody/index.ts';
import { NewFile } from '../papers/index.ts';
import type { Actor } from './needs.ts';

/** A head of the log as it is printed, and its signed note, to which the log is held from then on. */
export interface PrintedHead {
  readonly size: number;
  readonly root: string;
  readonly checkpoint: string;
}

/** The log's head as it is now, signed. @throws Refusal STATION_KEYS_LOCKED */
export function printedHead(custody: CustodyLog, signer: NoteSigner): PrintedHead {
  const size = custody.size();
  return { size, root: custody.root(size).toString('base64'), checkpoint: custody.checkpoint(signer, size) };
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Writes a paper as a new file: its bytes durable beside the name, its digest on record by `onRecord`, then its name. That it
 * could not be given its name after all is on record too (`paper.not-written`).
 * @throws Refusal EXPORT_EXISTS, PAPER_NOT_WRITTEN
 */
export async function writePaper(
  path: string,
  make: () => Promise<Uint8Array>,
  {
    custody,
    actor,
    exhibit,
    onRecord,
  }: {
    readonly custody: CustodyLog;
    readonly actor: Actor;
    readonly exhibit: string;
    readonly onRecord: (sha256: string) => void;
  },
): Promise<{ path: string; sha256: string }> {
  const file = new NewFile(path);
  await file.ready();
  const bytes = await make();
  const sha256 = sha256Of(bytes);
  try {
    await file.fill(bytes);
    onRecord(sha256);
    try {
      await file.finish();
    } catch (error) {
      custody.append({
        action: 'paper.not-written',
        actor,
        subject: { type: 'exhibit', id: exhibit },
        details: { paper_sha256: sha256 },
      });
      throw error;
    }
  } finally {
    await file.discard();
  }
  return { path, sha256 };
}
