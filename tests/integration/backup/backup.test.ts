import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkBackup, restoreBackup } from '../../../src/main/backup/index.ts';
import { openDatabase } from '../../../src/main/database/index.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { backupHouse, CLERK, EXHIBIT, sha256 } from '../../support/backupHouse.ts';
import { mountSkipReason, mountSmall } from '../../support/mounts.ts';

const noMount = mountSkipReason();
if (noMount !== null) process.stderr.write(`skipped: a backup onto a full disk: ${noMount}\n`);
const ROOM = `exhibits/${EXHIBIT}/tracks/room.mp4.age`;
const silent = () => ({ signal: new AbortController().signal, progress: () => undefined });
const control = { signal: new AbortController().signal, onFile: () => undefined };

let folder: string;
let disk: string;
let house: Awaited<ReturnType<typeof backupHouse>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-backup-'));
  disk = join(folder, 'disk');
  house = await backupHouse(folder);
});
afterEach(async () => {
  house.db.close();
  await rm(folder, { recursive: true, force: true });
});

const made = async (options = {}, media = true) =>
  await house.service(options).make({ folder: disk, media }, CLERK, silent());

describe('a backup', () => {
  it('holds the database, the exhibits and the signed head; the log tells of it before and after', async () => {
    const { path, manifestSha256, logSize, ...rest } = await made();
    expect(rest).toMatchObject({ signed: true, exhibits: 1, linkedBytes: 0, leftOut: [], sameDisk: false });
    expect(readdirSync(path).sort()).toEqual(
      ['backup.json', 'exhibits', 'log.checkpoint', 'manifest-sha256.txt', 'station.db'].sort(),
    );
    const checked = await checkBackup(path, control);
    expect(checked).toMatchObject({ problems: [], signed: true, statement: { log: { size: logSize } } });
    expect(house.actions().slice(-2)).toEqual(['station.backup-begun', 'station.backed-up']);
    expect(house.log.event(house.log.size() - 1)?.event.details).toMatchObject({
      manifest_sha256: manifestSha256,
      size: logSize,
    });
    expect(house.service().last()).toMatchObject({ media: true, leftOut: 0 });
  });

  it('shares with the one before what has not changed', async () => {
    const first = await made();
    const look = await house.service().look(disk);
    expect(look).toMatchObject({ freshBytes: 2, mediaBytes: (2 << 20) + (1 << 18) + 2 });
    const second = await made();
    expect(statSync(join(second.path, ROOM)).ino).toBe(statSync(join(first.path, ROOM)).ino);
    expect(second.linkedBytes).toBe((2 << 20) + (1 << 18));
    rmSync(first.path, { recursive: true });
    expect(await checkBackup(second.path, control)).toMatchObject({ problems: [] });
  });

  it('does not share what was cut short in the one before', async () => {
    const first = await made();
    truncateSync(join(first.path, ROOM), 1000);
    const second = await made();
    expect(sha256(readFileSync(join(second.path, ROOM)))).toBe(
      sha256(house.files.get('tracks/room.mp4.age') ?? Buffer.of()),
    );
  });

  it('takes each file from a disk where it is what the log says; says what no disk has', async () => {
    const [a = '', b = ''] = house.targets;
    writeFileSync(join(a, EXHIBIT, 'tracks/room.mp4.age'), Buffer.alloc(2 << 20));
    writeFileSync(join(b, EXHIBIT, 'tracks/mic1.mp4.age'), 'cut');
    rmSync(join(a, EXHIBIT, 'tracks/mic1.mp4.age'));
    const { path, leftOut } = await made();
    expect(leftOut).toEqual([`${EXHIBIT}/tracks/mic1.mp4.age`]);
    expect(sha256(readFileSync(join(path, ROOM)))).toBe(sha256(house.files.get('tracks/room.mp4.age') ?? Buffer.of()));
    const { problems, statement } = await checkBackup(path, control);
    expect({ problems, left: statement.exhibits[0]?.left_out }).toEqual({
      problems: [],
      left: ['tracks/mic1.mp4.age'],
    });
    expect(house.service().last()).toMatchObject({ leftOut: 1 });
  });

  it('can leave the recordings out, and be made while nobody has opened the station’s keys', async () => {
    const { path, signed } = await made({ keysOpen: false }, false);
    expect(signed).toBe(false);
    expect(existsSync(join(path, 'exhibits'))).toBe(false);
    expect(await checkBackup(path, control)).toMatchObject({
      problems: [],
      signed: false,
      statement: { media: false },
    });
  });

  it('says that the folder lies on a disk of the station', async () => {
    expect(await house.service({ device: () => 'one' }).look(disk)).toMatchObject({ sameDisk: true });
    expect(await made({ device: () => 'one' })).toMatchObject({ sameDisk: true });
  });
});

