import { createHash } from 'node:crypto';
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newLogKey, newWitnesses, signCheckpoint } from '../../../src/main/custody/index.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { signDetached, verifyDetached } from '../../../src/main/sealing/index.ts';
import { formatReport } from '../../../src/main/verification/index.ts';
import { canonicalBytes } from '../../../src/shared/domain/canonical.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import type { CustodyEvent } from '../../../src/shared/evidence/event.ts';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import type { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { words } from '../../../src/shared/i18n/index.ts';
import { type Insider, insiderStation, resign, writeAnew } from '../../support/insider.ts';
import { hasCommand } from '../../support/openssl.ts';
import { ACTOR, Office } from '../../support/witnessOffice.ts';

const there = hasCommand('openssl');
let insider: Insider;
let one: string;
let two: string;

beforeAll(async () => {
  if (!there) return;
  insider = await insiderStation();
  [one, two] = insider.exhibits;
}, 240_000);
afterEach(async () => {
  if (there) await insider.restore();
});
afterAll(async () => await insider?.end());

const failed = ({ checks }: VerificationResult): string[] =>
  checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
const flip = async (path: string, at = -40): Promise<void> => {
  const file = await open(path, 'r+');
  const where = at < 0 ? (await file.stat()).size + at : at;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, where);
  await file.write(Buffer.of((buffer[0] ?? 0) ^ 1), 0, 1, where);
  await file.close();
};
const on = (exhibit: string, target: 1 | 2, file: string) => join(insider.folderOf(exhibit, target), file);
const swap = async (file: string, targets: readonly (1 | 2)[] = [1, 2]): Promise<void> => {
  for (const target of targets) {
    const [a, b] = [on(one, target, file), on(two, target, file)];
    await rename(a, `${a}.x`);
    await rename(b, a);
    await rename(`${a}.x`, b);
  }
};
const sql = (text: string, ...values: unknown[]): void =>
  insider.database((db) => {
    db.prepare(text).run(...values);
  });
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** The same day, and another room. */
const elsewhere = (event: CustodyEvent): CustodyEvent =>
  event.action === 'interview.planned' && event.subject.id === one
    ? { ...event, details: { ...event.details, room: 'another' } }
    : event;
const sealFiles = async (notes: ReadonlyMap<string, string>): Promise<void> => {
  for (const [exhibit, note] of notes)
    for (const target of [1, 2] as const) await writeFile(on(exhibit, target, 'custody/seal.checkpoint'), note);
};

const TRACKS = ['track.room', 'track.mic1'] as const;
/** The names of these checks of the room's track, or of both, on these disks, in the order of a result. */
const onDisks = (targets: readonly (1 | 2)[], checks: readonly string[], which: readonly string[] = TRACKS): string[] =>
  targets.flatMap((n) => [`stored.${n}`, ...which.flatMap((track) => checks.map((check) => `${track}.${check}.${n}`))]);
const BOTH = [1, 2] as const;
const ROOM = ['track.room'];
const STATION = 'signatures/record.json.station.p7s';
/** The officer's signature by its name in the log, which no change takes away. */
const officer = async (): Promise<string> => {
  const names = await readdir(on(one, 2, 'signatures'));
  return names.find((name) => name.endsWith('.p7s.tsr') && !name.includes('station'))?.slice(0, -4) ?? '';
};
const writeBoth = async (file: string, content: Uint8Array | string): Promise<void> => {
  for (const target of BOTH) await writeFile(on(one, target, file), content);
};
/** The record with another age of the child, put in its place everywhere but under the officer's signature. */
const otherRecord = async (): Promise<Buffer> => {
  const bytes = await readFile(on(one, 1, 'record.json'));
  const record = EvidenceRecord.parse(JSON.parse(bytes.toString('utf8')));
  const other = Buffer.from(canonicalBytes({ ...record, child: { ...record.child, age_years: 16 } }));
  await writeBoth('record.json', other);
  sql('UPDATE exhibits SET record = ?, record_sha256 = ? WHERE number = ?', other, sha256(other), one);
  return other;
};
const resignedByStation = async (): Promise<void> => {
  const record = await otherRecord();
  const signer = readDetachedSigner(await readFile(on(one, 1, STATION)));
  const signingTime = new Date();
  const p7s = signDetached({ content: record, certPem: signer, privateKey: insider.stationKey, signingTime });
  await writeBoth(STATION, p7s);
};
const readDetachedSigner = (p7s: Buffer): string => verifyDetached({ p7s, content: Buffer.alloc(0) }).signer?.pem ?? '';
/** The log written anew without the log's key: the heads that contradict it are thrown away. */
const writtenAnewWithoutKey = (): void =>
  insider.database((db) => {
    writeAnew(db, insider.origin, elsewhere);
    db.exec('DELETE FROM custody_heads');
  });
