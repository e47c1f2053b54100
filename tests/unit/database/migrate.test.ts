import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  jsonColumn,
  type Migration,
  migrate,
  migrations,
  openDatabase,
  schemaVersion,
} from '../../../src/main/database/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';

const now = new Date('2026-11-21T10:14:00.000Z');
const first: Migration = { version: 10, name: 'one', up: (db) => db.exec('CREATE TABLE one (x INTEGER) STRICT') };
const second: Migration = { version: 20, name: 'two', up: (db) => db.exec('CREATE TABLE two (x INTEGER) STRICT') };
const broken: Migration = {
  version: 30,
  name: 'three',
  up(db) {
    db.exec('CREATE TABLE three (x INTEGER) STRICT');
    db.exec('CREATE TABLE one (x INTEGER) STRICT');
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'birret-db-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('openDatabase', () => {
  it('writes ahead, syncs every commit and holds foreign keys', () => {
    const db = openDatabase(join(folder, 'station.db'));
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    db.close();
  });

  it('refuses a file that is not a database, and a folder that is not there', () => {
    writeFileSync(join(folder, 'station.db'), 'this is a letter, not a database, and long enough to be read as one');
    expect(() => openDatabase(join(folder, 'station.db'))).toThrow('STATION_NOT_A_STATION');
    expect(() => openDatabase(join(folder, 'missing', 'station.db'))).toThrow();
  });
});

describe('migrate', () => {
  it('applies every step once and remembers where it stands', () => {
    const db = openDatabase(join(folder, 'station.db'));
    expect(migrate(db, [second, first], { backupTo: folder, now })).toEqual([10, 20]);
    expect(schemaVersion(db)).toBe(20);
    expect(migrate(db, [first, second], { backupTo: folder, now })).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('before-'))).toEqual([]);
    db.close();
  });

  it('copies a database with content before it changes it', () => {
    const db = openDatabase(join(folder, 'station.db'));
    migrate(db, [first], { backupTo: folder, now });
    db.exec('INSERT INTO one VALUES (7)');
    migrate(db, [first, second], { backupTo: folder, now });
    const copy = openDatabase(join(folder, 'before-10-2026-11-21T10-14-00-000Z.db'));
    expect(schemaVersion(copy)).toBe(10);
    expect(copy.prepare('SELECT x FROM one').pluck().all()).toEqual([7]);
    copy.close();
    db.close();
  });

  it('leaves nothing of a step that failed', () => {
    const db = openDatabase(':memory:');
    migrate(db, [first, second], { backupTo: null, now });
    expect(() => migrate(db, [first, second, broken], { backupTo: null, now })).toThrow();
    expect(schemaVersion(db)).toBe(20);
    expect(db.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'three'").pluck().get()).toBe(0);
    db.close();
  });

  it('does not touch a database from the future', () => {
    const db = openDatabase(':memory:');
    migrate(db, [first, second], { backupTo: null, now });
    let caught: unknown;
    try {
      migrate(db, [first], { backupTo: null, now });
    } catch (error) {
      caught = error;
    }
    expect(isRefusal(caught, 'STATION_FROM_THE_FUTURE')).toBe(true);
    db.close();
  });

  it('makes the whole schema, strict, with keys that hold together', () => {
    const db = openDatabase(':memory:');
    migrate(db, migrations, { backupTo: null, now });
    const tables = z
      .array(z.object({ name: z.string(), strict: z.number() }))
      .parse(db.prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").all());
    expect(tables.filter((table) => !table.name.startsWith('sqlite_') && table.strict !== 1)).toEqual([]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.close();
  });
});

describe('jsonColumn', () => {
  it('parses and checks what stands in the row', () => {
    const column = jsonColumn(z.array(z.int()));
    expect(column.parse('[1,2]')).toEqual([1, 2]);
    expect(column.safeParse('["a"]').success).toBe(false);
    expect(column.safeParse('[1').success).toBe(false);
  });
});
