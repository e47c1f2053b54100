import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureExhibitKey } from '../../../src/main/recording/index.ts';
import { attachmentRoom } from '../../support/attachmentRoom.ts';
import { refusalOf } from '../../support/testStation.ts';

let room: Awaited<ReturnType<typeof attachmentRoom>>;
beforeEach(async () => {
  room = await attachmentRoom();
});
afterEach(() => room.end());

const said = Buffer.from('{"said":"the dog of Құралайбекұзақова"}');
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100, 7)]);
const keep = (change: Partial<Parameters<typeof room.attachments.keep>[0]> = {}) =>
  room.attachments.keep(
    {
      ...{ interview: room.interview.id, name: 'preparation.json', mediaType: 'application/json' as const },
      ...{ title: 'What Құралай was told', bytes: said, ...change },
    },
    room.actor,
  );
const ages = (folder: string): string[] =>
  existsSync(join(folder, 'attachments')) ? readdirSync(join(folder, 'attachments')).sort() : [];

describe('keeping', () => {
  it('stores the same age file on both targets, opens it again, and tells the log digests alone', async () => {
    expect(await keep()).toEqual({ file: 'attachments/preparation.json' });
    const [a, b] = room.folders().map((folder) => readFileSync(join(folder, 'attachments/preparation.json.age')));
    expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true);
    expect(a?.includes(said)).toBe(false);
    const opened = await room.attachments.open(room.exhibit, 'attachments/preparation.json', room.vault.identity);
    expect(opened.content.equals(said)).toBe(true);
    expect(room.attachments.of(room.interview.id)).toMatchObject([
      { file: 'attachments/preparation.json', title: 'What Құралай was told', mediaType: 'application/json' },
    ]);
    expect(room.events()).toMatchObject([{ action: 'attachment.kept', details: { targets: 2, bytes: said.length } }]);
    expect(JSON.stringify(room.events())).not.toContain('ралай');
  });

  it('makes one key for all, whoever asks first', async () => {
    const [first, second] = await Promise.all([keep(), ensureExhibitKey(room.keyNeeds, room.exhibit)]);
    const third = await ensureExhibitKey(room.keyNeeds, room.exhibit);
    expect(third.recipient).toBe(second.recipient);
    expect(first.file).toBe('attachments/preparation.json');
    const opened = await room.attachments.open(room.exhibit, first.file, room.vault.identity);
    expect(opened.content.equals(said)).toBe(true);
  });

  it('opens with the age command and the key on the disk', async () => {
    await keep();
    const [folder = ''] = room.folders();
    const vault = join(room.folder, 'vault.txt');
    writeFileSync(vault, `${room.vault.identity}\n`);
    const key = execFileSync('age', ['-d', '-i', vault, join(folder, 'exhibit.key.age')]);
    const file = join(room.folder, 'key.txt');
    writeFileSync(file, key);
    const plain = execFileSync('age', ['-d', '-i', file, join(folder, 'attachments/preparation.json.age')]);
    expect(plain.equals(said)).toBe(true);
  });

  it('gives every file a name of its own, also after one was removed', async () => {
    await keep();
    expect((await keep()).file).toBe('attachments/preparation-2.json');
    await room.attachments.remove(room.exhibit, 'attachments/preparation.json', 'a slip', room.actor);
    expect((await keep()).file).toBe('attachments/preparation-3.json');
    const [folder = ''] = room.folders();
    expect(ages(folder)).toEqual(['preparation-2.json.age', 'preparation-3.json.age']);
    expect(room.events().map(({ action }) => action)).toContain('attachment.removed');
    expect(JSON.stringify(room.events())).not.toContain('a slip');
    const unknown = () => room.attachments.remove(room.exhibit, 'attachments/preparation.json', 'again', room.actor);
    expect(await refusalOf(unknown)).toBe('ATTACHMENT_UNKNOWN');
  });

  it('goes by the content, not by the name', async () => {
    expect((await keep({ name: 'drawing.png', mediaType: 'image/png', bytes: png })).file).toBe(
      'attachments/drawing.png',
    );
    for (const [mediaType, bytes, code] of [
      ['image/png', said, 'ATTACHMENT_TYPE_REFUSED'],
      ['application/json', png, 'ATTACHMENT_TYPE_REFUSED'],
      ['text/plain', Buffer.from([0x61, 0x00, 0x62]), 'ATTACHMENT_TYPE_REFUSED'],
      ['text/plain', Buffer.concat([Buffer.alloc(100, 0x61), Buffer.from([0xff, 0xfe])]), 'ATTACHMENT_TYPE_REFUSED'],
      ['text/plain', Buffer.alloc(0), 'ATTACHMENT_EMPTY'],
      ['text/plain', Buffer.alloc(64 * 1024 * 1024 + 1, 0x61), 'ATTACHMENT_TOO_LARGE'],
    ] as const) {
      expect(await refusalOf(() => keep({ mediaType, bytes }))).toBe(code);
    }
    const [folder = ''] = room.folders();
    expect(ages(folder)).toEqual(['drawing.png.age']);
    expect(room.attachments.of(room.interview.id)).toHaveLength(1);
  });

  it('keeps on one disk while the other is away, and takes nothing when the interview is over', async () => {
    const [, b = ''] = room.folders();
    rmSync(join(b, '..'), { recursive: true });
    await keep();
    expect(room.events()).toMatchObject([{ details: { targets: 1 } }]);
    expect(existsSync(b)).toBe(false);
    expect(room.attachments.storedFiles(room.exhibit, room.folders())).toMatchObject([{ target: 0 }]);
    room.station.db.prepare("UPDATE interviews SET state = 'cancelled'").run();
    expect(await refusalOf(() => keep())).toBe('INTERVIEW_WRONG_STATE');
    room.station.db.prepare("UPDATE exhibits SET state = 'sealed'").run();
    expect(await refusalOf(() => keep())).toBe('ALREADY_SEALED');
  });

  it('follows when the station is given other targets before the recording', async () => {
    await keep();
    const other = ['c', 'd'].map((name) => join(room.folder, name));
    for (const target of other) mkdirSync(target);
    room.setTargets(other);
    await keep();
    const [c = ''] = room.folders();
    expect(ages(c)).toEqual(['preparation-2.json.age', 'preparation.json.age']);
    expect(room.attachments.storedFiles(room.exhibit, room.folders())).toHaveLength(4);
  });
});