const writtenAnewWithKey = async (): Promise<void> => {
  await sealFiles(
    insider.database((db) => {
      writeAnew(db, insider.origin, elsewhere);
      return resign(db, insider.signer);
    }),
  );
};
const swapColumns = (column: string): void =>
  insider.database((db) => {
    const get = db.prepare<[string], unknown>(`SELECT ${column} FROM exhibits WHERE number = ?`).pluck();
    const [a, b] = [get.get(one), get.get(two)];
    const put = db.prepare(`UPDATE exhibits SET ${column} = ? WHERE number = ?`);
    put.run(b, one);
    put.run(a, two);
  });

/** What somebody with root changes, and the checks of the first exhibit's verification that find it: these and no others. */
const changes: readonly (readonly [
  string,
  () => Promise<void> | void,
  () => Promise<readonly string[]> | readonly string[],
])[] = [
  // The log's tables.
  [
    'an event’s bytes',
    () => sql(`UPDATE custody_events SET bytes = CAST(replace(bytes, '"v":1', '"v":2') AS BLOB) WHERE idx = 3`),
    () => ['custody.log'],
  ],
  [
    'who did it, in the column alone',
    () => sql("UPDATE custody_events SET actor_id = 'someone' WHERE idx = 3"),
    () => ['custody.log'],
  ],
  ['an event taken out', () => sql('DELETE FROM custody_events WHERE idx = 4'), () => ['custody.log']],
  [
    'two events the other way round',
    () =>
      insider.database((db) => {
        db.exec(
          'UPDATE custody_events SET idx = 9999 WHERE idx = 5; UPDATE custody_events SET idx = 5 WHERE idx = 6; UPDATE custody_events SET idx = 6 WHERE idx = 9999;',
        );
      }),
    () => ['custody.log'],
  ],
  [
    'an event’s place in its exhibit’s sequence',
    () => sql('UPDATE custody_events SET subject_seq = subject_seq + 100 WHERE subject_id = ?', one),
    () => ['custody.log'],
  ],
  [
    'a node of the tree',
    () => sql('UPDATE custody_nodes SET hash = zeroblob(32) WHERE level = 2 AND idx = 0'),
    () => ['custody.log'],
  ],
  [
    'the newest events cut off, with their nodes',
    () =>
      insider.database((db) => {
        const size = db.prepare<[], number>('SELECT count(*) FROM custody_events').pluck().get() ?? 0;
        db.exec(
          `DELETE FROM custody_events WHERE idx >= ${size - 5}; DELETE FROM custody_nodes WHERE (idx + 1) << level > ${size - 5};`,
        );
      }),
    () => ['custody.log'],
  ],
  [
    'a head that was kept, with another root',
    () =>
      insider.database((db) => {
        const other = newLogKey(insider.origin).signer;
        db.prepare('UPDATE custody_heads SET note = ? WHERE rowid = 1').run(
          signCheckpoint({ origin: insider.origin, size: 4, root: Buffer.alloc(32) }, other),
        );
        db.exec('UPDATE custody_heads SET size = 4 WHERE rowid = 1');
      }),
    () => ['custody.log'],
  ],
  [
    'the whole log written anew, heads left as they were',
    () => insider.database((db) => writeAnew(db, insider.origin, elsewhere)),
    () => ['custody.log', 'custody.seal-to-head'],
  ],
  [
    'the whole log written anew without its key, and every kept head thrown away',
    writtenAnewWithoutKey,
    () => ['custody.seal-to-head'],
  ],
  [
    'the same, and the heads on the disks thrown away too',
    async () => {
      writtenAnewWithoutKey();
      sql('UPDATE exhibits SET seal_checkpoint = NULL WHERE number = ?', one);
      for (const target of BOTH) await rm(on(one, target, 'custody/seal.checkpoint'));
    },
    () => ['time.seal.checkpoint', 'custody.seal-to-head'],
  ],
  [
    'the whole log written anew with its own key: the time-stamps stand against it',
    writtenAnewWithKey,
    () => ['time.seal.checkpoint'],
  ],
  [
    'the event of the seal with another digest, all written anew with the log’s key',
    async () => {
      await sealFiles(
        insider.database((db) => {
          writeAnew(db, insider.origin, (event) =>
            event.action === 'exhibit.sealed' && event.subject.id === one
              ? { ...event, details: { ...event.details, record_sha256: 'ab'.repeat(32) } }
              : event,
          );
          return resign(db, insider.signer);
        }),
      );
    },
    () => ['time.seal.checkpoint', 'custody.seal-binding'],
  ],
  // The exhibits' rows.
  [
    'the record in the database',
    () =>
      sql(
        `UPDATE exhibits SET record = CAST(replace(record, '"age_years":9', '"age_years":8') AS BLOB), record_sha256 = ? WHERE number = ?`,
        'ab'.repeat(32),
        one,
      ),
    () => ['record.canonical'],
  ],
  [
    'the record everywhere',
    async () => void (await otherRecord()),
    async () => [
      'signature.record.json.station.p7s.valid',
      `signature.${await officer()}.valid`,
      'custody.seal-binding',
    ],
  ],
  [
    'the record everywhere, signed anew with the station’s key',
    resignedByStation,
    async () => [`signature.${await officer()}.valid`, 'time.record.json.station.p7s', 'custody.seal-binding'],
  ],
  [
    'the keys of two exhibits',
    () => swapColumns('key_age'),
    // The key files on the disks are not those that the database keeps now: neither tracks nor the checklist open.
    () => ['record.canonical', ...onDisks(BOTH, ['parts', 'segments'])],
  ],
  [
    'the folders of two exhibits',
    () => swapColumns('folders'),
    () => [
      'record.canonical',
      'custody.seal-binding',
      'stored.1',
      'track.room.parts.1',
      'stored.2',
      'track.room.parts.2',
      '…',
    ],
  ],
  // The disks.
  [
    'one byte of an age file on the first disk',
    () => flip(on(one, 1, 'tracks/room.mp4.age')),
    () => onDisks([1], ['parts', 'segments'], ROOM),
  ],
  [
    'one byte of an age file on the second disk',
    () => flip(on(one, 2, 'tracks/room.mp4.age')),
    () => onDisks([2], ['parts', 'segments'], ROOM),
  ],
  [
    'one byte of an age file on both',
    async () => {
      for (const target of BOTH) await flip(on(one, target, 'tracks/room.mp4.age'));
    },
    () => onDisks(BOTH, ['parts', 'segments'], ROOM),
  ],
  [
    'an age file thrown away on one disk',
    () => rm(on(one, 2, 'tracks/mic1.mp4.age')),
    () => onDisks([2], ['parts', 'segments'], ['track.mic1']),
  ],
  [
    'the films of two exhibits on both disks',
    () => swap('tracks/room.mp4.age'),
    () => onDisks(BOTH, ['parts', 'segments'], ROOM),
  ],
  [
    'the films of two exhibits with all that belongs to them',
    async () => {
      for (const end of ['mp4.age', 'segments.jsonl', 'heads']) await swap(`tracks/room.${end}`);
    },
    () => onDisks(BOTH, ['parts', 'segments', 'merkle', 'heads'], ROOM),
  ],
  [
    'the lists of segments of two exhibits',
    () => swap('tracks/room.segments.jsonl'),
    () => onDisks(BOTH, ['segments', 'merkle', 'heads'], ROOM).filter((name) => !name.startsWith('stored')),
  ],
  [
    'the recorder’s heads of two exhibits',
    () => swap('tracks/room.heads'),
    () => ['track.room.heads.1', 'track.room.heads.2'],
  ],
  ['the recorder’s heads on one disk', () => swap('tracks/room.heads', [2]), () => ['stored.2', 'track.room.heads.2']],
  [
    'the station’s signatures of two exhibits',
    () => swap(STATION),
    () => ['signature.record.json.station.p7s.valid', 'time.record.json.station.p7s', 'custody.seal-binding'],
  ],
  [
    'the officer’s signature thrown away',
    async () => {
      for (const target of BOTH) await rm(on(one, target, `signatures/${await officer()}`));
    },
    async () => [
      `signature.${await officer()}.valid`,
      `signature.${await officer()}.trusted`,
      `time.${await officer()}`,
      'custody.seal-binding',
    ],
  ],
  [
    'the records of two exhibits',
    () => swap('record.json'),
    async () => [
      'record.canonical',
      'signature.record.json.station.p7s.valid',
      `signature.${await officer()}.valid`,
      'custody.seal-binding',
      '…',
    ],
  ],
  ['the time-stamps of two exhibits', () => swap(`${STATION}.tsr`), () => ['time.record.json.station.p7s']],
  [
    'a later time-stamp of the same authority in the place of the first',
    async () => {
      await writeBoth(`${STATION}.tsr`, await readFile(insider.tsa.tsa.stamp(on(one, 1, STATION))));
    },
    () => ['time.record.json.station.p7s'],
  ],
  [
    'another time-stamp on the second disk',
    async () => {
      await writeFile(on(one, 2, `${STATION}.tsr`), await readFile(insider.tsa.tsa.stamp(on(one, 2, STATION))));
    },
    () => ['stored.2'],
  ],
  [
    'the head after the seal of another log',
    async () => {
      const other = newLogKey(insider.origin).signer;
      await writeBoth(
        'custody/seal.checkpoint',
        signCheckpoint({ origin: insider.origin, size: 1, root: Buffer.alloc(32) }, other),
      );
    },
    () => ['time.seal.checkpoint', 'custody.seal-to-head'],
  ],
];

