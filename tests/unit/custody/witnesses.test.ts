import type { Database } from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import {
  addSignatures,
  COSIGNATURE_ED25519,
  type CustodyLog,
  cosign,
  encodeAddCheckpoint,
  newLogKey,
  newWitnesses,
  openLog,
  parseAddCheckpoint,
  parseNote,
  parseVkey,
  verifyCheckpoint,
  type Witnesses,
  witnessOf,
} from '../../../src/main/custody/index.ts';
import { openDatabase } from '../../../src/main/database/index.ts';
import { custodyMigration } from '../../../src/main/database/migrations/0050-custody.ts';
import { witnessesMigration } from '../../../src/main/database/migrations/0120-witnesses.ts';
import { continuationsMigration } from '../../../src/main/database/migrations/0140-continuations.ts';

const CLERK = { id: 'cl1', role: 'clerk' };
const code = (name: string, params = {}) =>
  expect.objectContaining({ code: name, params: expect.objectContaining(params) });
const open: Database[] = [];

afterEach(() => {
  for (const db of open.splice(0)) db.close();
});

interface House {
  readonly log: CustodyLog;
  readonly witnesses: Witnesses;
  readonly key: ReturnType<typeof newLogKey>;
  readonly witness: ReturnType<typeof witnessOf>;
  readonly db: Database;
}

/** A station as far as its log and witnesses go. `of` makes a copy of another, as a backup that was put back is. */
function house(origin: string, of?: House): House {
  const db = of === undefined ? openDatabase(':memory:') : copyOf(of.db);
  open.push(db);
  if (of === undefined)
    for (const migration of [custodyMigration, witnessesMigration, continuationsMigration]) migration.up(db);
  let seconds = 0;
  const clock = { now: () => new Date(Date.parse('2026-11-21T10:14:00Z') + 1000 * seconds++), monotonicNs: () => 0n };
  const log = openLog({ db, origin, clock });
  const key = of?.key ?? newLogKey(origin);
  return { log, db, key, witness: witnessOf(key.skey), witnesses: newWitnesses({ db, log: () => log, clock }) };
}

function copyOf(db: Database): Database {
  const copy = openDatabase(':memory:');
  for (const { sql } of db
    .prepare<[], { sql: string }>("SELECT sql FROM sqlite_master WHERE sql <> '' AND type = 'table'")
    .all())
    copy.exec(sql);
  for (const { name } of db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()) {
    for (const row of db.prepare<[], unknown[]>(`SELECT * FROM ${name}`).raw().all())
      copy.prepare(`INSERT INTO ${name} VALUES (${row.map(() => '?').join(', ')})`).run(row);
  }
  return copy;
}

function work(house: House, times: number, what = 'playback.opened'): void {
  for (let n = 0; n < times; n++)
    house.log.append({
      action: what,
      actor: CLERK,
      details: { n },
      subject: { type: 'exhibit', id: 'st1-2026-000001' },
    });
}

/** A court and the prosecutor's office, which know each other's keys. */
function twoHouses(): { court: House; office: House } {
  const court = house('birret/court/aaaa');
  const office = house('birret/office/bbbb');
  court.witnesses.keys.trust('Office', office.witness.vkey, CLERK);
  office.witnesses.keys.trust('Court', court.key.vkey, CLERK);
  return { court, office };
}

const offer = (from: House, to: House, old: number | null = null) =>
  from.witnesses.own.offer({ witness: to.witness.vkey, old }, from.key.signer, CLERK);
const witnessed = (at: House, text: string) => at.witnesses.others.cosign(text, at.witness, CLERK);
const takeIn = (at: House, text: string) => at.witnesses.own.takeIn(text, at.key.vkey, CLERK);
const actions = ({ log }: House) => log.list({ count: 1000 }).map(({ event }) => event.action);

describe('a witness’s key', () => {
  it('comes of the log’s secret, is of its own type and name, and is not the log’s key', () => {
    const { skey, vkey, signer } = newLogKey('birret/court/aaaa');
    const witness = witnessOf(skey);
    expect(witness.vkey).toBe(witnessOf(skey).vkey);
    expect(parseVkey(witness.vkey)).toMatchObject({ name: 'birret/court/aaaa/witness', type: COSIGNATURE_ED25519 });
    expect(witness.vkey.split('+').at(-1)?.slice(4)).not.toBe(vkey.split('+').at(-1)?.slice(4));
    expect(parseVkey(vkey).verify(Buffer.from('x'), witness.sign(Buffer.from('x')))).toBe(false);
    expect(signer.verify(Buffer.from('x'), signer.sign(Buffer.from('x')))).toBe(true);
  });

  it('is taken in once, never the station’s own, and given up by whoever took it in', () => {
    const { court, office } = twoHouses();
    const { keys } = court.witnesses;
    expect(keys.all()).toMatchObject([{ kind: 'witness', key_name: 'birret/office/bbbb/witness', title: 'Office' }]);
    const other = newLogKey('birret/office/bbbb');
    expect(() => keys.trust('Again', witnessOf(other.skey).vkey, CLERK)).toThrow(
      code('WITNESS_KEY_KNOWN', { name: 'Office' }),
    );
    expect(() => keys.trust('Self', court.key.vkey, CLERK)).toThrow(code('WITNESS_KEY_OWN'));
    expect(() => keys.trust('Self', court.witness.vkey, CLERK)).toThrow(code('WITNESS_KEY_OWN'));
    expect(() => keys.trust('Rubbish', 'rubbish', CLERK)).toThrow(code('LOG_KEY_MALFORMED'));
    expect(() => keys.distrust(other.vkey, CLERK)).toThrow(code('WITNESS_KEY_UNKNOWN'));
    keys.distrust(office.witness.vkey, CLERK);
    expect(keys.all()).toEqual([]);
    expect(() => offer(court, office)).toThrow(code('WITNESS_KEY_UNKNOWN'));
    expect(actions(court)).toEqual(['witness.trusted', 'witness.dropped']);
  });
});

