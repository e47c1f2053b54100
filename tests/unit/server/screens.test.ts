import { beforeEach, describe, expect, it } from 'vitest';
import { migrate, migrations, openDatabase } from '../../../src/main/database/index.ts';
import { PairedRows } from '../../../src/main/network/index.ts';
import { ScreenRegistry } from '../../../src/main/server/index.ts';
import { StillClock } from '../../support/testStation.ts';

let clock: StillClock;
let screens: ScreenRegistry;
beforeEach(() => {
  clock = new StillClock();
  screens = new ScreenRegistry(clock);
});

describe('a code', () => {
  it('lets one screen in, once', () => {
    const code = screens.newCode('courtroom', 'hearing-1');
    const entered = screens.enter(code);
    expect(entered?.screen).toMatchObject({ kind: 'courtroom', of: 'hearing-1' });
    expect(screens.find(entered?.token)).toEqual(entered?.screen);
    expect(screens.enter(code)).toBeNull();
  });

  it('lives 30 seconds to the millisecond', () => {
    const [inTime, late] = [screens.newCode('desk'), screens.newCode('desk')];
    clock.forward(30);
    expect(screens.enter(inTime)).not.toBeNull();
    clock.forward(0.001);
    expect(screens.enter(late)).toBeNull();
    // A clock that is set back does not make it good again.
    clock.forward(-60);
    expect(screens.enter(late)).toBeNull();
  });

  it('cannot be guessed from another, and neither can a token', () => {
    const codes = Array.from({ length: 200 }, () => screens.newCode('desk'));
    expect(new Set(codes).size).toBe(200);
    for (const code of codes) expect(code).toMatch(/^[A-Za-z0-9_-]{32}$/);
    const tokens = codes.map((code) => screens.enter(code)?.token ?? '');
    expect(new Set(tokens).size).toBe(200);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    // A code is no token, a token no code.
    expect(screens.find(screens.newCode('desk'))).toBeNull();
    expect(screens.enter(tokens[0] ?? '')).toBeNull();
  });
});

describe('a paired screen', () => {
  it('ends with its hearing, and only with that', () => {
    const of = (hearing: string) => screens.enter(screens.newCode('courtroom', hearing))?.token;
    const [first, second, desk] = [of('one'), of('two'), screens.enter(screens.newCode('desk'))?.token];
    screens.endOf('one');
    expect(screens.find(first)).toBeNull();
    expect(screens.find(second)).not.toBeNull();
    expect(screens.find(desk)).not.toBeNull();
    expect(screens.find(undefined)).toBeNull();
    expect(screens.find('')).toBeNull();
  });

  it('does not enter any more once its hearing has ended, with a code from before', () => {
    const code = screens.newCode('courtroom', 'one');
    screens.endOf('one');
    expect(screens.enter(code)).toBeNull();
  });
});

describe('a screen that was paired by a typed code', () => {
  const database = () => {
    const db = openDatabase(':memory:');
    migrate(db, migrations, { backupTo: null, now: new Date() });
    return db;
  };

  it('is known again after a restart, through its own door alone, and its token is nowhere', () => {
    const db = database();
    const before = new ScreenRegistry(clock, new PairedRows(db));
    const { token, screen } = before.admit('observer', 'one', { label: 'Tablet 2', door: 'network' });
    const loopback = before.enter(before.newCode('observer', 'one'))?.token;
    const after = new ScreenRegistry(clock, new PairedRows(db));
    expect(after.find(token, 'network')).toBeNull();
    after.start();
    expect(after.list('one')).toMatchObject([
      { screen, label: 'Tablet 2', door: 'network', lastSeen: null, here: false },
    ]);
    expect(after.find(token, 'network')).toEqual(screen);
    expect(after.find(token)).toBeNull();
    expect(after.find(token, 'local')).toBeNull();
    // The shell's own windows are let in anew.
    expect(after.find(loopback)).toBeNull();
    expect(JSON.stringify(db.prepare('SELECT * FROM paired_screens').all())).not.toContain(token);
    db.close();
  });

  it('is here while it asks, and is ended alone, with its kind, or with its interview', () => {
    const db = database();
    const registry = new ScreenRegistry(clock, new PairedRows(db));
    const admit = (kind: 'observer' | 'child', of = 'one') =>
      registry.admit(kind, of, { label: null, door: 'network' });
    const [first, second, child, other] = [admit('observer'), admit('observer'), admit('child'), admit('child', 'two')];
    registry.find(first.token, 'network');
    expect(registry.list('one').map(({ here }) => here)).toEqual([true, false, false]);
    expect(registry.onNetwork).toBe(1);
    clock.forward(7);
    expect(registry.list('one').map(({ here }) => here)).toEqual([false, false, false]);
    expect(registry.end('two', first.screen.id)).toBeNull();
    expect(registry.end('one', first.screen.id)).toEqual(first.screen);
    expect(registry.find(first.token, 'network')).toBeNull();
    registry.endOf('one', 'observer');
    expect(registry.find(second.token, 'network')).toBeNull();
    expect(registry.find(child.token, 'network')).toEqual(child.screen);
    registry.endOf('one');
    expect(registry.find(child.token, 'network')).toBeNull();
    expect(registry.find(other.token, 'network')).toEqual(other.screen);
    expect(new PairedRows(db).all().map(({ of }) => of)).toEqual(['two']);
    db.close();
  });

  it('is forgotten on disk when its interview is over, and says so for a while', () => {
    const db = database();
    const registry = new ScreenRegistry(clock, new PairedRows(db));
    const { token } = registry.admit('observer', 'one', { label: null, door: 'network' });
    registry.sweep(() => false);
    expect(new PairedRows(db).all()).toHaveLength(1);
    registry.sweep(({ of }) => of === 'one');
    expect(new PairedRows(db).all()).toEqual([]);
    expect(registry.list('one')).toEqual([]);
    expect(registry.find(token, 'network')).not.toBeNull();
    clock.forward(601);
    registry.sweep(() => true);
    expect(registry.find(token, 'network')).toBeNull();
    db.close();
  });
});
