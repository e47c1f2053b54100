import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breaksOf,
  type GuardInput,
  later,
  nearness,
  type Sitting,
  timeGuard,
  unreasoned,
} from '../../../src/shared/domain/timeGuard.ts';
import { dateIn, dayAround } from '../../../src/shared/domain/zonedDay.ts';
import type { TimelineEntry } from '../../../src/shared/evidence/record.ts';
import { islandPath, kzPath, profileAt } from '../../support/profiles.ts';

const kz = profileAt(kzPath);
const island = profileAt(islandPath);
const MIN = 60_000;
const at = (text: string) => Date.parse(text);
const noon = at('2026-11-21T07:00:00.000Z'); // 12:00 in Almaty

const sitting = (startedMs: number, minutes: number, ...breaks: [number, number | null][]): Sitting => ({
  startedMs,
  lengthMs: minutes * MIN,
  breaks: breaks.map(([from, to]) => ({ fromMs: from * MIN, toMs: to === null ? null : to * MIN })),
});
const running = (one: Sitting, timeline: TimelineEntry[] = []) => ({ ...one, timeline });
const guard = (over: Partial<GuardInput>) =>
  timeGuard({ profile: kz, age: 9, earlier: [], now: running(sitting(noon, 0)), atMs: noon, ...over });

describe('the minutes a day', () => {
  it('count everything of this day, also of other recordings', () => {
    const earlier = [sitting(noon - 180 * MIN, 30), sitting(noon - 26 * 60 * MIN, 90)];
    const { day } = guard({ earlier, now: running(sitting(noon, 20)) });
    expect(day).toMatchObject({ usedMs: 50 * MIN, limitMs: 240 * MIN, rules: ['minor-limits'] });
  });

  it('begin anew at midnight of the zone of the rules, within a recording too', () => {
    const midnight = at('2026-11-20T19:00:00.000Z'); // Almaty is five hours ahead
    const over = guard({ now: running(sitting(midnight - 30 * MIN, 50)) });
    expect(over.day.usedMs).toBe(20 * MIN);
    expect(guard({ now: running(sitting(midnight - 30 * MIN, 29)) }).day.usedMs).toBe(29 * MIN);
    // The same instants under rules of another zone are one day.
    const utc = { ...kz, timeZone: { ...kz.timeZone, zone: 'UTC' } };
    expect(guard({ profile: utc, now: running(sitting(midnight - 30 * MIN, 50)) }).day.usedMs).toBe(50 * MIN);
  });

  it('hold breaks too, unless the rules leave them out', () => {
    const now = running(sitting(noon, 60, [10, 40]));
    expect(guard({ now }).day.usedMs).toBe(60 * MIN);
    const without = { ...kz, limits: kz.limits.map((rule) => ({ ...rule, breaksCount: false })) };
    expect(guard({ profile: without, now }).day.usedMs).toBe(30 * MIN);
    const inBreak = guard({ profile: without, now: running(sitting(noon, 60, [50, null])) });
    expect(inBreak.day).toMatchObject({ usedMs: 50 * MIN, grows: false });
  });

  it('are those of the strictest rule, and none where there is none', () => {
    expect(guard({ profile: island, age: 5 }).day).toMatchObject({ limitMs: 45 * MIN, rules: ['small-limit'] });
    expect(guard({ profile: island, age: 9 }).day).toMatchObject({ limitMs: 100 * MIN, rules: ['everyone-a-day'] });
    expect(guard({ profile: island, age: 9 }).run).toMatchObject({ limitMs: null, rules: [] });
    expect(guard({ profile: island, age: null }).run).toMatchObject({ limitMs: 15 * MIN });
  });
});

describe('the minutes without a break', () => {
  it.each([
    ['no break', sitting(noon, 50), 50],
    ['a break', sitting(noon, 50, [20, 30]), 20],
    ['less than a minute is none', sitting(noon, 50, [20, 20.9]), 50],
    ['a whole minute is one', sitting(noon, 50, [20, 21]), 29],
    ['a break that is on', sitting(noon, 50, [20, null]), 20],
    ['two breaks', sitting(noon, 50, [20, 30], [31, 45]), 5],
  ])('%s', (_, one, minutes) => {
    expect(guard({ now: running(one) }).run.usedMs).toBe(minutes * MIN);
  });

  it('a break is as long as the rules say', () => {
    const long = { ...kz, limits: kz.limits.map((rule) => ({ ...rule, breakMinutes: 15 })) };
    const upTo = (to: number) => guard({ profile: long, now: running(sitting(noon, 60, [20, to])) });
    expect(upTo(34).run.usedMs).toBe(60 * MIN);
    expect(upTo(35).run.usedMs).toBe(25 * MIN);
    expect(upTo(35).breakMinutes).toBe(15);
    expect(guard({}).breakMinutes).toBeNull();
  });

  it('go on over a crash, and end with the time between two recordings', () => {
    const cut = sitting(noon - 40 * MIN, 39.5);
    expect(guard({ earlier: [cut], now: running(sitting(noon, 10)) }).run.usedMs).toBe(50 * MIN);
    const before = sitting(noon - 40 * MIN, 38);
    expect(guard({ earlier: [before], now: running(sitting(noon, 10)) }).run.usedMs).toBe(10 * MIN);
  });

  it('a clock that was set back between two recordings makes no break', () => {
    const earlier = [sitting(noon + 30 * MIN, 20)];
    expect(guard({ earlier, now: running(sitting(noon, 10)) }).run.usedMs).toBe(30 * MIN);
  });

  it('before the recording, the ones of today are told already', () => {
    const told = guard({ now: null, earlier: [sitting(noon - 30 * MIN, 29.5)], atMs: noon });
    expect(told.run.usedMs).toBe(30 * MIN);
    expect(told.day.usedMs).toBe(29.5 * MIN);
    expect(guard({ now: null, atMs: noon })).toMatchObject({ day: { usedMs: 0, grows: false }, run: { usedMs: 0 } });
  });
});

