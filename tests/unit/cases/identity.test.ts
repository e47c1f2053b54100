import { describe, expect, it } from 'vitest';
import { ageOn, identityMarks, localDay } from '../../../src/shared/domain/identity.ts';

const one = { surname: 'Ковалёва', givenName: 'Анна-Мария', birthDate: '2016-02-29', iin: null };

describe('identityMarks', () => {
  it('evens out what people write as they please', () => {
    const other = { ...one, surname: '  КОВАЛЕВА ', givenName: 'анна–мария'.normalize('NFD') };
    expect(identityMarks(other)).toEqual(identityMarks(one));
    const kazakh = { ...one, surname: 'Өмірғали', givenName: "Ғ'aлия" };
    expect(identityMarks({ ...kazakh, surname: 'ӨМІРҒАЛИ', givenName: 'Ғ’aлия' })).toEqual(identityMarks(kazakh));
  });

  it('keeps different people apart', () => {
    expect(identityMarks({ ...one, birthDate: '2016-02-28' }).name).not.toBe(identityMarks(one).name);
    expect(identityMarks({ ...one, givenName: 'Анна' }).name).not.toBe(identityMarks(one).name);
    expect(identityMarks({ ...one, iin: '160229600123' }).iin).toBe('iin\n160229600123');
  });
});

describe('ageOn', () => {
  it.each([
    ['2017-11-22', '2026-11-21', 8],
    ['2017-11-22', '2026-11-22', 9],
    ['2016-02-29', '2025-02-28', 8],
    ['2016-02-29', '2025-03-01', 9],
    ['2026-11-21', '2026-11-21', 0],
    ['2026-11-22', '2026-11-21', null],
    ['1900-01-01', '2026-11-21', null],
    [null, '2026-11-21', null],
  ])('%s on %s is %s', (birth, day, age) => {
    expect(ageOn(birth, day)).toBe(age);
  });
});

describe('localDay', () => {
  it('is the day on the wall', () => {
    expect(localDay(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});
