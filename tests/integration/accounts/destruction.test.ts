import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyDestruction } from '../../../src/main/accounts/index.ts';
import { storedExhibit } from '../../../src/main/archive/storedExhibit.ts';
import { refusalOf, TestStation } from '../../support/testStation.ts';

const exhibit = 'almaty1-2026-000001';
/** Any record will do: it stays. */
const RECORD = 'tests/fixtures/vectors/st1-2026-000001/data/record.json';
const asked = { exhibit, typed: exhibit, reason: 'Retention is over: ruling 12.' };

let station: Awaited<ReturnType<typeof TestStation.ready>>;
let destruction: KeyDestruction;
let disks: string;
let folders: string[];
let clerk: ReturnType<typeof personOf>;
let judge: ReturnType<typeof personOf>;
beforeEach(async () => {
  station = await TestStation.ready();
  const { db, clock } = station;
  destruction = new KeyDestruction({ db, clock, log: () => station.appender, personOf });
  clerk = personOf((await station.person('clerk', 'timur')).id);
  judge = personOf((await station.person('judge', 'zarina')).id);
  disks = mkdtempSync(join(tmpdir(), 'birret-destroy-'));
  folders = ['a', 'b'].map((disk) => join(disks, disk, exhibit));
  for (const folder of folders) {
    mkdirSync(join(folder, 'set-aside-1'), { recursive: true });
    writeFileSync(join(folder, 'exhibit.key.age'), 'closed-to-the-court-7731');
    writeFileSync(join(folder, 'record.json'), '{}');
  }
  writeFileSync(join(folders[0] ?? '', 'set-aside-1', 'exhibit.key.age'), 'closed-to-the-court-7731');
  db.exec(`INSERT INTO cases (id, number, court, opened_at) VALUES ('c', '1', 'C', '')`);
  db.prepare(
    `INSERT INTO exhibits (number, case_id, origin, state, archive, recipient, key_age, folders, record, record_sha256)
     VALUES (?, 'c', 'here', 'sealed', 'accepted', 'age1', ?, ?, ?, '')`,
  ).run(exhibit, Buffer.from('closed-to-the-court-7731'), JSON.stringify(folders), readFileSync(RECORD));
});
afterEach(() => {
  station.stop();
  rmSync(disks, { recursive: true, force: true });
});

const personOf = (id: string) => {
  const { code, name, role } = station.accountStore.get(id);
  return { id, code, name, role };
};
const keyAge = () => station.db.prepare('SELECT key_age FROM exhibits').pluck().get();
const keyFiles = () => folders.filter((folder) => existsSync(join(folder, 'exhibit.key.age'))).length;
const destroy = (by = judge, typed = exhibit) => destruction.destroy({ exhibit, typed }, by);

