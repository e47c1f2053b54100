import { describe, expect, it } from 'vitest';
import { DiskWatch } from '../../../src/main/recorder/diskWatch.ts';
import { disksOf, onOneDisk, remainingMs } from '../../../src/shared/domain/diskRoom.ts';

const HOUR = 3_600_000;
const disk = (device: string | null, freeBytes: number | null) => ({ device, freeBytes });

describe('two folders', () => {
  it('are on one disk when the system says so, and only then', () => {
    expect(onOneDisk([disk('8:1', 0), disk('8:1', 0)])).toBe(true);
    expect(onOneDisk([disk('8:1', 0), disk('8:17', 0)])).toBe(false);
    expect(onOneDisk([disk(null, 0), disk(null, 0)])).toBe(false);
    expect(onOneDisk([disk('8:1', 0)])).toBe(false);
    expect([disksOf([disk('8:1', 0), disk('8:1', 0)]), disksOf([disk('8:1', 0), disk(null, 0)])]).toEqual([1, 2]);
  });

  it('last until the first disk is full; on one disk they share its room', () => {
    expect(remainingMs([disk('a', 3600 * 1000), disk('b', 7200 * 1000)], 1000)).toBe(HOUR);
    expect(remainingMs([disk('a', 7200 * 1000), disk('a', 7200 * 1000)], 1000)).toBe(HOUR);
    expect(remainingMs([disk('a', null), disk('b', 7200 * 1000)], 1000)).toBe(2 * HOUR);
    expect(remainingMs([disk('a', null)], 1000)).toBeNull();
    expect(remainingMs([disk('a', 1000)], 0)).toBeNull();
  });
});

describe('room that runs out', () => {
  it('is told of once at an hour and once at a quarter, and again when there was room since', () => {
    const watch = new DiskWatch();
    const looks = [61, 59, 58, 14, 13, 20, 70, 50, 80, 59].map((minutes) => watch.look(minutes * 60_000));
    expect(looks).toEqual([null, 60, null, 15, null, null, null, null, null, 60]);
    expect(new DiskWatch().look(5 * 60_000)).toBe(15);
    expect(new DiskWatch().look(null)).toBeNull();
  });
});
