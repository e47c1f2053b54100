import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../src/renderer/ui/format.ts';

const at = '2026-11-21T05:14:07.250Z';
const zone = 'Asia/Aqtau';

describe('times in three languages', () => {
  it('are written as a Kazakh reader does, without the help of the system', () => {
    const format = formatOf('kk', zone);
    expect(format.date(at)).toBe('2026 ж. 21 қараша');
    expect(format.longDate(at)).toBe('2026 ж. 21 қараша, сенбі');
    expect(format.dateTime(at)).toBe('2026 ж. 21 қар., 10:14');
    expect(format.exact(at)).toBe('2026 ж. 21 қар., 10:14:07');
    expect(format.time(new Date(at))).toBe('10:14');
  });

  it('are written as Russian and English readers do', () => {
    expect(formatOf('ru', zone).date(at)).toBe('21 ноября 2026 г.');
    expect(formatOf('en', zone).longDate(at)).toMatch(/^Saturday,? 21 November 2026$/);
    expect(formatOf('en', zone).time(at)).toBe('10:14');
  });

  it('do not write midnight as 24', () => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      expect(formatOf(language, zone).time('2026-11-20T19:00:00.000Z')).toBe('00:00');
    }
  });
});

describe('lengths', () => {
  it('are said in the unit that fits', () => {
    const { duration } = formatOf('en');
    expect(duration(9_400)).toBe('9 s');
    expect(duration(59_400)).toBe('59 s');
    expect(duration(48 * 60_000)).toBe('48 min');
    expect(duration(62 * 60_000)).toBe('1 h 02 min');
    expect(formatOf('kk').duration(62 * 60_000)).toBe('1 сағ 02 мин');
  });

  it('never round up to a sixtieth minute', () => {
    expect(formatOf('en').duration(3_599_400)).toBe('1 h 00 min');
    expect(formatOf('en').duration(59 * 60_000 + 20_000)).toBe('59 min');
  });

  it('run as a clock', () => {
    const { clock } = formatOf('ru');
    expect(clock(0)).toBe('00:00:00');
    expect(clock(31 * 60_000 + 7_999)).toBe('00:31:07');
    expect(clock(-5)).toBe('00:00:00');
  });
});

describe('figures', () => {
  it('have the units of the language', () => {
    expect(formatOf('en').bytes(412_000_000_000)).toBe('412 GB');
    expect(formatOf('ru').bytes(1_500_000_000)).toBe('1,5 ГБ');
    expect(formatOf('en').bytes(0)).toBe('0 B');
    expect(formatOf('en').percent(0.125)).toBe('13%');
  });
});