describe.skipIf(!there)('somebody with root, sqlite3 and every key (needs openssl)', () => {
  it('has done nothing yet: both exhibits are whole and trusted', async () => {
    for (const exhibit of insider.exhibits) {
      const result = await insider.verified(exhibit);
      expect(failed(result)).toEqual([]);
      expect(result.outcome).toBe('trusted');
    }
  });

  it.each(changes)('%s: found', async (_what, change, checks) => {
    await change();
    const found = failed(await insider.verified(one));
    const named = await checks();
    if (named.at(-1) === '…') expect(found).toEqual(expect.arrayContaining(named.slice(0, -1)));
    else expect(found).toEqual(named);
  });

  it('an interview of the first exhibit changed in a log written anew with its own key: found at the second, whose signed record quotes a head of before', async () => {
    await writtenAnewWithKey();
    expect(failed(await insider.verified(two))).toEqual(['time.seal.checkpoint', 'custody.seal-to-head']);
  });

  it('a time-stamp thrown away: what the log tells of and is not here is an open question', async () => {
    for (const target of BOTH) await rm(on(one, target, `${STATION}.tsr`));
    const result = await insider.verified(one);
    expect(result.outcome).toBe('unestablished');
    expect(result.checks.find(({ name }) => name === 'time.record.json.station.p7s')).toMatchObject({
      status: 'not-checked',
      mandatory: true,
      reason: { code: 'token-missing' },
    });
  });
});

