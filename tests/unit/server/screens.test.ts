import { beforeEach, describe, expect, it } from 'vitest';
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
