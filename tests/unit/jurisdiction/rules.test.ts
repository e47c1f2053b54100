import { describe, expect, it } from 'vitest';
import { Phase } from '../../../src/shared/contract/recording.ts';
import {
  holds,
  isCaseNumber,
  limitsFor,
  missingOf,
  presenceFor,
  readingsFor,
} from '../../../src/shared/domain/jurisdictionRules.ts';
import { islandPath, kzPath, profileAt } from '../../support/profiles.ts';

const kz = profileAt(kzPath);
const island = profileAt(islandPath);
const named = (seats: ReturnType<typeof presenceFor>) => seats.map(({ anyOf, need }) => `${anyOf.join('/')} ${need}`);

describe('the profile of Kazakhstan', () => {
  it.each([
    [0, 120, 240],
    [17, 120, 240],
    [18, null, null],
    [null, 120, 240],
  ])('limits at the age of %s', (age, minutesWithoutBreak, minutesADay) => {
    expect(limitsFor(kz, age)).toMatchObject({ minutesWithoutBreak, minutesADay });
  });

  it('asks for a teacher or psychologist under 14, and advises one from 14 on', () => {
    expect(named(presenceFor(kz, 13, 'investigation'))).toContain('teacher/psychologist required');
    expect(named(presenceFor(kz, 14, 'investigation'))).toContain('teacher/psychologist advised');
    expect(named(presenceFor(kz, null, 'investigation'))).toContain('teacher/psychologist required');
    expect(named(presenceFor(kz, 18, 'investigation'))).toEqual([
      'investigator required',
      'interviewer/psychologist advised',
    ]);
    expect(named(presenceFor(kz, 9, 'deposition'))).toContain('investigating-judge required');
  });

  it('warns of liability from 16 on and reminds of the truth before', () => {
    const ids = (age: number) => readingsFor(kz, age).map(({ id }) => id);
    expect(ids(15)).toContain('remind-of-truth');
    expect(ids(15)).not.toContain('warn-of-liability');
    expect(ids(16)).toContain('warn-of-liability');
    expect(ids(16)).not.toContain('remind-of-truth');
  });

  it('takes the numbers that courts use, and no name', () => {
    for (const number of ['7512-26-00-2/417', '1', '26-0001', '№ 12/3 (б)', '1-142/2026', '217512300123456'])
      expect(isCaseNumber(kz, number), number).toBe(true);
    for (const number of ['Айша Нұрланова', 'Иванов', '', '26<1>', '26\n1'])
      expect(isCaseNumber(kz, number)).toBe(false);
  });

  it('has the phases that the screens have words for', () => {
    expect(kz.phases.map(({ id }) => id)).toEqual(Phase.options);
  });

  it('says of every rule that nobody confirmed what is to be asked, and confirms no limit', () => {
    expect(kz.limits.every(({ confirmed, note }) => !confirmed && note !== null)).toBe(true);
    expect(kz.readings.every(({ confirmed }) => !confirmed)).toBe(true);
  });
});

describe('another country', () => {
  it('has other limits at other ages; the strictest of several holds', () => {
    expect(limitsFor(island, 6)).toEqual({
      minutesWithoutBreak: 15,
      minutesADay: 45,
      rules: ['small-limit', 'everyone-a-day'],
    });
    expect(limitsFor(island, 7)).toEqual({ minutesWithoutBreak: null, minutesADay: 100, rules: ['everyone-a-day'] });
    expect(limitsFor(island, 20).minutesADay).toBe(100);
    expect(limitsFor(island, 21)).toEqual({ minutesWithoutBreak: null, minutesADay: null, rules: [] });
    expect(limitsFor(island, null)).toMatchObject({ minutesWithoutBreak: 15, minutesADay: 45 });
  });

  it('wants other people there, and what one rule requires another cannot only advise', () => {
    expect(named(presenceFor(island, 6, 'deposition'))).toEqual([
      'teacher required',
      'interviewer required',
      'interpreter required',
    ]);
    const grown = presenceFor(island, 20, 'deposition');
    expect(named(grown)).toEqual(['teacher advised', 'interviewer required', 'interpreter required']);
    expect(missingOf(grown, ['interpreter']).map(({ rule }) => rule)).toEqual(['kind-deposition', 'kind-deposition']);
    expect(missingOf(grown, ['interpreter', 'teacher', 'interviewer'])).toEqual([]);
    expect(presenceFor(island, 9, 'investigation')).toEqual([]);
  });

  it('holds other kinds and writes other numbers', () => {
    expect([holds(island, 'deposition'), holds(island, 'supplement')]).toEqual([true, false]);
    expect(isCaseNumber(island, 'ISL/0042/QX')).toBe(true);
    expect(isCaseNumber(island, 'OLD-1')).toBe(true);
    expect(isCaseNumber(island, '26-0001')).toBe(false);
  });
});
