import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOCK } from '../../../src/main/custody/blocks/checkBlock.ts';
import { checkInThreads } from '../../../src/main/custody/blocks/checkInThreads.ts';
import { openLog } from '../../../src/main/custody/index.ts';
import { LogStore, logId } from '../../../src/main/custody/logStore.ts';
import { nodeHash } from '../../../src/main/custody/merkle.ts';
import { openDatabase } from '../../../src/main/database/index.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { longLog, ORIGIN } from '../../bench/evidence/longLog.ts';

/** Two whole blocks and a part of a third. */
const SIZE = 2 * BLOCK + 9_000;

let folder: string;
let whole: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-long-'));
  whole = join(folder, 'whole.db');
  longLog(whole, SIZE);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A copy of the long log after `change`, as somebody with the file and another program could make it. */
async function changed<T>(change: (db: Database) => void, look: (db: Database) => Promise<T>): Promise<T> {
  const path = join(folder, 'changed.db');
  await copyFile(whole, path);
  const db = openDatabase(path);
  try {
    const triggers = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
    for (const name of triggers) db.exec(`DROP TRIGGER "${name}"`);
    change(db);
    return await look(db);
  } finally {
    db.close();
    for (const end of ['', '-wal', '-shm']) await rm(`${path}${end}`, { force: true });
  }
}

const inThreads = (db: Database) =>
  checkInThreads({ path: db.name, origin: ORIGIN }, new LogStore(db, logId(db, ORIGIN)), SIZE);
const verdict = (db: Database) => openLog({ db, origin: ORIGIN, clock: systemClock }).verifyAll();

describe('a long log, looked at by threads', () => {
  it('has the root that the log has', async () => {
    await changed(
      () => undefined,
      async (db) => {
        const root = openLog({ db, origin: ORIGIN, clock: systemClock }).root();
        expect(await inThreads(db)).toEqual(root);
        expect(await verdict(db)).toEqual({ size: SIZE, root });
      },
    );
  });

  const rows = 'custody_events';
  const replace = (index: number, from: string, to: string) =>
    `UPDATE ${rows} SET bytes = CAST(replace(CAST(bytes AS TEXT), '${from}', '${to}') AS BLOB) WHERE idx = ${index}`;
  it.each([
    ['an event within a block', replace(5_000, 'playback', 'playbacc'), 5_000],
    ['the last event of a block', replace(BLOCK - 1, 'jud-k7', 'jud-k8'), BLOCK - 1],
    ['the first event of a block', replace(BLOCK, 'jud-k7', 'jud-k8'), BLOCK],
    ['a column', `UPDATE ${rows} SET actor_id = 'jud-k8' WHERE idx = ${BLOCK + 7}`, BLOCK + 7],
    ['a hole', `DELETE FROM ${rows} WHERE idx = ${2 * BLOCK + 20}`, 2 * BLOCK + 20],
    ['a leaf', `UPDATE custody_nodes SET hash = zeroblob(32) WHERE level = 0 AND idx = ${BLOCK + 3}`, BLOCK + 3],
    [
      'a node over two blocks',
      'UPDATE custody_nodes SET hash = zeroblob(32) WHERE level = 15 AND idx = 0',
      2 * BLOCK - 1,
    ],
    ['a node too many', `INSERT INTO custody_nodes VALUES (1, 40, 0, zeroblob(32))`, SIZE],
    [
      'a head of another tree',
      `INSERT INTO custody_heads (log, size, at, note) VALUES (1, ${BLOCK + 2}, '2026-11-21T10:14:00.000Z',
       '${ORIGIN}\n${BLOCK + 2}\n${Buffer.alloc(32).toString('base64')}\n\n— ${ORIGIN} AAAAAAAAAAAA\n')`,
      BLOCK + 1,
    ],
  ])('finds %s', async (_, sql, index) => {
    await changed(
      (db) => db.exec(sql),
      async (db) => {
        if (!sql.includes('INTO custody_nodes')) expect(await inThreads(db)).toBeNull();
        await expect(verdict(db)).rejects.toMatchObject({ code: 'LOG_DAMAGED', params: { index } });
      },
    );
  });

  it('finds a chain that is broken between two blocks alone', async () => {
    // Both neighbours are right in themselves: the second block was made over a first one that said something else.
    await changed(
      (db) => {
        const other = join(folder, 'other.db');
        longLog(other, BLOCK, 'jud-k9');
        db.exec(`ATTACH '${other}' AS other`);
        for (const table of [rows, 'custody_nodes']) {
          const where = table === rows ? `idx < ${BLOCK}` : `idx < ${BLOCK} >> level AND level <= 14`;
          db.exec(
            `DELETE FROM ${table} WHERE ${where}; INSERT INTO ${table} SELECT * FROM other.${table} WHERE ${where}`,
          );
        }
        db.exec('DETACH other');
        // The tree over both is made to fit too: only what the events quote of one another is left to tell.
        const store = new LogStore(db, logId(db, ORIGIN));
        const over = nodeHash(store.node(14, 0), store.node(14, 1));
        db.prepare('UPDATE custody_nodes SET hash = ? WHERE level = 15 AND idx = 0').run(over);
      },
      async (db) => {
        expect(await inThreads(db)).toBeNull();
        await expect(verdict(db)).rejects.toMatchObject({ code: 'LOG_DAMAGED', params: { index: BLOCK } });
      },
    );
  });
});
