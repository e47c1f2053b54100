import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRunning, makeRoom, planNow } from '../../src/main/cli/journey.ts';
import type { DemoPeople } from '../../src/main/cli/people.ts';
import { newStation, openStation, signIn } from '../integration/journey/seats.ts';
import { type CliEnd, cli, endAllIn, nothingRunsIn, passwordFile } from '../support/cli.ts';
import { mountReadOnly, mountSkipReason, mountSmall } from '../support/mounts.ts';

const noMount = mountSkipReason();
if (noMount !== null) process.stderr.write(`skipped: read-only and full disks: ${noMount}\n`);

let folder: string;
let station: string;
let people: DemoPeople;
let credentials: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-bad-'));
  station = join(folder, 'station');
  const made = await newStation(station);
  people = made.people;
  await makeRoom(people.seats.administrator);
  await made.station.stop();
  const file = await passwordFile(join(folder, 'investigator.txt'), passwordOf('investigator'));
  credentials = ['--as', 'investigator', '--password-file', file];
}, 120_000);
afterAll(async () => {
  await endAllIn(folder);
  await rm(folder, { recursive: true, force: true });
});

const passwordOf = (role: string) => people.accounts.find((one) => one.role === role)?.password ?? '';
const allUnder = (path: string) => readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
/** Names and bytes of a folder. */
const contentOf = (path: string) => allUnder(path).map((name) => [name, bytesOf(join(path, name))]);
const bytesOf = (path: string) => {
  try {
    return readFileSync(path).toString('base64');
  } catch {
    return null;
  }
};