describe('a backup that cannot be made', () => {
  const refused = async (options: Parameters<typeof house.service>[0], code: string, at = disk) => {
    await expect(house.service(options).make({ folder: at, media: true }, CLERK, silent())).rejects.toMatchObject({
      code,
    });
  };

  it('in the station’s own folder or in a target', async () => {
    for (const path of [house.own, join(house.own, 'deep/er'), join(house.targets[0] ?? '', 'x')])
      await refused({}, 'BACKUP_DESTINATION_INSIDE', path);
    expect(house.actions()).not.toContain('station.backup-begun');
  });

  it('where nothing can be written', async () => {
    writeFileSync(disk, 'a file');
    await refused({}, 'BACKUP_DESTINATION_UNUSABLE');
  });

  it('without room: asked for before anything is written', async () => {
    await refused({ free: 1 << 20 }, 'BACKUP_NO_ROOM');
    expect(readdirSync(disk)).toEqual([]);
    expect(house.log.event(house.log.size() - 1)?.event).toMatchObject({
      action: 'station.backup-failed',
      details: { code: 'BACKUP_NO_ROOM' },
    });
  });

  it.skipIf(noMount !== null)('onto a disk that becomes full; an earlier backup stays', async () => {
    const unmount = mountSmall(disk, 6 << 20);
    try {
      const first = await made();
      rmSync(join(first.path, ROOM));
      writeFileSync(join(disk, 'something else'), Buffer.alloc(4 << 20));
      await refused({}, 'BACKUP_DISK_FULL');
      expect(readdirSync(disk).filter((name) => name.includes('birret'))).toEqual([first.path.split('/').at(-1)]);
    } finally {
      unmount();
    }
  });

  it('onto a disk that is pulled away meanwhile', async () => {
    let asked = 0;
    const recording = () => {
      asked += 1;
      if (asked === 2) rmSync(disk, { recursive: true });
      return false;
    };
    await refused({ recording }, 'BACKUP_DESTINATION_LOST');
    expect(existsSync(disk)).toBe(false);
    expect(house.actions().at(-1)).toBe('station.backup-failed');
  });

  it('while a room is in use', async () => {
    await refused({ recording: () => true }, 'BACKUP_WHILE_RECORDING');
  });

  it('when it is called off: nothing is left of it, and of one that was cut off neither', async () => {
    const abort = new AbortController();
    const progress = (done: number) => (done > 0.2 ? abort.abort() : undefined);
    const making = house.service().make({ folder: disk, media: true }, CLERK, { signal: abort.signal, progress });
    await expect(making).rejects.toMatchObject({ code: 'JOB_CANCELLED' });
    expect(readdirSync(disk)).toEqual([]);
    await mkdir(join(disk, '.birret-st1-20260101T000000000Z.unfinished'));
    await mkdir(join(disk, '.birret-other-20260101T000000000Z.unfinished'));
    await made();
    expect(readdirSync(disk).filter((name) => name.startsWith('.'))).toEqual([
      '.birret-other-20260101T000000000Z.unfinished',
    ]);
  });
});

/** Changes a database of a backup as somebody with root would, and makes the manifest say so. */
function asInsider(path: string, sql: string): void {
  const db = openDatabase(join(path, 'station.db'));
  for (const name of db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
    db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
  db.pragma('journal_mode = DELETE');
  db.close();
  rewriteManifest(path, 'station.db');
}

function rewriteManifest(path: string, file: string): void {
  const manifest = join(path, 'manifest-sha256.txt');
  const line = new RegExp(`^[0-9a-f]{64}(?=  ${file}$)`, 'm');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(line, sha256(readFileSync(join(path, file)))));
}

