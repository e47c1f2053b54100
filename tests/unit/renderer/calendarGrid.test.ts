import { describe, expect, it } from 'vitest';
import { blocksOf, freeRows, hoursOf, nowRow, spanOf, startOf, timeOf } from '../../../src/renderer/calendar/grid.ts';
import type { CalendarSlot } from '../../../src/shared/contract/planning.ts';

const zone = 'Asia/Almaty'; // UTC+5
const column = { room: 'r1', day: '2026-11-23' };
const slot = (from: string, until: string, room = 'r1'): CalendarSlot => ({
  ...{ room, from: `${from}:00.000Z`, until: `${until}:00.000Z` },
  state: 'planned',
  interview: null,
});
const day = [8, 19] as const;

describe('a column of the calendar', () => {
  it('holds what is in its room on its day, by the wall of the zone', () => {
    const slots = [
      slot('2026-11-23T04:00', '2026-11-23T05:00'),
      slot('2026-11-23T06:10', '2026-11-23T06:40'),
      slot('2026-11-23T04:00', '2026-11-23T05:00', 'r2'),
      slot('2026-11-24T04:00', '2026-11-24T05:00'),
    ];
    expect(blocksOf(slots, column, zone, day).map(({ row, rows }) => [timeOf(row, day), rows])).toEqual([
      ['09:00', 4],
      ['11:00', 3],
    ]);
  });

  it('cuts what goes over midnight at the day’s ends', () => {
    const night = [slot('2026-11-22T18:00', '2026-11-22T20:00')];
    const hours = hoursOf(night, [column], zone);
    expect(hours).toEqual([0, 19]);
    expect(blocksOf(night, column, zone, hours)).toMatchObject([{ row: 0, rows: 4 }]);
    const before = { ...column, day: '2026-11-22' };
    expect(hoursOf(night, [before], zone)).toEqual([8, 24]);
    expect(blocksOf(night, before, zone, [8, 24])).toMatchObject([{ rows: 4 }]);
  });

  it('is free where nothing is and nothing has passed', () => {
    const blocks = blocksOf([slot('2026-11-23T05:10', '2026-11-23T05:20')], column, zone, day);
    const free = freeRows(blocks, column, zone, day, new Date('2026-11-23T04:50:00Z')).map((row) => timeOf(row, day));
    expect(free.slice(0, 3)).toEqual(['10:30', '10:45', '11:00']);
    expect(free.at(-1)).toBe('18:45');
    expect(freeRows([], column, zone, day, new Date('2026-11-24T00:00:00Z'))).toEqual([]);
  });

  it('knows the instant of a row and the row of now', () => {
    expect(startOf(column, 5, day, zone)?.toISOString()).toBe('2026-11-23T04:15:00.000Z');
    expect(nowRow(column.day, new Date('2026-11-23T04:22:30Z'), zone, day)).toBeCloseTo(5.5, 1);
    expect(nowRow(column.day, new Date('2026-11-24T04:15:00Z'), zone, day)).toBeNull();
    expect(nowRow(column.day, new Date('2026-11-23T00:15:00Z'), zone, day)).toBeNull();
  });
});

it('a week lies between two midnights of the zone', () => {
  expect(spanOf(['2026-11-23', '2026-11-24'], zone)).toEqual({
    from: '2026-11-22T19:00:00.000Z',
    until: '2026-11-24T19:00:00.000Z',
  });
  expect(spanOf([], zone)).toBeNull();
});