describe('destroying an exhibit’s key', () => {
  it('takes two people, and then nothing of the key is left on any disk; the record stays', async () => {
    destruction.ask(asked, clerk);
    expect(destruction.state(exhibit, clerk)).toMatchObject({ state: 'asked', own: true, reason: asked.reason });
    expect(await refusalOf(() => destroy(clerk))).toBe('KEY_DESTRUCTION_SAME_PERSON');
    expect(keyFiles()).toBe(2);
    await destroy();
    expect(destruction.state(exhibit, judge)).toMatchObject({ state: 'destroyed', own: false });
    expect(keyAge()).toBeNull();
    expect(keyFiles()).toBe(0);
    expect(existsSync(join(folders[0] ?? '', 'set-aside-1', 'exhibit.key.age'))).toBe(false);
    for (const folder of folders) expect(readFileSync(join(folder, 'record.json'), 'utf8')).toBe('{}');
    expect(station.db.serialize().includes('closed-to-the-court-7731')).toBe(false);
    expect(station.actions().slice(-3)).toEqual([
      'exhibit.key-destruction-asked',
      'exhibit.key-destruction-begun',
      'exhibit.key-destroyed',
    ]);
    // Playing, exporting, checking: all begin with this.
    expect(await refusalOf(() => storedExhibit(station.db, exhibit))).toBe('EXHIBIT_KEY_DESTROYED');
    expect(await refusalOf(() => destroy())).toBe('EXHIBIT_KEY_DESTROYED');
    expect(await refusalOf(() => destruction.ask(asked, clerk))).toBe('EXHIBIT_KEY_DESTROYED');
    expect(await refusalOf(() => destruction.withdraw(exhibit, clerk))).toBe('KEY_DESTRUCTION_NOT_ASKED');
  });

  it('is not done unasked, mistyped, withdrawn, outside the archive, or while a hearing needs it', async () => {
    expect(await refusalOf(() => destroy())).toBe('KEY_DESTRUCTION_NOT_ASKED');
    expect(await refusalOf(() => destruction.ask({ ...asked, typed: `${exhibit}0` }, clerk))).toBe(
      'EXHIBIT_NUMBER_MISTYPED',
    );
    destruction.ask(asked, clerk);
    expect(await refusalOf(() => destruction.ask(asked, judge))).toBe('KEY_DESTRUCTION_ASKED');
    expect(await refusalOf(() => destroy(judge, 'almaty1-2026-000002'))).toBe('EXHIBIT_NUMBER_MISTYPED');
    destruction.withdraw(exhibit, judge);
    expect(await refusalOf(() => destroy())).toBe('KEY_DESTRUCTION_NOT_ASKED');
    destruction.ask(asked, clerk);
    station.db
      .prepare(
        `INSERT INTO hearings (id, case_id, number, judge, planned_at, state) VALUES ('h', 'c', '1', ?, '', 'planned')`,
      )
      .run(judge.id);
    station.db.prepare(`INSERT INTO hearing_exhibits (hearing, exhibit) VALUES ('h', ?)`).run(exhibit);
    expect(await refusalOf(() => destroy())).toBe('EXHIBIT_IN_HEARING');
    station.db.exec(`UPDATE hearings SET state = 'closed'`);
    station.db.exec(`UPDATE exhibits SET archive = 'offered'`);
    expect(await refusalOf(() => destroy())).toBe('EXHIBIT_WRONG_STATE');
    expect([keyAge(), keyFiles()]).toEqual([Buffer.from('closed-to-the-court-7731'), 2]);
  });

  it('does not begin while a disk is away, and is all or nothing with its event', async () => {
    destruction.ask(asked, clerk);
    renameSync(join(disks, 'b'), join(disks, 'away'));
    expect(await refusalOf(() => destroy())).toBe('TARGET_UNUSABLE');
    renameSync(join(disks, 'away'), join(disks, 'b'));
    const failed = station.failNextAppend();
    await expect(destroy()).rejects.toThrow('disk is full');
    expect(failed.action).toBe('exhibit.key-destruction-begun');
    expect([keyAge(), keyFiles()]).toEqual([Buffer.from('closed-to-the-court-7731'), 2]);
    await destroy();
    expect(keyFiles()).toBe(0);
  });

  it('is finished at the next start where a crash came between', async () => {
    destruction.ask(asked, clerk);
    station.db.prepare("UPDATE key_destructions SET state = 'begun', done_by = ?").run(judge.id);
    station.db.exec('UPDATE exhibits SET key_age = NULL');
    renameSync(join(disks, 'b'), join(disks, 'away'));
    await destruction.settle();
    expect(destruction.state(exhibit, clerk).doneAt).toBeNull();
    renameSync(join(disks, 'away'), join(disks, 'b'));
    await destruction.settle();
    expect(keyFiles()).toBe(0);
    expect(destruction.state(exhibit, clerk).doneAt).not.toBeNull();
    expect(station.actions().at(-1)).toBe('exhibit.key-destroyed');
  });
});
