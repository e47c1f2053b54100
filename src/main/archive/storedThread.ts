// The thread of `verifyStored.ts`: one sealed exhibit on every target, and the custody log from its first event.
import { workerData } from 'node:worker_threads';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { isRefusal } from '../../shared/errors.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';
import { type CustodyLog, openLog, verifyChain } from '../custody/index.ts';
import { systemClock } from '../platform/clock.ts';
import { answerFromThread } from '../platform/thread.ts';
import { sha256File } from '../vault/index.ts';
import {
  type Finding,
  failed,
  folderSource,
  Gate,
  passed,
  readTrust,
  tsaTrustFor,
  verifyStored,
} from '../verification/index.ts';
import type { StoredRequest } from './verifyStored.ts';

const request: StoredRequest = workerData;
const gate = new Gate(request.gate);

await answerFromThread(async (progress) => {
  const record = EvidenceRecord.parse(JSON.parse(Buffer.from(request.record).toString('utf8')));
  const bytes = record.tracks.flatMap((track) => track.parts).reduce((sum, part) => sum + part.bytes, 0);
  // Each target is read twice: as it is stored, and decrypted.
  const total = Math.max(1, 2 * bytes * request.targets.filter(({ skip }) => skip === null).length);
  let done = 0;
  const onBytes = (read: number): void => {
    gate.pass();
    done += read;
    progress(Math.min(0.99, done / total));
  };
  const db = new BetterSqlite3(request.database, { readonly: true, timeout: 5_000 });
  try {
    const log = openLog({ db, origin: request.origin, clock: systemClock });
    const events = log.eventsOf({ type: 'exhibit', id: request.exhibit });
    const sealIndex = events.find(({ event }) => event.action === 'exhibit.sealed')?.index ?? null;
    return await verifyStored(
      {
        record,
        recordSha256: request.recordSha256,
        sealedHere: request.sealedHere,
        targets: request.targets,
        sealed: request.sealed,
        added: request.added,
        keptSupplements: request.keptSupplements,
        keySha256: request.keySha256,
        sealCheckpoint: request.sealCheckpoint,
        events,
        identity: request.identity,
        trust: readTrust({
          trust: request.roots,
          tsaTrust: await tsaTrust(),
          lists: request.lists,
          now: new Date(),
        }),
      },
      {
        onBytes,
        digest: (path) => digest(path, onBytes),
        recomputeLog: () => recomputed(db, log),
        log: { rootAt: (origin, size) => rootAt(log, origin, size), sealIndex },
      },
    );
  } finally {
    db.close();
  }
});

async function tsaTrust(): Promise<string[]> {
  const there = request.targets.find(({ skip }) => skip === null);
  return there === undefined ? [] : await tsaTrustFor(folderSource(there.folder), '', request.tsaRoots);
}

async function digest(
  path: string,
  onBytes: (bytes: number) => void,
): Promise<{ bytes: number; sha256: string } | null> {
  let before = 0;
  try {
    return await sha256File(path, {
      onProgress: (bytes) => {
        onBytes(bytes - before);
        before = bytes;
      },
    });
  } catch (error) {
    if (isRefusal(error, 'VAULT_FILE_UNREADABLE')) return null;
    throw error;
  }
}

/** The root of this log, or of one that it continues, when it had `size` events; null where there was no such log. */
function rootAt(log: CustodyLog, origin: string, size: number): Buffer | null {
  if (log.origin !== origin) return log.earlier === null ? null : rootAt(log.earlier.log, origin, size);
  try {
    return size > log.size() ? null : log.root(size);
  } catch (error) {
    if (isRefusal(error, 'LOG_DAMAGED')) return null;
    throw error;
  }
}

/** One transaction, so that what the station appends meanwhile does not look like damage. */
async function recomputed(db: Database, log: CustodyLog): Promise<Finding> {
  db.exec('BEGIN');
  try {
    const { size, earlier } = await verifyChain(log, null);
    return passed({ events: earlier.reduce((sum, one) => sum + one.size, size) });
  } catch (error) {
    if (!isRefusal(error, 'LOG_DAMAGED')) throw error;
    const { index = 0, reason = '' } = error.params;
    return failed('log-damaged', { index, reason });
  } finally {
    db.exec('ROLLBACK');
  }
}