describe('a head that is carried to a witness and back', () => {
  it('is cosigned, kept, and the next proof begins there', async () => {
    const { court, office } = twoHouses();
    work(court, 5);
    const first = offer(court, office);
    expect(first).toMatchObject({ old: 0, size: 7 });
    const answer = witnessed(office, first.text.replaceAll('\n', '\r\n'));
    expect(answer).toMatchObject({ origin: court.log.origin, size: 7, before: 0 });
    const keys = [parseVkey(court.key.vkey), parseVkey(office.witness.vkey)];
    expect(verifyCheckpoint(answer.note, court.log.origin, keys).cosignedBy).toHaveLength(1);
    expect(takeIn(court, `\n${answer.note.replaceAll('\n', '\r\n')}`)).toMatchObject({
      size: 7,
      by: [{ name: 'birret/office/bbbb/witness' }],
    });
    work(court, 4);
    const second = offer(court, office);
    expect(second.old).toBe(7);
    expect(witnessed(office, second.text)).toMatchObject({ size: 13, before: 7 });
    // The same head again is cosigned again: an answer may get lost on its way.
    const again = witnessed(office, second.text);
    takeIn(court, again.note);
    expect(court.witnesses.own.cosigned(office.witness.vkey)?.size).toBe(13);
    expect(office.witnesses.others.seen(court.log.origin)?.size).toBe(13);
    expect(actions(court)).toContain('checkpoint.cosigned');
    expect(actions(office).filter((action) => action === 'checkpoint.witnessed')).toHaveLength(3);
    await court.log.verifyAll();
    await office.log.verifyAll();
  });

  it('has its proof from where the witness says that it stopped', () => {
    const { court, office } = twoHouses();
    work(court, 5);
    const lost = offer(court, office);
    witnessed(office, lost.text);
    work(court, 5);
    expect(() => witnessed(office, offer(court, office).text)).toThrow(
      code('WITNESS_OTHER_SIZE', { old: 0, known: lost.size }),
    );
    expect(witnessed(office, offer(court, office, lost.size).text).before).toBe(lost.size);
    expect(() => offer(court, office, 999)).toThrow(code('LOG_CUT_BACK', { brought: 999 }));
  });

  it('is refused by whom it does not concern', () => {
    const { court, office } = twoHouses();
    const stranger = house('birret/stranger/cccc');
    work(stranger, 3);
    const text = stranger.witnesses.own.offer({ witness: null, old: null }, stranger.key.signer, CLERK).text;
    expect(() => witnessed(office, text)).toThrow(code('WITNESS_LOG_UNKNOWN', { origin: 'birret/stranger/cccc' }));
    // Another log's key under the court's name, and the court's key under another's.
    const forger = newLogKey(court.log.origin);
    const forged = court.witnesses.own.offer({ witness: null, old: null }, forger.signer, CLERK).text;
    expect(() => witnessed(office, forged)).toThrow(code('CHECKPOINT_WRONG_KEY'));
    expect(() => takeIn(court, parseAddCheckpoint(text).checkpoint)).toThrow(code('CHECKPOINT_WRONG_KEY'));
    expect(office.witnesses.others.seen(court.log.origin)).toBeUndefined();
    expect(office.witnesses.own.contradictions()).toEqual([]);
  });

  it('comes back only with a signature of a witness that is trusted', () => {
    const { court, office } = twoHouses();
    const { checkpoint } = parseAddCheckpoint(offer(court, office).text);
    expect(() => takeIn(court, checkpoint)).toThrow(code('COSIGNATURE_MISSING'));
    const other = witnessOf(newLogKey('birret/x/x').skey);
    const { text } = parseNote(checkpoint);
    const strange = addSignatures(checkpoint, cosign(text, other, other, new Date()));
    expect(() => takeIn(court, strange)).toThrow(code('COSIGNATURE_MISSING'));
    const wrong = addSignatures(checkpoint, cosign('other\n', office.witness, office.witness, new Date()));
    expect(() => takeIn(court, wrong)).toThrow(code('CHECKPOINT_WRONG_KEY'));
    expect(court.log.cosignatures()).toEqual([]);
  });

  it.each(['', 'x', 'old 1', 'old 01\n\nx\n', 'old 0\nAAAA\n\nx\n', 'old -1\n\nx\n', 'old 0\n\nnot a note\n'])(
    'cannot be read: %j',
    (text) => {
      const { office } = twoHouses();
      expect(() => witnessed(office, text)).toThrow(code('CHECKPOINT_MALFORMED'));
    },
  );
});

