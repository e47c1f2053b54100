import type { Database } from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type CustodyLog,
  checkContinuation,
  checkpointText,
  continuedBy,
  continueLog,
  cosign,
  encodeAddCheckpoint,
  newLogKey,
  newWitnesses,
  openLog,
  parseNote,
  parseVkey,
  signNote,
  verifyChain,
  verifyCheckpoint,
  witnessOf,
} from '../../../src/main/custody/index.ts';
import { migrate, migrations, openDatabase } from '../../../src/main/database/index.ts';

const CLERK = { id: 'cl1', role: 'clerk' };
const EXHIBIT = { type: 'exhibit', id: 'st1-2026-000001' } as const;
const clock = { now: () => new Date('2026-11-21T10:14:00Z'), monotonicNs: () => 0n };
const open: Database[] = [];

afterEach(() => {
  for (const db of open.splice(0)) db.close();
});

function newDatabase(): Database {
  const db = openDatabase(':memory:');
  migrate(db, migrations, { backupTo: null, now: clock.now() });
  open.push(db);
  return db;
}

function append(log: CustodyLog, action: string, details = {}) {
  return log.append({ action, actor: CLERK, subject: EXHIBIT, details });
}

/** A log of three events that went on as another one with two. */
function continued() {
  const db = newDatabase();
  const [oldKey, newKey] = [newLogKey('birret/st1/old'), newLogKey('birret/st1/new')];
  const earlier = openLog({ db, origin: 'birret/st1/old', clock });
  for (const n of [0, 1, 2]) append(earlier, 'exhibit.looked-at', { n });
  const log = continueLog({
    db,
    clock,
    earlier,
    signer: oldKey.signer,
    vkey: newKey.vkey,
    actor: CLERK,
    details: { reason: 'restored' },
  });
  append(log, 'exhibit.looked-at', { n: 3 });
  return { db, oldKey, newKey, earlier, log };
}

