import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from '../../../src/main/custody/index.ts';
import { migrate, migrations, openDatabase } from '../../../src/main/database/index.ts';
import { passwords, StillClock, TestStation } from '../../support/testStation.ts';

let folder: string;
let station: TestStation;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'birret-deleted-'));
  const clock = new StillClock();
  const db = openDatabase(join(folder, 'station.db'));
  migrate(db, migrations, { backupTo: null, now: clock.now() });
  station = new TestStation({ clock, db, log: openLog({ db, clock, origin: 'birret/before-set-up' }) });
});
afterEach(() => {
  station.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Where on the disk these bytes stand, once what is in the write-ahead log has gone into the database. */
function standsIn(bytes: Buffer | string): string[] {
  station.db.pragma('wal_checkpoint(TRUNCATE)');
  return ['station.db', 'station.db-wal'].filter((name) => {
    const path = join(folder, name);
    return existsSync(path) && readFileSync(path).includes(bytes);
  });
}

describe('what was deleted of the station’s secrets', () => {
  it('leaves no byte on free pages: none of a row that took twelve of them', () => {
    const { db } = station;
    const bytes = randomBytes(50_000);
    db.prepare("INSERT INTO station (key, value) VALUES ('secret', ?)").run(bytes.toString('latin1'));
    const text = Buffer.from(bytes.toString('latin1'), 'utf8');
    const pieces = [0.1, 0.5, 0.9].map((at) => text.subarray(text.length * at, text.length * at + 24));
    expect(pieces.map(standsIn)).toEqual([['station.db'], ['station.db'], ['station.db']]);
    db.prepare("DELETE FROM station WHERE key = 'secret'").run();
    expect(pieces.map(standsIn)).toEqual([[], [], []]);
  });

  it('is in the file no more: wrap and vault of the password so far', async () => {
    await station.setUp();
    const { token, person } = await station.signIn('daniyar', passwords.keyHolder);
    const wrap = () => station.accountStore.get(person.id).wrap?.sealed ?? '';
    const vault = () => station.db.prepare("SELECT sealed FROM key_blobs WHERE name = 'vault'").pluck().get() as Buffer;
    const before = [wrap(), vault()];
    expect(before.map(standsIn)).toEqual([['station.db'], ['station.db']]);
    await station.sessions.changePassword(token, passwords.keyHolder, passwords.other);
    expect(before.map(standsIn)).toEqual([[], []]);
    expect(standsIn(wrap())).toEqual(['station.db']);
  });
});
