import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contract } from '../../../src/shared/contract/index.ts';
import { errorCodes } from '../../../src/shared/errors.ts';
import { sentenceOf, words } from '../../../src/shared/i18n/index.ts';

const ids = ['kk', 'ru', 'en'] as const;
const plural = /_(zero|one|two|few|many|other)$/;

/** Every text by its key, `namespace:a.b`; the forms of a plural are one key with all their texts. */
function texts(language: (typeof ids)[number]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const walk = (at: string, value: unknown) => {
    if (typeof value === 'string') {
      const key = at.replace(plural, '');
      found.set(key, [...(found.get(key) ?? []), value]);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(at === '' ? key : `${at}.${key}`, inner);
    }
  };
  walk('', words[language]);
  return found;
}

const holes = (list: readonly string[]) =>
  [...new Set(list.flatMap((text) => text.match(/\{\{\w+\}\}/g) ?? []))].toSorted();
const english = texts('en');

describe.each(ids)('the words in %s', (language) => {
  const own = texts(language);

  it('have the same keys as the English ones', () => {
    expect([...own.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it('have the same placeholders as the English ones', () => {
    for (const [key, list] of english)
      expect({ key, holes: holes(own.get(key) ?? []) }).toEqual({ key, holes: holes(list) });
  });

  it('leave nothing empty and nothing with a space at its ends', () => {
    const wrong = [...own].filter(([, list]) => list.some((text) => text.trim() !== text || text === ''));
    // Of a check that passed there is nothing to say beside its name.
    expect(wrong.map(([key]) => key)).toEqual(['verify.reason.ok']);
  });

  it('have a sentence for every error code', () => {
    const known = new Set(Object.keys(words[language].errors));
    expect(errorCodes.filter((code) => !known.has(code))).toEqual([]);
  });

  it('have words for every event that an operation writes', () => {
    const known: Readonly<Record<string, string>> = words[language].log.action;
    const missing = eventsOf(contract).filter((event) => known[event.replaceAll('.', '_')] === undefined);
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe('Kazakh and Russian words', () => {
  it.each(['kk', 'ru'] as const)('are written in Cyrillic: %s', (language) => {
    const latin = [...texts(language)].filter(([key, list]) => {
      if (key.startsWith('meta.') || key.startsWith('verify.')) return false;
      return list.some((text) => {
        const plain = text.replaceAll(/\{\{\w+\}\}/g, '');
        return /[A-Za-z]{3,}/.test(plain) && !/[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]/.test(plain);
      });
    });
    expect(latin.map(([key]) => key)).toEqual(language === 'ru' ? ['common.app.name'] : []);
  });

  it('use the Kazakh letters', () => {
    const all = [...texts('kk').values()].flat().join(' ');
    expect([...'әғқңөұүі'].filter((letter) => !all.includes(letter))).toEqual([]);
  });
});

describe('the sentence of a refusal', () => {
  it('takes its figures', () => {
    const sentence = sentenceOf('en', 'PASSWORD_TOO_WEAK', { least: 10 });
    expect(sentence).toContain('10');
    expect(sentence).not.toContain('{{');
  });

  it('of an unknown code is that of INTERNAL', () => {
    expect(sentenceOf('ru', 'NO_SUCH_CODE')).toBe(sentenceOf('ru', 'INTERNAL'));
  });
});

describe('the files', () => {
  it('are the same in each language, and each is merged', () => {
    const files = ids.map((id) => readdirSync(new URL(`../../../src/shared/i18n/${id}/`, import.meta.url)).toSorted());
    expect(files[0]).toEqual(files[2]);
    expect(files[1]).toEqual(files[2]);
    const merged = new Set(Object.keys(words.en));
    const namespaces = (files[2] ?? [])
      .map((name) => name.replace('.json', ''))
      .filter((name) => !name.startsWith('errors-'));
    expect(namespaces.filter((name) => !merged.has(name))).toEqual([]);
  });
});

/** Every event named in the role table of the contract. */
function eventsOf(node: object): string[] {
  if ('~orpc' in node) {
    const found = node as { '~orpc': { meta: { access: { events: readonly string[] } } } };
    return [...found['~orpc'].meta.access.events];
  }
  return Object.values(node).flatMap((inner: object) => eventsOf(inner));
}