describe('a log that goes on under another origin', () => {
  it('quotes the old head in its first event; the old key signs that head with the new key named beside it', async () => {
    const { oldKey, newKey, earlier, log } = continued();
    const { closing, vkey } = log.earlier ?? { closing: '', vkey: '' };
    expect(vkey).toBe(oldKey.vkey);
    expect(continuedBy(closing)).toBe(newKey.vkey);
    const head = verifyCheckpoint(closing, 'birret/st1/old', [parseVkey(oldKey.vkey)]);
    expect(head).toMatchObject({ size: 3, root: earlier.root() });
    const first = log.event(0);
    expect(first?.event).toMatchObject({
      action: 'log.continued',
      log: 'birret/st1/new',
      prev: null,
      details: { reason: 'restored', earlier: { origin: 'birret/st1/old', size: 3 } },
    });
    if (first === undefined) throw new Error('no event');
    expect(checkContinuation(closing, vkey, first.event, newKey.vkey)).toMatchObject({ size: 3 });
    expect(checkContinuation(closing, vkey, first.event, newLogKey('birret/st1/new').vkey)).toBe('closing');
    const other = { ...first.event, details: { ...first.event.details, vkey: oldKey.vkey } };
    expect(checkContinuation(closing, vkey, other, newKey.vkey)).toBe('first-event');
    expect(await verifyChain(log, newKey.vkey)).toMatchObject({
      size: 2,
      earlier: [{ origin: earlier.origin, size: 3 }],
    });
  });

  it('goes on with the sequence of each subject, so that no event of the old log can be left out', () => {
    const { log, earlier } = continued();
    const events = log.eventsOf(EXHIBIT);
    expect(events.map(({ event }) => [event.log, event.subject.seq])).toEqual([
      ['birret/st1/old', 0],
      ['birret/st1/old', 1],
      ['birret/st1/old', 2],
      ['birret/st1/new', 3],
    ]);
    expect(events[3]?.event.subject.prev).toBe(earlier.event(2)?.leafHash.toString('hex'));
  });

  it('closes the old log: it takes no further event, and is continued once', () => {
    const { db, earlier, oldKey } = continued();
    expect(() => append(earlier, 'exhibit.looked-at')).toThrow('a log that was continued is closed');
    const third = newLogKey('birret/st1/third');
    const again = { db, clock, earlier, signer: oldKey.signer, vkey: third.vkey, actor: CLERK, details: {} };
    expect(() => continueLog(again)).toThrow('only grows');
  });

  it('goes on more than once', async () => {
    const { db, log, newKey } = continued();
    const third = newLogKey('birret/st1/third');
    const last = continueLog({
      db,
      clock,
      earlier: log,
      signer: newKey.signer,
      vkey: third.vkey,
      actor: CLERK,
      details: {},
    });
    append(last, 'exhibit.looked-at');
    expect(last.eventsOf(EXHIBIT).map(({ event }) => event.subject.seq)).toEqual([0, 1, 2, 3, 4]);
    expect((await verifyChain(last, third.vkey)).earlier.map(({ size }) => size)).toEqual([3, 2]);
  });

  it('keeps a time-stamped head of the old log with the old log', async () => {
    const { log, earlier, oldKey, newKey } = continued();
    log.keepHead(earlier.checkpoint(oldKey.signer, 2), Buffer.from('token'));
    expect(earlier.heads().map(({ size }) => size)).toEqual([2, 3]);
    await verifyChain(log, newKey.vkey);
  });

  it.each([
    ['an event of the old log', "UPDATE custody_events SET at = '2020-01-01T00:00:00.000Z' WHERE log = 1 AND idx = 1"],
    ['the old log cut back', 'DELETE FROM custody_events WHERE log = 1 AND idx = 2'],
    ['the closing head', "UPDATE custody_continuations SET closing = replace(closing, 'continued by', 'continued to')"],
    ['the key of the old log', "UPDATE custody_continuations SET earlier_vkey = earlier_vkey || 'A'"],
    ['the place where the new one began', 'UPDATE custody_events SET subject_seq = 7 WHERE log = 2 AND idx = 1'],
    ['the link itself', 'DELETE FROM custody_continuations'],
  ])('finds a change by root: %s', async (_, sql) => {
    const { db, newKey } = continued();
    for (const name of db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
      db.exec(`DROP TRIGGER ${name}`);
    db.exec(sql);
    const log = openLog({ db, origin: 'birret/st1/new', clock });
    await expect(verifyChain(log, newKey.vkey)).rejects.toMatchObject({ code: 'LOG_DAMAGED' });
  });
});

it('finds an event that somebody with root and the old key added after the log was closed', async () => {
  const { db, newKey, earlier, log } = continued();
  db.exec('DROP TRIGGER custody_events_closed');
  const subject = { type: 'exhibit', id: 'st1-2026-000002' } as const;
  earlier.append({ action: 'exhibit.looked-at', actor: CLERK, subject, details: {} });
  await expect(verifyChain(log, newKey.vkey)).rejects.toMatchObject({
    code: 'LOG_DAMAGED',
    params: { reason: 'birret/st1/old is not what it was when it was closed' },
  });
});

/** A witness that goes by the old log's key, with a log of its own. */
function witnessFor(oldKey: ReturnType<typeof newLogKey>) {
  const db = newDatabase();
  const home = newLogKey('birret/st2/log');
  const own = openLog({ db, origin: 'birret/st2/log', clock });
  const witnesses = newWitnesses({ db, log: () => own, clock });
  witnesses.keys.trust('Station 1', oldKey.vkey, CLERK);
  const signer = witnessOf(home.skey);
  return { own, witnesses, signer, cosign: (text: string) => witnesses.others.cosign(text, signer, CLERK) };
}

describe('the answer to a closing head', () => {
  /** A restored station whose closing head a trusted witness has cosigned; `note` is the answer. */
  function answered() {
    const station = continued();
    const witness = witnessFor(station.oldKey);
    const own = newWitnesses({ db: station.db, log: () => station.log, clock });
    own.keys.trust('Prosecutor', witness.signer.vkey, CLERK);
    const { text } = own.own.offerClosed('birret/st1/old', null, CLERK);
    return { ...station, witness, own: own.own, witnesses: own, note: witness.cosign(text).note };
  }

  it('is taken in, kept with the closed log and told of in the one that goes on', async () => {
    const { own, note, log, earlier, newKey, witness } = answered();
    expect(own.takeIn(note, newKey.vkey, CLERK)).toMatchObject({ size: 3, by: [{ name: 'birret/st2/log/witness' }] });
    expect(earlier.cosignatures()).toMatchObject([{ size: 3, witness: witness.signer.vkey }]);
    expect(log.cosignatures()).toEqual([]);
    expect(own.closed()).toMatchObject([
      { origin: 'birret/st1/old', size: 3, cosigned: [{ name: 'Prosecutor', size: 3 }] },
    ]);
    expect(log.event(log.size() - 1)?.event).toMatchObject({
      action: 'checkpoint.cosigned',
      subject: { type: 'log', id: 'birret/st1/old' },
    });
    await verifyChain(log, newKey.vkey);
  });

  it('is refused where it names another log than this station’s, and kept as a contradiction', () => {
    const { own, witnesses, oldKey, newKey, earlier, log, witness } = answered();
    // Another station was made of the same backup and closed the log by itself.
    const other = openLog({ db: newDatabase(), origin: 'birret/st1/old', clock });
    const elsewhere = newLogKey('birret/st1/elsewhere');
    const text = checkpointText({ origin: 'birret/st1/old', size: earlier.size(), root: earlier.root() }, [
      `continued by ${elsewhere.vkey}`,
    ]);
    const foreign = signNote(text, oldKey.signer);
    const line = cosign(text, witness.signer, witness.signer, clock.now());
    expect(other.size()).toBe(0);
    expect(() => own.takeIn(foreign + line, newKey.vkey, CLERK)).toThrow('LOG_CONTINUED_ELSEWHERE');
    expect(witnesses.own.contradictions()).toMatchObject([{ origin: 'birret/st1/old', reason: 'fork' }]);
    expect(log.event(log.size() - 1)?.event.action).toBe('checkpoint.contradicted');
    // The witness, which has seen the one, does not sign the other.
    expect(() => witness.cosign(encodeAddCheckpoint({ old: 3, proof: [], checkpoint: foreign }))).toThrow(
      'WITNESS_FORK',
    );
  });

  it('finds that entries are missing which the witness saw before the backup was put back', () => {
    const { own, oldKey, newKey, witness, log } = answered();
    const original = openLog({ db: newDatabase(), origin: 'birret/st1/old', clock });
    for (const n of [0, 1, 2, 3, 4]) append(original, 'exhibit.looked-at', { n });
    const head = original.checkpoint(oldKey.signer);
    const line = cosign(parseNote(head).text, witness.signer, witness.signer, clock.now());
    expect(() => own.takeIn(head + line, newKey.vkey, CLERK)).toThrow('LOG_CUT_BACK');
    expect(log.event(log.size() - 1)?.event).toMatchObject({
      action: 'checkpoint.contradicted',
      details: { reason: 'smaller', brought: 5, size: 3 },
    });
  });

  it('shuts the old log for the witness: an original that runs on beside the restored station is found', () => {
    const { witness, earlier, oldKey, db } = answered();
    db.exec('DROP TRIGGER custody_events_closed');
    append(earlier, 'exhibit.looked-at', { n: 3 });
    const checkpoint = earlier.checkpoint(oldKey.signer);
    const grown = encodeAddCheckpoint({ old: 3, proof: earlier.consistencyProof(3), checkpoint });
    expect(() => witness.cosign(grown)).toThrow('WITNESS_FORK');
    expect(witness.witnesses.own.contradictions()).toMatchObject([{ origin: 'birret/st1/old', reason: 'fork' }]);
  });

  it('to a station that was never restored says that somebody else restored it', () => {
    const { witness, note, oldKey } = answered();
    const db = newDatabase();
    // The original, as it was when the backup was made.
    const log = openLog({ db, origin: 'birret/st1/old', clock, salt: () => Buffer.alloc(16, 1) });
    const original = newWitnesses({ db, log: () => log, clock });
    original.keys.trust('Prosecutor', witness.signer.vkey, CLERK);
    for (const n of [0, 1, 2]) append(log, 'exhibit.looked-at', { n });
    const text = checkpointText({ origin: log.origin, size: log.size(), root: log.root() }, [
      `continued by ${newLogKey('birret/st1/elsewhere').vkey}`,
    ]);
    const brought = signNote(text, oldKey.signer) + cosign(text, witness.signer, witness.signer, clock.now());
    expect(() => original.own.takeIn(brought, oldKey.vkey, CLERK)).toThrow('LOG_CONTINUED_ELSEWHERE');
    expect(note).toContain('continued by');
  });
});

describe('a witness of the old log', () => {
  it('that saw more of it finds the roll-back in the head that the restored station quotes', () => {
    const { db: restoredDb, log, oldKey } = continued();
    const restored = newWitnesses({ db: restoredDb, log: () => log, clock });
    // The original went on after the backup and was witnessed at five entries.
    const original = openLog({ db: newDatabase(), origin: 'birret/st1/old', clock, salt: () => Buffer.alloc(16, 7) });
    for (const n of [0, 1, 2, 3, 4]) append(original, 'exhibit.looked-at', { n });
    const home = openLog({ db: newDatabase(), origin: 'birret/st2/log', clock });
    const db = newDatabase();
    const own = openLog({ db, origin: home.origin, clock });
    const witnesses = newWitnesses({ db, log: () => own, clock });
    witnesses.keys.trust('Station 1', oldKey.vkey, CLERK);
    const signer = witnessOf(newLogKey(home.origin).skey);
    const brought = (checkpoint: string, old: number, proof: Buffer[]) =>
      encodeAddCheckpoint({ old, proof, checkpoint });
    witnesses.others.cosign(brought(original.checkpoint(oldKey.signer), 0, []), signer, CLERK);

    const closing = log.earlier?.closing ?? '';
    const { text, size } = restored.own.offerClosed('birret/st1/old', null, CLERK);
    expect({ size, last: log.event(log.size() - 1)?.event.action }).toEqual({ size: 3, last: 'checkpoint.given' });
    expect(() => restored.own.offerClosed(log.origin, null, CLERK)).toThrow('LOG_UNKNOWN');
    expect(() => witnesses.others.cosign(text, signer, CLERK)).toThrow('WITNESS_SMALLER');
    expect(witnesses.own.contradictions()).toMatchObject([
      { origin: 'birret/st1/old', reason: 'smaller', brought: closing },
    ]);
    expect(own.list({ count: 9 }).map(({ event }) => event.action)).toContain('checkpoint.refused');
  });
});
