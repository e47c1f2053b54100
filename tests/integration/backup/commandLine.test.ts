import { readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cli, passwordFile } from '../../support/cli.ts';
import { newStation } from '../journey/seats.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-backup-cli-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('backup, backup check and restore say in words what they did, and end as the help says', async () => {
  const { station, people } = await newStation(join(folder, 'station'));
  await station.stop();
  const password = (role: string) => people.accounts.find((one) => one.role === role)?.password ?? '';
  const as = async (role: string) => [
    '--as',
    role,
    '--password-file',
    await passwordFile(join(folder, role), password(role)),
  ];
  const disk = join(folder, 'disk');
  const at = ['--station', join(folder, 'station')];
  expect(await cli(['backup', disk, ...at, ...(await as('clerk')), '--json'])).toMatchObject({ status: 1 });
  const made = await cli(['backup', disk, ...at, ...(await as('administrator'))]);
  expect(made).toMatchObject({ status: 0 });
  expect(made.said).toContain('is not signed');
  const [name = ''] = readdirSync(disk);
  const path = join(disk, name);

  const checked = await cli(['backup', 'check', path]);
  expect(checked).toMatchObject({ status: 0 });
  expect(checked.said).toContain('The backup is whole');
  const restored = await cli([
    'restore',
    path,
    '--into',
    join(folder, 'new'),
    '--targets',
    join(folder, 'a'),
    join(folder, 'b'),
    '--json',
  ]);
  expect(restored).toMatchObject({
    status: 0,
    events: [{ event: 'restored', targets: [join(folder, 'a'), join(folder, 'b')] }],
  });
  const waits = await cli(['backup', disk, '--station', join(folder, 'new'), ...(await as('administrator')), '--json']);
  expect(waits).toMatchObject({ status: 1, events: [{ event: 'error', code: 'RESTORED_WAITS_FOR_KEYS' }] });
  expect(await cli(['restore', path, '--into', join(folder, 'new'), '--json'])).toMatchObject({
    status: 1,
    events: [{ event: 'error', code: 'RESTORE_NOT_EMPTY' }],
  });

  rmSync(join(path, 'station.db'));
  const damaged = await cli(['backup', 'check', path]);
  expect(damaged).toMatchObject({ status: 1 });
  expect(damaged.said).toContain('station.db is not there.');
  expect(await cli(['backup', 'check', folder, '--json'])).toMatchObject({ status: 2 });
  expect(await cli(['restore', path, '--json'])).toMatchObject({ status: 2 });
}, 300_000);