function expectRefused(end: CliEnd, code: string, status: number): void {
  expect(end.events.at(-1), end.log).toMatchObject({ event: 'error', code });
  // A sentence that says what happened, what is safe and what to do; no gap where a parameter should be.
  const sentence = String(end.events.at(-1)?.['sentence']);
  expect(sentence.split(/[.?!](?:\s|$)/).length, sentence).toBeGreaterThan(2);
  expect(sentence).not.toMatch(/\{\{|undefined|\[object/);
  expect(end.log).toContain(`[${code}]`);
  expect(end.log).not.toMatch(/\n\s+at /);
  expect(end.status).toBe(status);
}

/** A copy of the station's folder, to be spoilt. */
function copied(name: string): string {
  const copy = join(folder, name);
  cpSync(station, copy, { recursive: true });
  return copy;
}

describe('a folder that cannot be opened', () => {
  it.each<[string, string, () => string]>([
    [
      'holds something else',
      'STATION_NOT_A_STATION',
      () => {
        const other = join(folder, 'letters');
        mkdirSync(other);
        writeFileSync(join(other, 'letter.txt'), 'Dear court');
        return other;
      },
    ],
    [
      'is a file',
      'STATION_NOT_A_STATION',
      () => {
        writeFileSync(join(folder, 'file'), 'not a folder');
        return join(folder, 'file');
      },
    ],
    [
      'has a damaged marker',
      'STATION_NOT_A_STATION',
      () => {
        const copy = copied('marker');
        writeFileSync(join(copy, 'station.json'), '{"format":"birret-');
        return copy;
      },
    ],
    [
      'has a database that is none',
      'STATION_NOT_A_STATION',
      () => {
        const copy = copied('database');
        for (const name of ['station.db-wal', 'station.db-shm']) if (existsSync(join(copy, name))) return copy;
        writeFileSync(
          join(copy, 'station.db'),
          'this is no database, and longer than a header of one hundred bytes'.repeat(3),
        );
        return copy;
      },
    ],
    [
      'has a layout of a newer version',
      'STATION_FROM_THE_FUTURE',
      () => {
        const copy = copied('layout');
        writeFileSync(join(copy, 'station.json'), JSON.stringify({ format: 'birret-station', layout: 99, news: 1 }));
        return copy;
      },
    ],
    [
      'has a database of a newer version',
      'STATION_FROM_THE_FUTURE',
      () => {
        const copy = copied('schema');
        const db = new Database(join(copy, 'station.db'));
        db.pragma('user_version = 99990');
        db.close();
        return copy;
      },
    ],
  ])(
    'it %s: %s',
    async (_, code, make) => {
      const path = make();
      for (const command of ['recover', 'record'] as const) {
        const before = existsSync(join(path, 'station.json')) ? readFileSync(join(path, 'station.db')) : null;
        const seconds = command === 'record' ? ['--seconds', '3'] : [];
        expectRefused(await cli([command, '--station', path, ...seconds, ...credentials, '--json']), code, 2);
        if (before !== null) expect(readFileSync(join(path, 'station.db')).equals(before)).toBe(true);
      }
      if (path.endsWith('letters'))
        expect(contentOf(path)).toEqual([['letter.txt', bytesOf(join(path, 'letter.txt'))]]);
      expect(readdirSync(folder).filter((name) => name.endsWith('-roots'))).toEqual([]);
    },
    120_000,
  );

  it('is not there: a command that needs one makes none', async () => {
    const nowhere = join(folder, 'nowhere');
    expectRefused(await cli(['recover', '--station', nowhere, '--json']), 'STATION_NOT_A_STATION', 2);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('is open in another process: STATION_IN_USE, in either direction', async () => {
    const held = await openStation(station);
    try {
      expectRefused(await cli(['serve', '--station', station, '--json']), 'STATION_IN_USE', 2);
      await expect(openStation(station)).rejects.toMatchObject({ code: 'STATION_IN_USE' });
    } finally {
      await held.stop();
    }
    const again = await openStation(station);
    await again.stop();
  });

  it('lets go of the folder when it could not be opened', async () => {
    const copy = copied('twice');
    const db = new Database(join(copy, 'station.db'));
    db.pragma('user_version = 99990');
    await expect(openStation(copy)).rejects.toMatchObject({ code: 'STATION_FROM_THE_FUTURE' });
    db.pragma('user_version = 10');
    db.close();
    // What is refused now is the wrong schema, not a lock that was forgotten.
    await expect(openStation(copy)).rejects.not.toMatchObject({ code: 'STATION_IN_USE' });
  });

  it.skipIf(noMount !== null)('is read-only: STATION_READ_ONLY, for an old station and a new one', async () => {
    const copy = copied('read-only');
    const unmount = mountReadOnly(copy);
    try {
      expectRefused(await cli(['recover', '--station', copy, '--json']), 'STATION_READ_ONLY', 2);
      const inside = join(copy, 'logs');
      expectRefused(await cli(['demo', '--station', inside, '--seconds', '3', '--json']), 'STATION_READ_ONLY', 2);
    } finally {
      unmount();
    }
    expect(existsSync(join(copy, 'logs'))).toBe(false);
  });
});

describe('a machine that cannot record', () => {
  /** An ffmpeg that says it is one and lacks H.264. */
  async function poorFfmpeg(): Promise<string> {
    const path = join(folder, 'poor-ffmpeg');
    writeFileSync(
      path,
      `#!/bin/sh
case "$*" in
  *-version*) echo "ffmpeg version 7.1 Copyright (c) 2000-2024 the FFmpeg developers";;
  *-encoders*) printf ' ------\\n A....D aac                  AAC\\n V....D mjpeg                MJPEG\\n';;
  *) exec ffmpeg "$@";;
esac
`,
    );
    await chmod(path, 0o755);
    return path;
  }

  it.each<[string, string, () => Promise<Record<string, string>>]>([
    ['no ffmpeg', 'FFMPEG_MISSING', async () => ({ FFMPEG_PATH: join(folder, 'no-ffmpeg'), PATH: '' })],
    ['an ffmpeg without H.264', 'FFMPEG_UNSUITABLE', async () => ({ FFMPEG_PATH: await poorFfmpeg() })],
  ])('%s: %s, before anything is prepared', async (_, code, env) => {
    const options = { env: await env() };
    expectRefused(
      await cli(['record', '--station', station, '--seconds', '3', ...credentials, '--json'], options),
      code,
      1,
    );
    await nothingRunsIn(folder);
    expect(existsSync(join(station, 'targets', 'a')) ? readdirSync(join(station, 'targets', 'a')) : []).toEqual([]);
  });

  it.skipIf(noMount !== null)(
    'a disk with no room for what was planned: NO_ROOM_ON_DISK, and nothing on it',
    async () => {
      const small = join(folder, 'small');
      const unmount = mountSmall(small, 8_000_000);
      const open = await openStation(station);
      const administrator = await signIn(open, 'administrator', passwordOf('administrator'));
      const own = (await administrator.client.station.targets()).map(({ path }) => path);
      try {
        await administrator.client.station.setTargets({ paths: [own[0] ?? '', small] });
        const investigator = await signIn(open, 'investigator', passwordOf('investigator'));
        const [room] = await investigator.client.rooms.list();
        const { id: interview, exhibit } = await planNow(investigator, room?.id ?? '', 60, new Date());
        await investigator.client.recording.prepare({ interview });
        await allRunning(investigator, interview);
        await expect(
          investigator.client.recording.begin({ interview, singleTargetConfirmed: false }),
        ).rejects.toMatchObject({ code: 'NO_ROOM_ON_DISK' });
        const state = await investigator.client.interviews.get({ interview });
        expect(state.state).toBe('ready');
        expect(allUnder(small).filter((name) => name.includes('tracks'))).toEqual([]);
        expect(existsSync(join(own[0] ?? '', exhibit, 'tracks'))).toBe(false);
        // With a disk that has room the same interview can begin.
        await administrator.client.station.setTargets({ paths: own });
        await investigator.client.recording.begin({ interview, singleTargetConfirmed: false });
        const stopped = await investigator.client.recording.stop({ interview, confirmed: true });
        expect(stopped.state).toBe('sealed');
      } finally {
        await administrator.client.station.setTargets({ paths: own });
        await open.stop();
        unmount();
      }
      await nothingRunsIn(folder);
    },
    120_000,
  );

  it('a station that stops while a room is only prepared leaves nothing running, and the plan as it was', async () => {
    const open = await openStation(station);
    const investigator = await signIn(open, 'investigator', passwordOf('investigator'));
    const [room] = await investigator.client.rooms.list();
    const { id: interview } = await planNow(investigator, room?.id ?? '', 60, new Date());
    await investigator.client.recording.prepare({ interview });
    await open.stop();
    await nothingRunsIn(folder);
    const again = await openStation(station);
    try {
      const seat = await signIn(again, 'investigator', passwordOf('investigator'));
      expect((await seat.client.interviews.get({ interview })).state).toBe('planned');
    } finally {
      await again.stop();
    }
  }, 120_000);
});

describe('a bag that cannot be one', () => {
  it.each<[string, (path: string) => void]>([
    ['an empty folder', (path) => mkdirSync(path)],
    ['a text', (path) => writeFileSync(path, 'hello')],
    ['an empty file', (path) => writeFileSync(path, '')],
    ['a link to a bag', (path) => symlinkSync(station, path)],
    ['a tar of nothing', (path) => writeFileSync(path, Buffer.alloc(1024))],
  ])('%s', async (name, make) => {
    const path = join(folder, name.replaceAll(' ', '-'));
    make(path);
    const { status, events, log } = await cli(['verify', path, '--json']);
    // Either it cannot be read at all, or what is there fails by name; never anything else.
    if (status === 1) expect(JSON.stringify(events)).toContain('"fail"');
    else expect([status, events.at(-1)?.event]).toEqual([2, 'error']);
    expect(log).not.toContain('[INTERNAL]');
  });
});

describe('arguments that make no sense', () => {
  it.each<[string[]]>([
    [['demo']],
    [['demo', '--station', '']],
    [['demo', '--station', 'x', '--seconds', 'ten']],
    [['record', '--station', 'x']],
    [['record', '--station', 'x', '--seconds', '-5']],
    [['nonsense']],
    [['export', '--nonsense']],
    [[]],
  ])('%j', async (args) => {
    const { status, log } = await cli(args);
    expect(status).toBe(2);
    if (args.length > 0) expect(log).toContain('[USAGE]');
    expect(existsSync('x')).toBe(false);
  });
});
