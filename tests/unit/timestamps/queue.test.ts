import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newLogKey } from '../../../src/main/custody/index.ts';
import { Authorities } from '../../../src/main/timestamps/authorities.ts';
import { backOff } from '../../../src/main/timestamps/backOff.ts';
import { type Fetch, Timestamps } from '../../../src/main/timestamps/index.ts';
import { hasCommand } from '../../support/openssl.ts';
import { TestStation } from '../../support/testStation.ts';
import { TsaServer } from '../../support/tsaServer.ts';

const EXHIBIT = 'almaty1-2026-000001';
const P7S = 'signatures/record.json.station.p7s';
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const log = pino({ level: 'silent' });

describe('the wait after a failure', () => {
  it('is a minute, doubles, and is never more than six hours', () => {
    expect([1, 2, 3, 4].map((n) => backOff(n, 0))).toEqual([60_000, 120_000, 240_000, 480_000]);
    expect(backOff(40, 0)).toBe(6 * 3_600_000);
    expect(backOff(4000, 0)).toBe(6 * 3_600_000);
  });

  it('is shorter by up to a quarter, but never less than a minute', () => {
    expect(backOff(5, 1)).toBe(720_000);
    expect(backOff(1, 1)).toBe(60_000);
    for (const jitter of [-1, 2]) expect(backOff(5, jitter)).toBeGreaterThanOrEqual(720_000);
  });
});

