import type { Database } from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type CustodyLog,
  type EventDraft,
  leafHash,
  newLogKey,
  nodesOf,
  openLog,
  parseCheckpoint,
  parseVkey,
  rootOf,
  verifyCheckpoint,
  verifyConsistency,
  verifyTlogProof,
} from '../../../src/main/custody/index.ts';
import { openDatabase } from '../../../src/main/database/index.ts';
import { custodyMigration } from '../../../src/main/database/migrations/0050-custody.ts';
import { witnessesMigration } from '../../../src/main/database/migrations/0120-witnesses.ts';
import { continuationsMigration } from '../../../src/main/database/migrations/0140-continuations.ts';
import { CustodyEvent } from '../../../src/shared/evidence/event.ts';

const ORIGIN = 'station.example/custody';
const START = Date.parse('2026-11-21T10:14:00.000Z');
const code = (name: string, params = {}) =>
  expect.objectContaining({ code: name, params: expect.objectContaining(params) });
const open: Database[] = [];

afterEach(() => {
  for (const db of open.splice(0)) db.close();
});

/** A log whose clock goes on by a second each time it is asked. */
function newLog(origin = ORIGIN, db = newDatabase()): { log: CustodyLog; db: Database } {
  let seconds = 0;
  const clock = { now: () => new Date(START + 1000 * seconds++), monotonicNs: () => 0n };
  return { db, log: openLog({ db, origin, clock }) };
}

function newDatabase(): Database {
  const db = openDatabase(':memory:');
  open.push(db);
  custodyMigration.up(db);
  continuationsMigration.up(db);
  witnessesMigration.up(db);
  return db;
}

const draft = (n: number, id = `st-2026-00000${n % 3}`): EventDraft => ({
  action: n % 2 === 0 ? 'playback.opened' : 'playback.closed',
  actor: { id: 'k7', role: 'judge' },
  details: { n, list: [1, null, { a: 'ә' }] },
  subject: { type: 'exhibit', id },
});

function filled(count: number): { log: CustodyLog; db: Database } {
  const made = newLog();
  for (let n = 0; n < count; n++) made.log.append(draft(n));
  return made;
}

/** Does what the triggers forbid, as somebody with the file and another program could. */
function tamper(db: Database, sql: string): void {
  const triggers = db.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
}

