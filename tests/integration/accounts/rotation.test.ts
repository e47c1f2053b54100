import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyRotation, type OpenKeys, type Person, requireFacts } from '../../../src/main/accounts/index.ts';
import { newExhibitKey } from '../../../src/main/recording/index.ts';
import { openSecret, recipientOf, sealSecret } from '../../../src/main/vault/index.ts';
import { passwords, refusalOf, TestStation } from '../../support/testStation.ts';

const EXHIBITS = 4;

let station: Awaited<ReturnType<typeof TestStation.ready>>;
let rotation: KeyRotation;
let holder: { person: Person; keys: OpenKeys };
let disks: string;
let busy = false;
beforeEach(async () => {
  station = await TestStation.ready();
  rotation = rotationOf(station);
  holder = await station.signIn('daniyar', passwords.keyHolder);
  disks = mkdtempSync(join(tmpdir(), 'birret-rotation-'));
  busy = false;
  await fill();
});
afterEach(() => {
  station.stop();
  rmSync(disks, { recursive: true, force: true });
});

const rotationOf = ({ db, ring, clock, log }: TestStation) =>
  new KeyRotation({ db, ring, clock, log: () => log, busy: () => busy, settlesMs: 0 });
const foldersOf = (n: number) => ['a', 'b'].map((disk) => join(disks, disk, `almaty1-2026-00000${n}`));
const number = (n: number) => `almaty1-2026-00000${n}`;

/** Exhibits with their key files on two disks, and the sealed names of a child and somebody present. */
async function fill(): Promise<void> {
  const { db } = station;
  const { vaultRecipient, recoveryRecipient } = requireFacts(db);
  db.exec(`INSERT INTO cases (id, number, court, opened_at) VALUES ('c', '1', 'C', '')`);
  const name = await sealSecret(Buffer.from('a name'), [vaultRecipient]);
  db.prepare(
    `INSERT INTO children (id, case_id, code, status, identity, identity_commitment, added_at) VALUES ('k', 'c', 'k', 'victim', ?, '', '')`,
  ).run(name);
  for (let n = 1; n <= EXHIBITS; n++) {
    const { recipient, keyAge } = await newExhibitKey({ vault: vaultRecipient, recovery: recoveryRecipient });
    for (const folder of foldersOf(n)) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'exhibit.key.age'), keyAge);
    }
    db.prepare(
      `INSERT INTO exhibits (number, case_id, origin, state, recipient, key_age, folders) VALUES (?, 'c', 'here', 'sealed', ?, ?, ?)`,
    ).run(number(n), recipient, Buffer.from(keyAge), JSON.stringify(foldersOf(n)));
  }
}

const keyOf = (n: number) =>
  station.db.prepare('SELECT key_age FROM exhibits WHERE number = ?').pluck().get(number(n)) as Buffer;
const nameOf = () => station.db.prepare('SELECT identity FROM children').pluck().get() as Buffer;
const fileOf = (n: number, disk: 0 | 1) => readFileSync(join(foldersOf(n)[disk] ?? '', 'exhibit.key.age'));
const work = (withoutAway = false, abort = new AbortController(), progress: (done: number) => void = () => undefined) =>
  rotation.work(holder.person, holder.keys, withoutAway, { signal: abort.signal, progress });
const begin = () => rotation.begin(holder.person, holder.keys);
const opened = async (sealed: Uint8Array, identity: string) => (await openSecret(sealed, identity)).toString();
const left = () => rotation.state().vault.rotation?.left ?? 0;