describe.skipIf(!there)('what the station alone cannot see, and says that it cannot (needs openssl)', () => {
  let office: Office;
  let cosigned: string;
  beforeAll(() => {
    if (!there) return;
    office = new Office(insider.signer.vkey);
    cosigned = insider.database((_db, log) => office.shown(log, insider.signer));
    expect(cosigned).toContain(office.vkey.split('+')[0]);
  });
  afterAll(() => office?.close());

  const quiet = async (exhibit: string): Promise<VerificationResult> => {
    const result = await insider.verified(exhibit);
    expect(failed(result)).toEqual([]);
    expect(result.summary.remarks).toContain('no-witness');
    for (const language of ['en', 'ru', 'kk'] as const)
      expect(formatReport(result, language)).toContain(words[language].verify.remark['no-witness']);
    return result;
  };
  /** What the office says to the head of today, and what the station is told that gets the office's note back. */
  const compared = (): readonly [string, string] =>
    insider.database((db, log) => {
      const own = newWitnesses({ db, log: () => log, clock: systemClock });
      own.keys.trust('Office', office.vkey, ACTOR);
      const said = office.shown(log, insider.signer);
      try {
        own.own.takeIn(cosigned, insider.signer.vkey, ACTOR);
        return [said, 'taken in'];
      } catch (error) {
        if (isRefusal(error)) return [said, error.code];
        throw error;
      }
    });
  const newestNotStamped = (): void =>
    insider.database((db) => {
      const gone = db.prepare<[string], number>(
        "SELECT max(idx) FROM custody_events WHERE action = 'exhibit.sealed' AND subject_id = ?",
      );
      const size = (gone.pluck().get(two) ?? 0) + 2;
      db.exec(`DELETE FROM custody_events WHERE idx >= ${size};
        DELETE FROM custody_nodes WHERE ((idx + 1) << level) > ${size};
        DELETE FROM custody_heads WHERE size > ${size};`);
    });

  it('nothing was changed: the office cosigns again', () => {
    expect(compared()).toEqual([expect.stringContaining('office.example'), 'taken in']);
  });

  it('the log cut back to the newest seal, and what was kept of the rest: found by whoever holds a later head', async () => {
    newestNotStamped();
    for (const exhibit of insider.exhibits) await quiet(exhibit);
    expect(compared()).toEqual(['WITNESS_SMALLER', 'LOG_CUT_BACK']);
  });

  it('the newest exhibit’s story written anew with the log’s own key, its time-stamps thrown away: found by whoever holds a head of before', async () => {
    const stamped = (event: CustodyEvent) => event.action === 'timestamp.obtained' && event.subject.id === two;
    const notes = insider.database((db) => {
      writeAnew(db, insider.origin, (event) => {
        if (stamped(event)) return { ...event, action: 'timestamp.deferred', details: { reason: 'queued' } };
        const planned = event.action === 'interview.planned' && event.subject.id === two;
        return planned ? { ...event, details: { ...event.details, room: 'another' } } : event;
      });
      return resign(db, insider.signer);
    });
    await sealFiles(notes);
    for (const target of BOTH) {
      for (const name of await readdir(on(two, target, 'signatures')))
        if (name.endsWith('.tsr')) await rm(on(two, target, `signatures/${name}`));
      await rm(on(two, target, 'custody/seal.checkpoint.tsr'));
    }
    const { summary } = await quiet(two);
    expect(summary.remarks).toContain('no-outside-time');
    expect(compared()).toEqual(['WITNESS_FORK', 'LOG_FORKED']);
  });

  it('the whole database of yesterday: an exhibit that is not there any more, and a head that was further', async () => {
    await insider.rollBack();
    await quiet(one);
    await expect(insider.verified(two)).rejects.toSatisfy((error) => isRefusal(error, 'EXHIBIT_UNKNOWN'));
    expect((await readdir(insider.folderOf(two, 1))).length).toBeGreaterThan(0);
    expect(compared()).toEqual(['WITNESS_SMALLER', 'LOG_CUT_BACK']);
  });
});