describe('the custody log', () => {
  it('writes each event as EVIDENCE-FORMAT says', () => {
    const { log } = newLog();
    const first = log.append(draft(0));
    const second = log.append(draft(3));
    expect(first.event).toEqual({
      ...draft(0),
      at: '2026-11-21T10:14:00.000Z',
      log: ORIGIN,
      prev: null,
      salt: expect.stringMatching(/^[0-9a-f]{32}$/),
      subject: { type: 'exhibit', id: 'st-2026-000000', seq: 0, prev: null },
      v: 1,
    });
    expect(second.index).toBe(1);
    expect(second.event.prev).toBe(first.leafHash.toString('hex'));
    expect(second.event.subject).toMatchObject({ seq: 1, prev: first.leafHash.toString('hex') });
    expect(second.leafHash).toEqual(leafHash(second.bytes));
    expect(second.event.salt).not.toBe(first.event.salt);
    expect(second.bytes.toString()).toMatch(/^\{"action":"playback.closed","actor":\{"id":"k7","role":"judge"\},"at":/);
    expect(CustodyEvent.parse(JSON.parse(second.bytes.toString()))).toEqual(second.event);
  });

  it('has the root that its events make, at every size', () => {
    const { log } = filled(70);
    const leaves = log.list({ count: 100 }).map((one) => one.bytes);
    const nodes = nodesOf(leaves);
    for (let size = 0; size <= 70; size++) expect(log.root(size)).toEqual(rootOf(nodes, size));
    expect(log.size()).toBe(70);
  });

  it('proves every event and every earlier head', () => {
    const { log } = filled(40);
    const key = newLogKey(ORIGIN);
    const known = [parseVkey(key.vkey)];
    const checkpoint = log.checkpoint(key.signer, 37);
    expect(verifyCheckpoint(checkpoint, ORIGIN, known)).toMatchObject({ size: 37, root: log.root(37) });
    for (const { index, bytes } of log.list({ count: 37 })) {
      expect(verifyTlogProof(log.proofFile(index, checkpoint), bytes, ORIGIN, known).index).toBe(index);
    }
    for (let older = 0; older <= 40; older++) {
      expect(verifyConsistency(older, log.root(older), 40, log.root(), log.consistencyProof(older))).toBe(true);
    }
    expect(() => log.inclusionProof(39, 41)).toThrow(RangeError);
    expect(() => log.proofFile(38, checkpoint)).toThrow(RangeError);
    expect(() => log.checkpoint(newLogKey('other.example').signer)).toThrow(code('LOG_KEY_MALFORMED'));
  });

  it('gives events by subject, by number, upwards and downwards', () => {
    const { log } = filled(10);
    log.append({ ...draft(0), subject: { type: 'case', id: 'st-2026-000001' } });
    const mine = log.eventsOf({ type: 'exhibit', id: 'st-2026-000001' });
    expect(mine.map((one) => one.index)).toEqual([1, 4, 7]);
    expect(mine.map((one) => one.event.subject.seq)).toEqual([0, 1, 2]);
    expect(log.list({ from: 3, count: 2 }).map((one) => one.index)).toEqual([3, 4]);
    expect(log.list({ count: 3, newestFirst: true }).map((one) => one.index)).toEqual([10, 9, 8]);
    expect(log.list({ from: 1, count: 5, newestFirst: true }).map((one) => one.index)).toEqual([1, 0]);
    expect(log.list({ from: 11, count: 5 })).toEqual([]);
    expect(log.event(2)?.index).toBe(2);
    expect(log.event(11)).toBeUndefined();
  });

  it('takes its event back with the transaction that it stands in', () => {
    const { log, db } = filled(3);
    const root = log.root();
    const act = db.transaction(() => {
      log.append(draft(3));
      log.append(draft(4));
      throw new Error('what it told of failed');
    });
    expect(act).toThrow('failed');
    expect(log.size()).toBe(3);
    expect(log.root()).toEqual(root);
    expect(log.append(draft(3)).index).toBe(3);
  });

  it.each([
    ['a fraction', { details: { n: 1.5 } }],
    ['text not in NFC', { details: { n: 'e\u0301' } }],
    ['a key that is not ASCII', { details: { ә: 1 } }],
    ['an action of another shape', { action: 'Opened' }],
    ['an actor that is not in NFC', { actor: { id: 'e\u0301', role: 'judge' } }],
  ])('refuses %s and writes nothing', (_, change) => {
    const { log } = filled(2);
    expect(() => log.append({ ...draft(2), ...change })).toThrow(code('LOG_EVENT_INVALID'));
    expect(log.size()).toBe(2);
  });

  it('keeps logs of two origins in one database apart', async () => {
    const { log, db } = filled(5);
    const other = newLog('station.example/custody-2', db).log;
    expect(other.size()).toBe(0);
    const event = other.append(draft(0));
    expect(event.event).toMatchObject({ prev: null, subject: { seq: 0 } });
    expect([log.size(), other.size()]).toEqual([5, 1]);
    await Promise.all([log.verifyAll(), other.verifyAll()]);
  });

  it('goes on where it stood when the database is opened again', () => {
    const { log, db } = filled(5);
    const again = newLog(ORIGIN, db).log;
    expect(again.root()).toEqual(log.root());
    expect(again.append(draft(5)).event.prev).toBe(log.event(4)?.leafHash.toString('hex'));
  });
});

describe('the tables of the log', () => {
  it.each(['custody_logs', 'custody_events', 'custody_nodes', 'custody_heads'])(
    '%s refuse UPDATE and DELETE',
    (table) => {
      const { db, log } = filled(3);
      log.keepHead(log.checkpoint(newLogKey(ORIGIN).signer), null);
      const column = db.pragma(`table_info(${table})`) as unknown;
      expect(column).not.toEqual([]);
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('only grows');
      expect(() => db.exec(`UPDATE ${table} SET ${firstColumn(db, table)}`)).toThrow('only grows');
    },
  );

  it('refuse to be overwritten by INSERT OR REPLACE, also without recursive triggers', () => {
    const { db } = filled(3);
    db.pragma('recursive_triggers = OFF');
    const events =
      'INSERT OR REPLACE INTO custody_events SELECT log, IDX, subject_type, subject_id, SEQ, action, actor_id, at, bytes FROM custody_events WHERE idx = 1';
    expect(() => db.exec(events.replace('IDX', 'idx').replace('SEQ', 'subject_seq'))).toThrow('only grows');
    expect(() => db.exec(events.replace('IDX', '3').replace('SEQ', 'subject_seq'))).toThrow('only grows');
    expect(() => db.exec(events.replace('IDX', '4').replace('SEQ', '99'))).toThrow('only grows');
    expect(() => db.exec('INSERT OR REPLACE INTO custody_nodes SELECT * FROM custody_nodes')).toThrow('only grows');
    expect(() => db.exec('INSERT OR REPLACE INTO custody_logs SELECT * FROM custody_logs')).toThrow('only grows');
  });
});

describe('a log that is checked', () => {
  it('is whole as it was written', async () => {
    const { log } = filled(1200);
    expect(await log.verifyAll()).toEqual({ size: 1200, root: log.root() });
    expect(await newLog().log.verifyAll()).toMatchObject({ size: 0 });
  });

  it('is whole also while events are added to it', async () => {
    const { log } = filled(1200);
    const checked = log.verifyAll();
    for (let n = 0; n < 5; n++) log.append(draft(n));
    log.keepHead(log.checkpoint(newLogKey(ORIGIN).signer), null);
    expect(await checked).toEqual({ size: 1200, root: log.root(1200) });
    expect((await log.verifyAll()).size).toBe(1205);
  });

  it.each([
    [
      'a changed letter',
      "UPDATE custody_events SET bytes = CAST(replace(CAST(bytes AS TEXT), 'judge', 'clerk') AS BLOB) WHERE idx = 4",
      4,
    ],
    ['bytes that are no event', "UPDATE custody_events SET bytes = x'7b7d' WHERE idx = 4", 4],
    ['a changed column', "UPDATE custody_events SET actor_id = 'x' WHERE idx = 4", 4],
    ['an event moved to another subject', "UPDATE custody_events SET subject_id = 'x' WHERE idx = 4", 4],
    ['an event that is gone', 'DELETE FROM custody_events WHERE idx = 4', 4],
    ['a last event that is gone', 'DELETE FROM custody_events WHERE idx = 9', 9],
    ['a changed leaf', 'UPDATE custody_nodes SET hash = zeroblob(32) WHERE level = 0 AND idx = 4', 4],
    ['a changed node', 'UPDATE custody_nodes SET hash = zeroblob(32) WHERE level = 1 AND idx = 2', 5],
    ['a node that is gone', 'DELETE FROM custody_nodes WHERE level = 3', 0],
    ['a node too many', 'INSERT INTO custody_nodes VALUES (1, 9, 9, zeroblob(32))', 10],
  ])('tells %s', async (_, sql, index) => {
    const { log, db } = filled(10);
    tamper(db, sql);
    await expect(log.verifyAll()).rejects.toEqual(code('LOG_DAMAGED', { index }));
  });

  it('tells one that was written anew from an event on, by a head that was kept', async () => {
    const { log, db } = filled(10);
    const key = newLogKey(ORIGIN);
    log.keepHead(log.checkpoint(key.signer, 4), null);
    log.keepHead(log.checkpoint(key.signer), Buffer.from('tsr'));
    await log.verifyAll();
    expect(log.heads().map((head) => [head.size, parseCheckpoint(head.note).size, head.tsr?.toString()])).toEqual([
      [4, 4, undefined],
      [10, 10, 'tsr'],
    ]);
    // A whole, consistent log with another past, in place of the first.
    const other = filled(12);
    tamper(db, 'DELETE FROM custody_events; DELETE FROM custody_nodes');
    copy(other.db, db);
    await expect(log.verifyAll()).rejects.toEqual(code('LOG_DAMAGED', { index: 3 }));
  });

  it('tells one that is shorter than a head that was kept', async () => {
    const { log, db } = filled(10);
    log.keepHead(log.checkpoint(newLogKey(ORIGIN).signer), null);
    tamper(
      db,
      'DELETE FROM custody_events WHERE idx > 7; DELETE FROM custody_nodes WHERE (idx + 1) * (1 << level) > 8',
    );
    await expect(log.verifyAll()).rejects.toEqual(code('LOG_DAMAGED', { index: 8 }));
  });

  it('tells an event that belongs to another log', async () => {
    const { log, db } = filled(2);
    const other = newLog('other.example').log;
    other.append(draft(0));
    const bytes = other.event(0)?.bytes ?? Buffer.of();
    tamper(db, 'SELECT 1');
    db.prepare('UPDATE custody_events SET bytes = ?, at = ? WHERE idx = 0').run(bytes, '2026-11-21T10:14:00.000Z');
    await expect(log.verifyAll()).rejects.toEqual(code('LOG_DAMAGED', { index: 0, reason: 'an event of another log' }));
  });
});

function firstColumn(db: Database, table: string): string {
  const [first] = db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`).all();
  return `${first?.name} = ${first?.name}`;
}

function copy(from: Database, to: Database): void {
  for (const [table, width] of [
    ['custody_events', 9],
    ['custody_nodes', 4],
  ] as const) {
    const insert = to.prepare(`INSERT INTO ${table} VALUES (${Array(width).fill('?').join(', ')})`);
    for (const row of from.prepare(`SELECT * FROM ${table}`).raw().all()) insert.run(row);
  }
}