describe('a new identity of the vault', () => {
  it('opens everything alone in the end, in the database and on each disk, and the old one nothing', async () => {
    const old = await holder.keys.vaultIdentity();
    const before = await opened(keyOf(1), old);
    await begin();
    // While it goes on everything opens, what is new and what is old.
    expect(left()).toBe(EXHIBITS + 1);
    expect(await opened(keyOf(1), await holder.keys.vaultIdentity())).toBe(before);
    expect(await work()).toEqual({ left: 0, away: [] });
    expect(rotation.state().vault.rotation).toBeNull();
    const fresh = await holder.keys.vaultIdentity();
    expect(fresh.split('\n').length).toBe(1);
    expect(await recipientOf(fresh)).toBe(requireFacts(station.db).vaultRecipient);
    expect(await opened(keyOf(1), fresh)).toBe(before);
    for (let n = 1; n <= EXHIBITS; n++) {
      for (const disk of [0, 1] as const) expect(fileOf(n, disk).equals(keyOf(n))).toBe(true);
      expect(await refusalOf(() => openSecret(keyOf(n), old))).toBe('AGE_WRONG_KEY');
    }
    expect(await opened(nameOf(), fresh)).toBe('a name');
    expect(await refusalOf(() => openSecret(nameOf(), old))).toBe('AGE_WRONG_KEY');
    expect(station.actions().slice(-2)).toEqual(['vault.rotation-begun', 'vault.rotated']);
    // Once more, after the first.
    await begin();
    expect(await work()).toEqual({ left: 0, away: [] });
  });

  it('goes on after it was interrupted, over a restart too, by another key holder', async () => {
    await begin();
    const abort = new AbortController();
    const stopped = work(false, abort, () => abort.abort(new Error('interrupted')));
    await expect(stopped).rejects.toThrow('interrupted');
    const rest = left();
    expect(rest).toBeGreaterThan(0);
    expect(rest).toBeLessThan(EXHIBITS + 1);
    expect(await refusalOf(begin)).toBe('ROTATION_UNFINISHED');
    const judge = await station.person('judge', 'zarina');
    await station.accounts.grant(judge.id, holder.person, holder.keys);
    const after = new TestStation(station);
    rotation = rotationOf(after);
    holder = await after.signIn('zarina');
    expect(await work()).toEqual({ left: 0, away: [] });
    expect(await opened(nameOf(), await holder.keys.vaultIdentity())).toBe('a name');
    expect(station.actions().at(-1)).toBe('vault.rotated');
  });

  it('waits for a disk that is away, or goes on without it when that is said', async () => {
    const old = await holder.keys.vaultIdentity();
    const [folder = ''] = foldersOf(2);
    renameSync(join(disks, 'a'), join(disks, 'away'));
    await begin();
    expect(await work()).toEqual({
      left: EXHIBITS,
      away: foldersOf(1)
        .slice(0, 1)
        .concat(folder, ...[3, 4].map((n) => foldersOf(n)[0] ?? '')),
    });
    expect((await holder.keys.vaultIdentity()).endsWith(old)).toBe(true);
    renameSync(join(disks, 'away'), join(disks, 'a'));
    expect(await work()).toEqual({ left: 0, away: [] });
    expect(fileOf(2, 0).equals(keyOf(2))).toBe(true);
    renameSync(join(disks, 'a'), join(disks, 'away'));
    await begin();
    expect(await work(true)).toMatchObject({ left: 0 });
    expect(await opened(keyOf(2), await holder.keys.vaultIdentity())).toMatch(/^AGE-SECRET-KEY-1/);
  });

  it('leaves a recording that begins alone, and keeps the old identity until that is done', async () => {
    const old = await holder.keys.vaultIdentity();
    station.db.prepare("UPDATE exhibits SET state = 'planned' WHERE number = ?").run(number(3));
    busy = true;
    await begin();
    const before = keyOf(3);
    expect(await work()).toEqual({ left: 1, away: [] });
    expect(keyOf(3).equals(before)).toBe(true);
    expect(await opened(keyOf(3), await holder.keys.vaultIdentity())).toBe(await opened(before, old));
    busy = false;
    expect(await work()).toEqual({ left: 0, away: [] });
  });

  it('does not end by marks alone: what the new identity does not open is done again', async () => {
    await begin();
    const old = (await holder.keys.vaultIdentity()).split('\n')[1] ?? '';
    const stale = await sealSecret(Buffer.from('a name'), [await recipientOf(old)]);
    const id = station.db.prepare('SELECT id FROM key_rotations').pluck().get();
    station.db.prepare("INSERT INTO key_rotation_done VALUES (?, 'child', 'k')").run(id);
    station.db.prepare('UPDATE children SET identity = ?').run(stale);
    expect(await work()).toEqual({ left: 1, away: [] });
    expect(await opened(nameOf(), await holder.keys.vaultIdentity())).toBe('a name');
    expect(await work()).toEqual({ left: 0, away: [] });
    expect(await opened(nameOf(), await holder.keys.vaultIdentity())).toBe('a name');
  });

  it('levels at the start what a crash left between database and disk', async () => {
    await begin();
    writeFileSync(join(foldersOf(1)[0] ?? '', 'exhibit.key.age'), 'as it was before');
    await rotation.settle();
    expect(fileOf(1, 0).equals(keyOf(1))).toBe(true);
    expect(existsSync(join(foldersOf(1)[0] ?? '', 'exhibit.key.age.tmp'))).toBe(false);
  });

  it('is begun by nobody without the vault’s key', async () => {
    const judge = await station.person('judge', 'zarina');
    const waiting = await station.signIn('zarina');
    expect(await refusalOf(() => rotation.begin(waiting.person, waiting.keys))).toBe('ACCESS_NOT_GRANTED');
    expect(await refusalOf(() => rotation.show(waiting.person, waiting.keys))).toBe('ACCESS_NOT_GRANTED');
    expect(judge.keys).toBe('waits');
    expect(rotation.state().vault.rotation).toBeNull();
  });
});

describe('a new printed recovery key', () => {
  it('counts once it was given back, opens what the old one opened, and ends the old one', async () => {
    const before = station.outcome.result.recovery;
    const shown = await rotation.show(holder.person, holder.keys);
    expect(await refusalOf(() => rotation.use(before, holder.person, holder.keys))).toBe('RECOVERY_KEY_WRONG');
    const other = { ...holder.person, id: 'somebody else' };
    expect(await refusalOf(() => rotation.use(shown, other, holder.keys))).toBe('RECOVERY_KEY_WRONG');
    await rotation.use(shown, holder.person, holder.keys);
    expect(await work()).toEqual({ left: 0, away: [] });
    expect(station.actions().slice(-2)).toEqual(['recovery.rotation-begun', 'recovery.rotated']);
    expect(await refusalOf(() => rotation.use(shown, holder.person, holder.keys))).toBe('RECOVERY_KEY_WRONG');
    await station.person('clerk', 'timur');
    const after = new TestStation(station);
    const clerk = await after.signIn('timur');
    expect(await refusalOf(() => after.accounts.grantByRecovery(before, clerk.person))).toBe('RECOVERY_KEY_WRONG');
    expect((await after.accounts.grantByRecovery(shown, clerk.person)).keys).toBe('granted');
    expect(after.stationKeys.isOpen).toBe(true);
    expect(await opened(keyOf(1), await clerk.keys.vaultIdentity())).toMatch(/^AGE-SECRET-KEY-1/);
  });
});
