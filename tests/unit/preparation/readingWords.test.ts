import { expect, it } from 'vitest';
import { filledWords, wordsIn } from '../../../src/shared/domain/readingWords.ts';

it('fills in what is known, and leaves a gap that is noticed where something is not', () => {
  const words = 'It is {{date}}. Present: {{persons}}.';
  expect(filledWords(words, { date: '21 November 2026', persons: 'A, B' })).toBe(
    'It is 21 November 2026. Present: A, B.',
  );
  expect(filledWords(words, { date: null, persons: '' })).toBe('It is …. Present: ….');
  // What a person is called fills in nothing further.
  expect(filledWords(words, { date: '{{persons}}', persons: 'x' })).toBe('It is {{persons}}. Present: x.');
});

it('takes the interview’s language, or the first that the rules have', () => {
  const words = { en: 'Hello', ru: 'Привет' };
  expect(wordsIn(words, 'ru', ['en', 'ru'])).toEqual({ language: 'ru', text: 'Привет' });
  expect(wordsIn<'kk' | 'ru' | 'en'>(words, 'kk', ['en', 'ru'])).toEqual({ language: 'en', text: 'Hello' });
  expect(wordsIn<'kk' | 'ru' | 'en'>({}, 'kk', ['en'])).toBeNull();
});
