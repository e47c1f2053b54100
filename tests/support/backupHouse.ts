import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { BackupService } from '../../src/main/backup/index.ts';
import { newLogKey, openLog } from '../../src/main/custody/index.ts';
import { migrate, migrations, openDatabase } from '../../src/main/database/index.ts';
import { systemClock } from '../../src/main/platform/clock.ts';

export const CLERK = { id: 'cl1', role: 'clerk' };
export const EXHIBIT = 'st1-2026-000001';
const ORIGIN = 'birret/st1/abc';

export interface HouseOptions {
  readonly free?: number | null;
  readonly device?: (folder: string) => string;
  readonly recording?: () => boolean;
  readonly keysOpen?: boolean;
}

/** As much of a station as its backups need: a database in a file, its log, and one sealed exhibit on two targets. */
export async function backupHouse(folder: string) {
  const own = join(folder, 'station');
  const targets = ['a', 'b'].map((name) => join(folder, name));
  await mkdir(own, { recursive: true });
  const db = openDatabase(join(own, 'station.db'));
  migrate(db, migrations, { backupTo: null, now: new Date() });
  const key = newLogKey(ORIGIN);
  const facts = { id: 'st1', name: 'Room 1', court: 'A court', log: { origin: ORIGIN, vkey: key.vkey } };
  db.prepare("INSERT INTO station (key, value) VALUES ('facts', ?)").run(JSON.stringify(facts));
  const log = openLog({ db, origin: ORIGIN, clock: systemClock });
  log.append({ action: 'station.set-up', actor: CLERK, subject: { type: 'station', id: 'st1' }, details: {} });

  const files = new Map<string, Buffer>([
    ['tracks/room.mp4.age', randomBytes(2 << 20)],
    ['tracks/mic1.mp4.age', randomBytes(1 << 18)],
    ['record.json', Buffer.from('{}')],
  ]);
  for (const target of targets) {
    for (const [path, bytes] of files) await write(join(target, EXHIBIT, path), bytes);
  }
  insertExhibit(db, targets);
  const stored = [...files]
    .filter(([path]) => path.endsWith('.age'))
    .map(([file, bytes]) => ({ target: 0, file, bytes: bytes.length, sha256: sha256(bytes) }));
  const subject = { type: 'exhibit', id: EXHIBIT } as const;
  log.append({ action: 'exhibit.sealed', actor: CLERK, subject, details: { stored } });

  const service = (options: HouseOptions = {}) =>
    new BackupService({
      db,
      clock: systemClock,
      custody: () => log,
      facts: () => facts,
      software: { name: 'Bir Ret', version: '0' },
      own: () => [own, ...targets],
      logSigner: () => (options.keysOpen === false ? null : key.signer),
      recording: options.recording ?? (() => false),
      disk: {
        free: async () => options.free ?? null,
        device: async (path) => options.device?.(path) ?? path,
      },
    });
  const actions = () => log.list({ count: 100 }).map(({ event }) => event.action);
  return { db, log, key, targets, own, files, service, actions };
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

function insertExhibit(db: Database, targets: readonly string[]): void {
  db.exec("INSERT INTO cases (id, number, court, opened_at) VALUES ('c1', '1', 'A court', '2026-11-21T10:14:00.000Z')");
  const folders = JSON.stringify(targets.map((target) => join(target, EXHIBIT)));
  db.prepare(
    "INSERT INTO exhibits (number, case_id, origin, state, folders) VALUES (?, 'c1', 'here', 'sealed', ?)",
  ).run(EXHIBIT, folders);
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