describe('how near', () => {
  it.each([
    [null, 0, 'none'],
    [120, 109, 'far'],
    [120, 110, 'soon'],
    [120, 115, 'near'],
    [120, 119.9, 'near'],
    [120, 120, 'over'],
  ])('of %s minutes %s', (limit, used, expected) => {
    expect(nearness({ limitMs: limit === null ? null : limit * MIN, usedMs: used * MIN })).toBe(expected);
  });

  it('asks for a reason once a run and once a day', () => {
    const reason = (minute: number, ...limits: string[]): TimelineEntry => ({
      ...{ at_ms: minute * MIN, type: 'note', label: 'the child wants to finish', by: 'p1' },
      ...{ overrun: ['minor-limits'], limits },
    });
    const over = (one: Sitting, ...timeline: TimelineEntry[]) =>
      unreasoned(guard({ now: running(one, timeline) })).map(({ which }) => which);
    expect(over(sitting(noon, 119))).toEqual([]);
    expect(over(sitting(noon, 121))).toEqual(['run']);
    expect(over(sitting(noon, 121), reason(120.5, 'run'))).toEqual([]);
    expect(over(sitting(noon, 121), reason(120.5, 'day'))).toEqual(['run']);
    // Another run over the limit is another reason; the day's holds.
    const again = sitting(noon, 245, [121, 123]);
    expect(over(again, reason(120.5, 'run'))).toEqual(['day', 'run']);
    expect(over(again, reason(120.5, 'run'), reason(244, 'run', 'day'))).toEqual([]);
  });
});

describe('whatever happens', () => {
  const breaks = fc
    .uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 8 })
    .map((cuts) => cuts.toSorted((a, b) => a - b))
    .map((cuts) =>
      cuts.flatMap((from, i): [number, number][] => (i % 2 === 0 && cuts[i + 1] ? [[from, cuts[i + 1] ?? from]] : [])),
    );
  const one = fc
    .tuple(breaks, fc.integer({ min: 0, max: 60 }))
    .map(([found, more]) => ({ found, minutes: Math.max(1, ...found.map(([, to]) => to)) + more }));

  it('the run is what a clock would count that is put to nought by each break', () => {
    fc.assert(
      fc.property(one, ({ found, minutes }) => {
        let counted = 0;
        for (let minute = 0; minute < minutes; minute++) {
          const during = found.some(([from, to]) => minute >= from && minute < to);
          counted = during ? 0 : counted + 1;
        }
        expect(guard({ now: running(sitting(noon, minutes, ...found)) }).run.usedMs).toBe(counted * MIN);
      }),
    );
  });

  it('a day never holds more than was recorded, another recording never makes it less, and the order is no matter', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: -3000, max: 0 }), fc.integer({ min: 1, max: 300 })), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(some, one, (others, { found, minutes }) => {
        const now = running(sitting(noon, minutes, ...found));
        const earlier = others.map(([ago, length]) => sitting(noon + ago * MIN, length));
        const { day, run } = guard({ earlier, now });
        const all = minutes * MIN + earlier.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
        expect(day.usedMs).toBeLessThanOrEqual(all);
        expect(day.usedMs).toBeGreaterThanOrEqual(guard({ earlier: earlier.slice(1), now }).day.usedMs);
        expect(guard({ earlier: earlier.toReversed(), now }).day.usedMs).toBe(day.usedMs);
        expect(run.usedMs).toBeGreaterThanOrEqual(guard({ now }).run.usedMs);
      }),
    );
  });

  it('a screen that counts on by itself says what the station will say', () => {
    fc.assert(
      fc.property(one, fc.integer({ min: 0, max: 30 }), ({ found, minutes }, more) => {
        const then = guard({ now: running(sitting(noon, minutes, ...found)) });
        expect(later(then, more * MIN)).toEqual(guard({ now: running(sitting(noon, minutes + more, ...found)) }));
      }),
    );
  });
});

it('reads breaks from a timeline, whoever pressed twice', () => {
  const press = (at_ms: number, begins: boolean): TimelineEntry => ({ at_ms, type: 'break', label: 'tired', begins });
  expect(
    breaksOf([press(1, false), press(2, true), press(3, true), press(4, false), press(5, false), press(6, true)]),
  ).toEqual([
    { fromMs: 2, toMs: 4 },
    { fromMs: 6, toMs: null },
  ]);
});

describe('a day in a zone', () => {
  it.each([
    ['Asia/Almaty', '2026-11-21T07:00:00Z', '2026-11-20T19:00:00Z', '2026-11-21T19:00:00Z'],
    ['UTC', '2026-11-21T00:00:00Z', '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z'],
    // Days of 23 and 25 hours.
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ])('%s at %s', (zone, now, from, until) => {
    expect(dayAround(at(now), zone)).toEqual({ from: at(from), until: at(until) });
  });

  it('holds every instant of its date and no other', () => {
    const zones = fc.constantFrom('Asia/Almaty', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham');
    fc.assert(
      fc.property(zones, fc.integer({ min: at('2020-01-01'), max: at('2035-01-01') }), (zone, ms) => {
        const { from, until } = dayAround(ms, zone);
        expect(dateIn(zone, from)).toBe(dateIn(zone, ms));
        expect(dateIn(zone, until - 1)).toBe(dateIn(zone, ms));
        expect(dateIn(zone, from - 1) < dateIn(zone, ms) && dateIn(zone, until) > dateIn(zone, ms)).toBe(true);
      }),
    );
  });
});
