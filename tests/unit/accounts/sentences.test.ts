import { describe, expect, it } from 'vitest';
import { accountErrors } from '../../../src/shared/errors/accounts.ts';
import { caseErrors } from '../../../src/shared/errors/cases.ts';
import { sentenceOf } from '../../../src/shared/i18n/index.ts';

const parameters = (sentence: string) => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
/** Each parameter stands for itself, so that what a sentence asks for can be read off it. */
const asked = new Proxy({} as Record<string, string>, { get: (_, name) => `{{${String(name)}}}` });

describe('sentences of refusals', () => {
  it.each([...accountErrors, ...caseErrors])('%s: three languages, the same parameters, three parts', (code) => {
    const english = sentenceOf('en', code, asked);
    expect(english).not.toBe(sentenceOf('en', 'INTERNAL', asked));
    for (const language of ['ru', 'kk'] as const) {
      const sentence = sentenceOf(language, code, asked);
      expect(sentence).not.toBe(sentenceOf(language, 'INTERNAL', asked));
      expect(parameters(sentence)).toEqual(parameters(english));
      expect(sentence).toMatch(/[а-яәғқңөұүһі]/i);
    }
    // What happened, what is safe, what to do.
    expect(english.split(/[.;] /).length).toBeGreaterThanOrEqual(3);
  });
});