describe('the check of a backup', () => {
  it.each<[string, string, string, (path: string) => void]>([
    ['a changed recording', 'differs', ROOM, (path) => writeFileSync(join(path, ROOM), Buffer.alloc(2 << 20))],
    ['a recording that is gone', 'missing', ROOM, (path) => rmSync(join(path, ROOM))],
    ['a file too many', 'unlisted', 'exhibits/more', (path) => writeFileSync(join(path, 'exhibits/more'), 'x')],
    ['a changed database', 'differs', 'station.db', (path) => truncateSync(join(path, 'station.db'), 8192)],
    [
      'a changed entry of its log, the manifest made to fit',
      'log',
      'station.db',
      (path) => asInsider(path, "UPDATE custody_events SET actor_id = 'nobody' WHERE idx = 1"),
    ],
    [
      'a log that was cut back, the manifest made to fit',
      'log',
      'station.db',
      (path) => asInsider(path, 'DELETE FROM custody_events WHERE idx = (SELECT max(idx) FROM custody_events)'),
    ],
    [
      'another size in its statement, the manifest made to fit',
      'head',
      'station.db',
      (path) => {
        const file = join(path, 'backup.json');
        writeFileSync(file, readFileSync(file, 'utf8').replace(/"size":3/, '"size":2'));
        rewriteManifest(path, 'backup.json');
      },
    ],
    [
      'another signed head, the manifest made to fit',
      'checkpoint',
      'log.checkpoint',
      (path) => {
        writeFileSync(join(path, 'log.checkpoint'), house.log.checkpoint(house.key.signer, 1));
        rewriteManifest(path, 'log.checkpoint');
      },
    ],
  ])('finds %s', async (_, what, file, spoil) => {
    const { path } = await made();
    spoil(path);
    const { problems } = await checkBackup(path, control);
    expect(problems).toContainEqual(expect.objectContaining({ what, file }));
    const restoring = restoreBackup({
      folder: path,
      into: join(folder, 'new'),
      targets: [],
      clock: systemClock,
      ...control,
    });
    await expect(restoring).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  it('refuses what is no backup, and one of a newer program', async () => {
    await expect(checkBackup(folder, control)).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
    const { path } = await made();
    const file = join(path, 'backup.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"schema":\d+/, '"schema":99999'));
    await expect(checkBackup(path, control)).rejects.toMatchObject({ code: 'STATION_FROM_THE_FUTURE' });
  });
});

describe('a station made of a backup', () => {
  const restoring = (path: string, targets: readonly string[] = [], into = join(folder, 'new')) =>
    restoreBackup({ folder: path, into, targets, clock: systemClock, ...control });

  it('has its recordings on its own targets, or on those that were named', async () => {
    const { path } = await made();
    const { targets } = await restoring(path);
    expect(targets).toEqual(['a', 'b'].map((name) => join(folder, 'new/targets', name)));
    for (const target of targets)
      expect(readFileSync(join(target, EXHIBIT, 'tracks/room.mp4.age'))).toEqual(
        house.files.get('tracks/room.mp4.age'),
      );
    const db = openDatabase(join(folder, 'new/station.db'));
    expect(db.prepare('SELECT folders FROM exhibits').pluck().get()).toBe(
      JSON.stringify(targets.map((target) => join(target, EXHIBIT))),
    );
    expect(db.prepare("SELECT count(*) FROM station WHERE key = 'restored'").pluck().get()).toBe(1);
    db.close();
  });

  it('leaves alone what a disk already holds, and refuses a disk that holds something else', async () => {
    const { path } = await made();
    const [a = ''] = house.targets;
    await restoring(path, [a]);
    rmSync(join(folder, 'new'), { recursive: true });
    truncateSync(join(a, EXHIBIT, 'tracks/room.mp4.age'), 10);
    await expect(restoring(path, [a])).rejects.toMatchObject({ code: 'RESTORE_TARGET_DIFFERS' });
    expect(statSync(join(a, EXHIBIT, 'tracks/room.mp4.age')).size).toBe(10);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  it('is not written over anything: not a folder with something in it, not a station that runs', async () => {
    const { path } = await made();
    await expect(restoring(path, [], house.own)).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
    expect(readdirSync(house.own)).toContain('station.db');
  });

  it.skipIf(noMount !== null)('is not there at all where its disk becomes full', async () => {
    const { path } = await made();
    const small = join(folder, 'small');
    const unmount = mountSmall(small, 3 << 20);
    try {
      await expect(restoring(path, [], join(small, 'new'))).rejects.toMatchObject({ code: 'RESTORE_FAILED' });
      expect(readdirSync(small)).toEqual([]);
    } finally {
      unmount();
    }
  });
});