describe.skipIf(!hasCommand('openssl'))('what is to be time-stamped', () => {
  let folder: string;
  let station: TestStation;
  let server: TsaServer;
  let folders: string[];
  let away = false;
  let asked = 0;
  const key = () => newLogKey(station.log.origin).signer;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'queue-'));
    server = await TsaServer.start(folder);
    station = await TestStation.ready();
    away = false;
    asked = 0;
    folders = ['a', 'b'].map((name) => join(folder, name));
    for (const one of folders) await mkdir(one);
    station.db.exec("INSERT INTO cases (id, number, court, opened_at) VALUES ('c', '1', 'Court', '2026-11-21')");
    station.db
      .prepare("INSERT INTO exhibits (number, case_id, origin, state, folders) VALUES (?, 'c', 'here', 'sealed', ?)")
      .run(EXHIBIT, JSON.stringify(folders));
    // The authority tells the real time.
    station.clock.forward((Date.now() - station.clock.now().getTime()) / 1000);
  });
  afterEach(async () => {
    station.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const fetching: Fetch = (address, init) => {
    asked += 1;
    if (away)
      throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(), { code: 'ENETDOWN' }) });
    return fetch(address, init);
  };
  const queue = (signer: (() => ReturnType<typeof key>) | null = null) =>
    new Timestamps({
      db: station.db,
      log,
      clock: station.clock,
      fetch: fetching,
      nonce: () => Buffer.from('0123456789abcdef'),
      timeoutMs: 20_000,
      custody: () => station.log,
      logSigner: () => signer?.() ?? null,
      jitter: () => 0,
    });
  const authorities = (...addresses: string[]) =>
    new Authorities(station.db).store(addresses.map((address) => ({ address, policy: null, rootPem: server.rootPem })));
  const signature = { kind: 'signature', exhibit: EXHIBIT, file: P7S, sha256: sha256('p7s'), note: null } as const;
  const events = () =>
    station.log
      .list({ count: 1000 })
      .map(({ event }) => event)
      .filter(({ action }) => action === 'timestamp.obtained');

  it('waits while no authority is named, and says so', async () => {
    const timestamps = queue();
    timestamps.add(signature);
    timestamps.add(signature);
    expect(timestamps.whyDeferred()).toBe('no-authority-configured');
    await timestamps.round();
    expect(timestamps.view()).toMatchObject({ authorities: 0, newest: null, running: false });
    expect(timestamps.view().waiting).toMatchObject([{ file: P7S, attempts: 0, problems: [] }]);
    expect(asked).toBe(0);
  });

  it('waits longer and longer while the network is away, over a restart too, and all of it comes once it is back', async () => {
    authorities(server.address);
    const before = queue();
    before.add(signature);
    before.add({ ...signature, file: 'signatures/record.json.inv.p7s', sha256: sha256('other') });
    away = true;
    await before.round();
    expect(asked).toBe(1);
    const [first, second] = before.view().waiting;
    expect(first).toMatchObject({
      attempts: 1,
      problems: [{ code: 'TSA_UNREACHABLE', params: { reason: 'ENETDOWN' } }],
    });
    expect(Date.parse(first?.nextAt ?? '') - station.clock.now().getTime()).toBe(60_000);
    expect(second?.nextAt).toBe(first?.nextAt);
    await before.round();
    expect(asked).toBe(1);

    const after = queue();
    station.clock.forward(60);
    await after.round();
    expect(asked).toBe(2);
    expect(Date.parse(after.view().waiting[0]?.nextAt ?? '') - station.clock.now().getTime()).toBe(120_000);
    away = false;
    station.clock.forward(120);
    await after.round();
    expect(after.view().waiting).toEqual([]);
    expect(events()).toHaveLength(2);
    await after.round();
    expect(events()).toHaveLength(2);
  });

  it('is tried at once when a person asks', async () => {
    authorities(server.address);
    const timestamps = queue();
    timestamps.add(signature);
    away = true;
    await timestamps.round();
    away = false;
    timestamps.tryNow();
    await timestamps.round();
    expect(timestamps.view().waiting).toEqual([]);
    await timestamps.stop();
  });

  it('takes the second authority where the first gives what cannot be kept', async () => {
    const folder2 = join(folder, 'second');
    await mkdir(folder2);
    const second = await TsaServer.start(folder2);
    try {
      server.mode = 'wrong-nonce';
      new Authorities(station.db).store([
        { address: server.address, policy: null, rootPem: server.rootPem },
        { address: second.address, policy: null, rootPem: second.rootPem },
      ]);
      const timestamps = queue();
      timestamps.add(signature);
      await timestamps.round();
      expect(timestamps.view().newest).toMatchObject({ authority: second.address, problems: [] });
      second.mode = 'rubbish';
      timestamps.add({ ...signature, file: 'x', sha256: sha256('x') });
      await timestamps.round();
      expect(timestamps.view().waiting[0]?.problems.map(({ code }) => code)).toEqual([
        'TSA_WRONG_NONCE',
        'TSA_ANSWER_MALFORMED',
      ]);
    } finally {
      await second.stop();
    }
  });

  it('goes into the log with its digests, and beside its file on each target, on one that comes back later too', async () => {
    authorities(server.address);
    await rm(folders[1] ?? '', { recursive: true });
    const timestamps = queue();
    timestamps.add(signature);
    await timestamps.round();
    const tsr = await readFile(join(folders[0] ?? '', `${P7S}.tsr`));
    expect(events()).toMatchObject([
      {
        actor: { id: 'station' },
        subject: { type: 'exhibit', id: EXHIBIT },
        details: { file: P7S, sha256: sha256('p7s'), tsr_sha256: sha256(tsr), authority: server.address },
      },
    ]);
    await expect(readFile(join(folders[1] ?? '', `${P7S}.tsr`))).rejects.toThrow('ENOENT');
    await mkdir(folders[1] ?? '');
    await queue().round();
    expect(await readFile(join(folders[1] ?? '', `${P7S}.tsr`))).toEqual(tsr);
    expect(timestamps.ofExhibit(EXHIBIT)).toMatchObject([
      { kind: 'signature', authority: server.address, nextAt: null },
    ]);
  });

  it('is the head of each day too, which is kept and quoted by what is recorded afterwards', async () => {
    authorities(server.address);
    const signer = key();
    const timestamps = queue(() => signer);
    expect(timestamps.anchorBefore(station.clock.now().toISOString())).toBeNull();
    await timestamps.round();
    station.clock.forward(60);
    const anchor = timestamps.anchorBefore(station.clock.now().toISOString());
    expect(anchor?.checkpoint.split('\n')[0]).toBe(station.log.origin);
    expect(anchor?.time).toBe(timestamps.view().newest?.time);
    expect(station.log.heads()).toMatchObject([{ note: anchor?.checkpoint, tsr: anchor?.tsr }]);
    expect(events()).toMatchObject([{ subject: { type: 'log', id: station.log.origin } }]);
    // What was obtained after a recording began is not its anchor.
    expect(timestamps.anchorBefore(new Date(station.clock.now().getTime() - 3_600_000).toISOString())).toBeNull();
    const before = asked;
    await timestamps.round();
    expect(asked).toBe(before);
    station.clock.forward(24 * 3_600);
    expect(timestamps.view().waiting).toEqual([]);
    await timestamps.round();
    expect(timestamps.view().waiting).toMatchObject([{ kind: 'head', problems: [{ code: 'TSA_WRONG_TIME' }] }]);
  });

  it('is not written twice, nor half, when the event cannot be', async () => {
    authorities(server.address);
    const timestamps = new Timestamps({
      db: station.db,
      log,
      clock: station.clock,
      fetch: fetching,
      nonce: () => Buffer.from('0123456789abcdef'),
      timeoutMs: 20_000,
      custody: () => Object.assign(Object.create(station.log) as typeof station.log, station.appender),
      logSigner: () => null,
      jitter: () => 0,
    });
    timestamps.add(signature);
    station.failNextAppend();
    await expect(timestamps.round()).rejects.toThrow('the disk is full');
    expect(timestamps.view().waiting).toHaveLength(1);
    await queue().round();
    expect(events()).toHaveLength(1);
  });
});
