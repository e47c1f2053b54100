import { beforeEach, expect, it } from 'vitest';
import { PairingTries } from '../../../src/main/network/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { StillClock } from '../../support/testStation.ts';

let clock: StillClock;
let tries: PairingTries;
beforeEach(() => {
  clock = new StillClock();
  tries = new PairingTries(clock);
});

/** Seconds that an address has to wait; 0 where it need not. */
function wait(address: string): number {
  try {
    tries.check(address);
    return 0;
  } catch (error) {
    if (!isRefusal(error, 'PAIRING_PAUSED')) throw error;
    return Number(error.params['seconds']);
  }
}
const wrong = (address: string, times: number) => Array.from({ length: times }, () => tries.wrong(address)).at(-1);

it('pauses an address after five, and no other', () => {
  expect(wrong('10.0.0.1', 4)).toBeNull();
  expect(wait('10.0.0.1')).toBe(0);
  expect(wrong('10.0.0.1', 1)).toEqual({ whom: 'address', seconds: 60, wrong: 5 });
  expect(wait('10.0.0.1')).toBe(60);
  expect(wait('10.0.0.2')).toBe(0);
  clock.forward(59.5);
  expect(wait('10.0.0.1')).toBe(1);
  clock.forward(0.5);
  expect(wait('10.0.0.1')).toBe(0);
});

it('each pause is twice the one before, up to half an hour', () => {
  const pauses: number[] = [];
  for (let round = 0; round < 8; round++) {
    wrong('10.0.0.1', 5);
    pauses.push(wait('10.0.0.1'));
    clock.forward(wait('10.0.0.1'));
    // All together are not what is counted here.
    if (round % 3 === 2) clock.forward(wait('10.9.9.9'));
  }
  expect(pauses.slice(0, 3)).toEqual([60, 120, 240]);
  expect(Math.max(...pauses)).toBe(1800);
});

it('pauses everybody after twenty in all, from whatever addresses', () => {
  for (let i = 0; i < 19; i++) expect(tries.wrong(`10.0.1.${i}`)).toBeNull();
  expect(wait('10.0.2.1')).toBe(0);
  expect(tries.wrong('10.0.1.200')).toEqual({ whom: 'all', seconds: 60, wrong: 20 });
  expect(wait('10.0.2.1')).toBe(60);
});

it('a right code clears its own address alone', () => {
  wrong('10.0.0.1', 4);
  wrong('10.0.0.2', 4);
  tries.right('10.0.0.1');
  expect(wrong('10.0.0.1', 4)).toBeNull();
  expect(wrong('10.0.0.2', 1)?.whom).toBe('address');
});

it('forgets after an hour without any', () => {
  wrong('10.0.0.1', 5);
  clock.forward(3601);
  expect(wrong('10.0.0.1', 5)).toMatchObject({ seconds: 60 });
});

it('a machine with many IPv6 addresses is one', () => {
  for (const end of ['1', '2', '3', 'dead:beef:1:2']) wrong(`2001:db8:0:7::${end}`, 1);
  expect(wrong('2001:db8::7:0:0:0:5', 1)).toMatchObject({ whom: 'address' });
  expect(wait('2001:db8:0:7:ffff::9')).toBe(60);
  expect(wait('2001:db8:0:8::1')).toBe(0);
});

it('remembers no end of addresses', () => {
  for (let i = 0; i < 5_000; i++) {
    tries.wrong(`10.${i >> 8}.${i & 255}.1`);
    if (wait('192.0.2.1') > 0) clock.forward(1800);
  }
  // The count of all together is not among the forgotten.
  clock.forward(1800);
  wrong('192.0.2.50', 4);
  for (let i = 0; i < 16; i++) tries.wrong(`172.16.0.${i}`);
  expect(wait('192.0.2.1')).toBeGreaterThan(0);
});
