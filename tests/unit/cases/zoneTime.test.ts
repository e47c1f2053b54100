import { describe, expect, it } from 'vitest';
import { nearestFree } from '../../../src/shared/domain/freeTimes.ts';
import { dayAfter, instantAt, mondayOf, sameWall, wallTime } from '../../../src/shared/domain/zoneTime.ts';

const ALMATY = 'Asia/Almaty';
const at = (text: string) => new Date(text);

describe('the clock on the wall', () => {
  it('is that of the zone, wherever this machine is', () => {
    expect(wallTime(at('2026-11-21T19:30:00Z'), ALMATY)).toEqual({ date: '2026-11-22', time: '00:30' });
    expect(wallTime(at('2026-11-21T19:30:00Z'), 'UTC')).toEqual({ date: '2026-11-21', time: '19:30' });
    expect(sameWall(at('2026-11-21T19:30:00Z'), ALMATY, 'UTC')).toBe(false);
    expect(sameWall(at('2026-11-21T19:30:00Z'), ALMATY, 'Asia/Qyzylorda')).toBe(true);
  });

  it.each([ALMATY, 'UTC', 'Europe/Berlin', 'America/St_Johns'])('is read back as the same instant in %s', (zone) => {
    for (const text of ['2026-11-21T04:00:00.000Z', '2026-07-01T23:45:00.000Z', '2028-02-29T00:15:00.000Z']) {
      expect(instantAt(wallTime(at(text), zone), zone)?.toISOString()).toBe(text);
    }
  });

  it('that jumps gives the hour after, one that falls back the first of two', () => {
    const berlin = (date: string, time: string) => instantAt({ date, time }, 'Europe/Berlin')?.toISOString();
    expect(berlin('2026-03-29', '02:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(berlin('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
  });

  it.each([
    ['2026-02-30', '10:00'],
    ['2026-13-01', '10:00'],
    ['2026-11-21', '24:00'],
    ['2026-11-21', '10:60'],
    ['', ''],
  ])('never says %s %s', (date, time) => {
    expect(instantAt({ date, time }, ALMATY)).toBeNull();
  });
});

it('weeks begin on Monday', () => {
  expect(mondayOf('2026-11-22')).toBe('2026-11-16');
  expect(mondayOf('2026-11-16')).toBe('2026-11-16');
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
});

describe('free times', () => {
  const now = Date.parse('2026-11-23T04:00:00Z'); // 09:00 in Almaty
  const wanted = { around: Date.parse('2026-11-23T05:00:00Z'), minutes: 60, now, zone: ALMATY };
  const times = (taken: { from: string; until: string }[], change: Partial<typeof wanted> = {}) =>
    nearestFree(
      taken.map(({ from, until }) => ({ from: Date.parse(from), until: Date.parse(until) })),
      { ...wanted, ...change },
    ).map((one) => new Date(one).toISOString().slice(5, 16));

  it('are the nearest on both sides, an hour apart', () => {
    expect(times([{ from: '2026-11-23T05:00:00Z', until: '2026-11-23T06:00:00Z' }])).toEqual([
      '11-23T04:00',
      '11-23T06:00',
      '11-23T07:00',
    ]);
  });

  it('begin with the time itself where it is free after all', () => {
    expect(times([])[0]).toBe('11-23T05:00');
  });

  it('are never in the past, nor in the night', () => {
    const all = times([{ from: '2026-11-23T04:00:00Z', until: '2026-11-23T14:00:00Z' }]);
    expect(all[0]).toBe('11-24T03:00');
    expect(times([], { around: Date.parse('2026-11-23T18:00:00Z') })[0]).toBe('11-23T13:45');
  });

  it('are none where the room is taken for two weeks', () => {
    expect(times([{ from: '2026-11-01T00:00:00Z', until: '2026-12-31T00:00:00Z' }])).toEqual([]);
  });
});
