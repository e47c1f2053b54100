import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statedFiles } from '../../../src/main/archive/levelling/wantedFiles.ts';
import { type Adder, Supplements } from '../../../src/main/attachments/index.ts';
import { newLog } from '../../../src/main/platform/log.ts';
import { certificateFiles, ExhibitRows, ensureExhibitKey, openExhibitKey } from '../../../src/main/recording/index.ts';
import { verifyDetached } from '../../../src/main/sealing/index.ts';
import { attachmentRoom } from '../../support/attachmentRoom.ts';
import { newStationKeys } from '../../support/stationKeys.ts';
import { refusalOf } from '../../support/testStation.ts';

const RECORD = 'ab'.repeat(32);
let room: Awaited<ReturnType<typeof attachmentRoom>>;
let by: Adder;
let stamped: string[];
let make: () => Supplements;

beforeEach(async () => {
  room = await attachmentRoom();
  const keys = await newStationKeys(room.station.clock.now());
  const key = await ensureExhibitKey(room.keyNeeds, room.exhibit);
  for (const folder of room.folders()) mkdirSync(folder);
  const { db, clock } = room.station;
  db.prepare("UPDATE exhibits SET state = 'sealed' WHERE number = ?").run(room.exhibit);
  const chainPem = [keys.ca.certPem];
  by = { code: 'inv-01', role: 'investigator', chainPem, ...keys.officer };
  stamped = [];
  const rows = new ExhibitRows(db);
  make = () =>
    new Supplements({
      ...{ db, clock, log: newLog('test', 'silent') },
      get custody() {
        return room.station.log;
      },
      stored: (number) => ({
        ...{ number, recordSha256: RECORD, keyAge: key.keyAge, allFolders: room.folders() },
        folders: room.folders().filter((folder) => existsSync(folder)),
      }),
      foldersOf: (number) => rows.get(number).folders,
      recipientOf: () => key.recipient,
      stationSigner: () => ({ code: 'station', chainPem, ...keys.station }),
      certificateFiles,
      timestamps: { add: ({ file }) => void stamped.push(file), nudge: () => undefined },
      openKey: openExhibitKey,
    });
});
afterEach(() => room.end());

const file = (text: string) => ({
  ...{ name: 'protocol.txt', mediaType: 'text/plain', title: 'Хаттама' },
  plain: [Buffer.from(text)],
});
const add = (...texts: string[]) => make().add({ exhibit: room.exhibit, files: texts.map(file) }, by);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const names = (folder: string): string[] =>
  existsSync(join(folder, 'supplements')) ? readdirSync(join(folder, 'supplements')).sort() : [];
const events = () =>
  room.station.log
    .eventsOf({ type: 'exhibit', id: room.exhibit })
    .map(({ event }) => event)
    .filter(({ action }) => action === 'supplement.added');

describe('supplements', () => {
  it('follow one another, each signed twice and told of by its digests', async () => {
    const first = await add('one', 'two');
    const second = await add('three');
    expect([first.n, second.n]).toEqual([1, 2]);
    expect(first.statement).toMatchObject({ prev: null, record_sha256: RECORD, exhibit: room.exhibit });
    expect(second.statement.prev).toBe(first.sha256);
    expect(first.statement.attachments.map((one) => one.file)).toEqual(['1/protocol.txt', '1/protocol-2.txt']);
    for (const folder of room.folders()) {
      const content = readFileSync(join(folder, 'supplements/1.json'));
      for (const signer of ['station', 'inv-01']) {
        const p7s = readFileSync(join(folder, `supplements/1.json.${signer}.p7s`));
        expect(verifyDetached({ p7s, content }).valid).toBe(true);
      }
      expect(readFileSync(join(folder, 'supplements/1/protocol.txt.age')).includes('one')).toBe(false);
    }
    expect(events().map(({ details }) => [details['n'], details['supplement_sha256']])).toEqual([
      [1, first.sha256],
      [2, second.sha256],
    ]);
    expect(JSON.stringify(events())).not.toContain('Хаттама');
    expect(stamped).toHaveLength(4);
    const { content } = await make().open(room.exhibit, '1/protocol-2.txt', room.vault.identity);
    expect(content.toString()).toBe('two');
    const unknown = () => make().open(room.exhibit, '9/protocol.txt', room.vault.identity);
    expect(await refusalOf(unknown)).toBe('SUPPLEMENT_UNKNOWN');
  });

  it('leave nothing that counts where they are cut off, and the number is given again', async () => {
    await add('one');
    const append = room.station.log.append.bind(room.station.log);
    room.station.log.append = () => {
      throw new Error('the disk is full');
    };
    await expect(add('two')).rejects.toThrow('full');
    room.station.log.append = append;
    const [a = ''] = room.folders();
    expect(names(a).filter((name) => name.startsWith('2'))).toEqual([]);
    // The process ended between the files and the event.
    const insert = "INSERT INTO supplements (exhibit, n, state, added_by, begun_at) VALUES (?, 2, 'adding', 'x', 'y')";
    room.station.db.prepare(insert).run(room.exhibit);
    mkdirSync(join(a, 'supplements/2'));
    writeFileSync(join(a, 'supplements/2/protocol.txt.age'), 'half');
    writeFileSync(join(a, 'supplements/2.json'), '{}');
    await make().settle();
    expect(names(a)).toEqual(['1', '1.json', '1.json.inv-01.p7s', '1.json.station.p7s']);
    expect((await add('two')).n).toBe(2);
    expect(events()).toHaveLength(2);
  });

  it('refuse what is no file of theirs, and take nothing of the rest', async () => {
    const files = [file('one'), { ...file('two'), plain: [Buffer.from([0x61, 0x00])] }];
    const refused = () => make().add({ exhibit: room.exhibit, files }, by);
    expect(await refusalOf(refused)).toBe('ATTACHMENT_TYPE_REFUSED');
    expect(room.folders().flatMap(names)).toEqual([]);
    expect(events()).toEqual([]);
  });

  it('are wanted on the disk that was away, with the digests of the event', async () => {
    const [, b = ''] = room.folders();
    rmSync(b, { recursive: true });
    const { sha256: digest } = await add('one');
    expect(events()[0]?.details['stored']).toMatchObject([{ target: 0, file: 'supplements/1/protocol.txt.age' }]);
    room.station.log.append({
      action: 'exhibit.sealed',
      actor: room.actor,
      subject: { type: 'exhibit', id: room.exhibit },
      details: { p7s: [], stored: [] },
    });
    const known = { number: room.exhibit, origin: 'here', recordBytes: 1, recordSha256: RECORD } as const;
    const wanted = statedFiles(room.station.log, { ...known, keyAge: Buffer.from('k'), folders: room.folders() });
    expect(wanted.map(({ path }) => path)).toEqual([
      'supplements/1/protocol.txt.age',
      'supplements/1.json.station.p7s',
      'supplements/1.json.inv-01.p7s',
      'supplements/1.json',
      'record.json',
      'exhibit.key.age',
    ]);
    expect(wanted.find(({ path }) => path === 'supplements/1.json')?.sha256).toBe(digest);
    const [a = ''] = room.folders();
    expect(sha256(readFileSync(join(a, 'supplements/1.json')))).toBe(digest);
  });
});