describe('a log that was cut back or forked', () => {
  /** The court's log as it was cosigned, and its station put back from a copy that was made before that. */
  function putBack(): { court: House; older: House; office: House } {
    const { court, office } = twoHouses();
    work(court, 5);
    const older = house(court.log.origin, court);
    work(court, 10);
    takeIn(court, witnessed(office, offer(court, office).text).note);
    return { court, older, office };
  }

  it('is found by the witness when it is shorter', () => {
    const { older, office } = putBack();
    const text = offer(older, office, 0).text;
    expect(() => witnessed(office, text)).toThrow(code('WITNESS_SMALLER', { known: 17, size: 7 }));
    expect(office.witnesses.own.contradictions()).toMatchObject([{ reason: 'smaller', origin: older.log.origin }]);
    expect(actions(office)).toContain('checkpoint.refused');
  });

  it('is found by the witness when it has grown past the head that was seen', () => {
    const { older, office } = putBack();
    work(older, 30);
    expect(() => witnessed(office, offer(older, office, 17).text)).toThrow(
      code('WITNESS_FORK', { known: 17, size: 37 }),
    );
    const [found] = office.witnesses.own.contradictions();
    expect(found).toMatchObject({ reason: 'fork' });
    // Both heads are signed by the court's key: no way out for it.
    for (const note of [found?.known ?? '', found?.brought ?? ''])
      verifyCheckpoint(note, older.log.origin, [parseVkey(older.key.vkey)]);
    expect(office.witnesses.others.seen(older.log.origin)?.size).toBe(17);
  });

  it('is found by the witness when it is another of the same length', () => {
    const { older, office } = putBack();
    work(older, 10);
    expect(() => witnessed(office, offer(older, office, 7).text)).toThrow(
      code('WITNESS_FORK', { known: 17, size: 17 }),
    );
  });

  it('is found by the station itself when its own head comes back', () => {
    const { court, older, office } = putBack();
    const { note } = witnessed(office, offer(court, office).text);
    expect(() => takeIn(older, note)).toThrow(code('LOG_CUT_BACK', { brought: 19, size: 6 }));
    work(older, 30);
    expect(() => takeIn(older, note)).toThrow(code('LOG_FORKED', { size: 19 }));
    expect(actions(older).filter((action) => action === 'checkpoint.contradicted')).toHaveLength(2);
    expect(older.witnesses.own.contradictions().map(({ reason, known }) => [reason, known])).toEqual([
      ['smaller', null],
      ['fork', null],
    ]);
  });

  it('is not said of one whose older file was brought by mistake', () => {
    const { court, office } = twoHouses();
    work(court, 3);
    const first = offer(court, office);
    takeIn(court, witnessed(office, first.text).note);
    work(court, 3);
    takeIn(court, witnessed(office, offer(court, office).text).note);
    expect(() => witnessed(office, first.text)).toThrow(code('WITNESS_SMALLER'));
    expect(office.witnesses.own.contradictions()).toEqual([]);
  });

  it('is refused with a proof that was changed on the way', () => {
    const { court, office } = twoHouses();
    work(court, 5);
    takeIn(court, witnessed(office, offer(court, office).text).note);
    work(court, 9);
    const { old, proof, checkpoint } = parseAddCheckpoint(offer(court, office).text);
    expect(proof.length).toBeGreaterThan(1);
    for (const changed of [proof.slice(1), proof.toReversed(), [], [...proof, Buffer.alloc(32)]]) {
      expect(() => witnessed(office, encodeAddCheckpoint({ old, proof: changed, checkpoint }))).toThrow(
        code('WITNESS_FORK'),
      );
    }
    expect(witnessed(office, encodeAddCheckpoint({ old, proof, checkpoint })).before).toBe(old);
  });
});

it('what was witnessed can be neither changed nor taken away', () => {
  const { court, office } = twoHouses();
  work(court, 3);
  takeIn(court, witnessed(office, offer(court, office).text).note);
  for (const [db, table] of [
    [office.db, 'witness_seen'],
    [court.db, 'witness_cosignatures'],
  ] as const) {
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('stays');
    expect(() => db.exec(`UPDATE ${table} SET size = 1`)).toThrow('stays');
  }
  expect(() => office.db.exec("INSERT INTO witness_seen VALUES ('birret/court/aaaa', 1, 'x', 'x')")).toThrow('stays');
});