describe('a station that ended in between', () => {
  it('takes away what was being written, and what was removed while its disk was away', async () => {
    await keep();
    const insert = `INSERT INTO attachments (exhibit, file, state, title, media_type, kept_by, kept_at)
       VALUES (?, 'attachments/cut.txt', 'keeping', 't', 'text/plain', 'x', 'y')`;
    room.station.db.prepare(insert).run(room.exhibit);
    const [a = '', b = ''] = room.folders();
    writeFileSync(join(a, 'attachments/cut.txt.age'), 'half');
    const before = readFileSync(join(b, 'attachments/preparation.json.age'));
    await room.attachments.remove(room.exhibit, 'attachments/preparation.json', 'a slip', room.actor);
    writeFileSync(join(b, 'attachments/preparation.json.age'), before);
    await room.make().settle();
    expect([ages(a), ages(b)]).toEqual([[], []]);
    expect(room.station.db.prepare("SELECT count(*) FROM attachments WHERE state = 'keeping'").pluck().get()).toBe(0);
  });

  it('leaves nothing where the event cannot be written', async () => {
    const append = room.station.log.append.bind(room.station.log);
    room.station.log.append = () => {
      throw new Error('the disk is full');
    };
    await expect(keep()).rejects.toThrow('full');
    room.station.log.append = append;
    const [a = ''] = room.folders();
    expect(ages(a)).toEqual([]);
    expect((await keep()).file).toBe('attachments/preparation.json');
  });
});
