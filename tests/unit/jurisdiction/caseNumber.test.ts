import { describe, expect, it } from 'vitest';
import { fits, isPattern } from '../../../src/shared/domain/caseNumber.ts';

describe('a pattern of case numbers', () => {
  it.each([
    ['\\d{2}-\\d+', '26-1', true],
    ['\\d{2}-\\d+', '26-', false],
    ['\\d{2}-\\d+', '126-1', false],
    ['[A-Z]{1,3}/\\d{4}', 'AB/2026', true],
    ['[A-Z]{1,3}/\\d{4}', 'ABCD/2026', false],
    ['\\p{L}+\\-?\\d*', 'Іс-7', true],
    ['\\p{L}+\\-?\\d*', '7', false],
    ['№?\\d{1,2}', '№12', true],
    ['[\\d/]*7[\\d/]*', '1/7/2', true],
    ['[\\d/]*7[\\d/]*', '1/2', false],
    ['a{0,1}a', 'a', true],
    ['.', 'x', false],
  ])('%s and %s: %s', (pattern, number, expected) => {
    expect(fits(number, pattern)).toBe(expected);
  });

  it.each([
    '(a)',
    'a|b',
    '.',
    '^a',
    'a$',
    '[^a]',
    '[]',
    '[b-a]',
    'a**',
    'a{3,1}',
    'a{999}',
    '\\w',
    '\\1',
    '*',
    '\\p{Lu}',
  ])('is refused where it is more than that: %s', (pattern) => {
    expect(isPattern(pattern)).toBe(false);
    expect(fits('a', pattern)).toBe(false);
  });

  it('is done with soon, also where a regular expression would not be', () => {
    const steps = `${'a*'.repeat(100)}b`;
    expect(fits(`${'a'.repeat(200)}b`, steps)).toBe(true);
    expect(fits('a'.repeat(200), steps)).toBe(false);
  });
});
