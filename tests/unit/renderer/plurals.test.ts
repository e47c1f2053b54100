import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { wordOptions } from '../../../src/renderer/app/wordOptions.ts';
import { words } from '../../../src/shared/i18n/index.ts';

const ids = ['kk', 'ru', 'en'] as const;
type Id = (typeof ids)[number];
const FORM = /_(zero|one|two|few|many|other)$/;

/** The forms of each language of ours (CLDR 48, cardinals), written out: what a runtime without Kazakh answers is no measure. */
const forms: Readonly<Record<Id, readonly string[]>> = {
  kk: ['one', 'other'],
  ru: ['few', 'many', 'one', 'other'],
  en: ['one', 'other'],
};

/** Every text by its key, `namespace.a.b_few`. */
function texts(language: Id): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (at: string, value: unknown) => {
    if (typeof value === 'string') found.set(at, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(at === '' ? key : `${at}.${key}`, inner);
    }
  };
  walk('', words[language]);
  return found;
}

/** Sentences with a count that stand in one form, each because of what is said here. */
const oneForm: Readonly<Record<string, readonly string[]>> = {
  'the figure stands alone, behind a colon, in brackets or at the end': [
    'archive.result.all',
    'archive.custody.all',
    'certificate.checks.times',
    'hearing.shown.more',
    'interviewer.markerSet',
    'live.observers.connected',
    'log.check.earlier',
    'questions.count',
    'errors.BACKUP_DAMAGED',
    'errors.CHILD_PERHAPS_KNOWN',
    'errors.PROTOCOL_REMARKS_OPEN',
    'errors.TRANSCRIPT_NOT_PLACED',
  ],
  'it is always more than five hundred': ['questions.tooLong', 'errors.QUESTION_TOO_LONG'],
};
const excepted = new Set(Object.values(oneForm).flat());
const isExcepted = (key: string) => excepted.has(key) || key.startsWith('errors.JURISDICTION_');

/** Holes that take a number of things. */
const NUMBER = '(?:count|n|most|least|minutes|hours|seconds|days|fps|bytes|found|expected|old|before)';
/** Behind a number these have one form: units that are written short, and little words that the number does not govern. */
const UNBENT = new Set(['ч', 'мин', 'с', 'мс', 'байт', 'кадр', 'из', 'или', 'вместо', 'не', 'норм', 'записи']);

describe.each(ids)('counted things in %s', (language) => {
  const own = texts(language);

  it('have exactly the forms of the language', () => {
    const groups = new Map<string, string[]>();
    for (const key of own.keys()) {
      const form = FORM.exec(key)?.[1];
      if (form === undefined) continue;
      const stem = key.replace(FORM, '');
      groups.set(stem, [...(groups.get(stem) ?? []), form]);
    }
    expect(groups.size).toBeGreaterThan(20);
    for (const [stem, found] of groups) {
      expect({ stem, found: found.toSorted() }).toEqual({ stem, found: forms[language] });
    }
  });

  it('are bent, or the sentence needs no bending', () => {
    const unbent = [...own]
      .filter(([key, text]) => text.includes('{{count}}') && !FORM.test(key) && !isExcepted(key))
      .map(([key]) => key);
    expect(unbent).toEqual([]);
  });
});

describe('Russian sentences in one form', () => {
  it('have no word behind a number that the number would bend', () => {
    const bent = new RegExp(`\\{\\{${NUMBER}\\}\\} ([а-яё]+)`, 'g');
    const wrong = [...texts('ru')].flatMap(([key, text]) =>
      FORM.test(key)
        ? []
        : [...text.matchAll(bent)].flatMap((hit) => (UNBENT.has(hit[1] ?? '') ? [] : [`${key}: ${hit[0]}`])),
    );
    // At least ten, by the rule of passwords.
    expect(wrong).toEqual(['errors.PASSWORD_TOO_WEAK: {{least}} знаков']);
  });
});

describe('on the screens', () => {
  const said = i18next.createInstance();
  beforeAll(async () => {
    await said.init({ ...wordOptions, lng: 'kk' });
  });

  /** As the screens say it; keys are checked against the files here, not by their type. Spaces that do not break are spaces. */
  const say = (key: string, values: Readonly<Record<string, string | number>>) =>
    (said.t as (key: string, values: object) => string)(key, values).replaceAll('\u00a0', ' ');

  const spoken: readonly (readonly [string, Id, Readonly<Record<number, string>>])[] = [
    ['common:child.age', 'ru', { 1: '1 год', 2: '2 года', 5: '5 лет', 11: '11 лет', 14: '14 лет', 21: '21 год' }],
    ['common:child.age', 'kk', { 1: '1 жас', 2: '2 жас', 11: '11 жас', 21: '21 жас' }],
    ['common:child.age', 'en', { 1: '1 year', 2: '2 years', 11: '11 years', 21: '21 years' }],
    [
      'archive:custody.times',
      'ru',
      { 2: '2 раза', 5: '5 раз', 12: '12 раз', 21: '21 раз', 22: '22 раза', 112: '112 раз' },
    ],
    ['archive:custody.times', 'en', { 2: '2 times', 21: '21 times' }],
    [
      'questions:waiting',
      'ru',
      { 1: '1 вопрос ожидает', 2: '2 вопроса ожидают', 5: '5 вопросов ожидают', 21: '21 вопрос ожидает' },
    ],
    ['questions:waiting', 'kk', { 1: '1 сұрақ күтуде', 5: '5 сұрақ күтуде', 112: '112 сұрақ күтуде' }],
    [
      'network:screens',
      'ru',
      { 1: 'Подключён 1 экран', 3: 'Подключены 3 экрана', 8: 'Подключено 8 экранов', 112: 'Подключено 112 экранов' },
    ],
    [
      'preparation:gap.reading',
      'ru',
      {
        1: 'Осталось зачитать 1 текст.',
        4: 'Осталось зачитать 4 текста.',
        11: 'Осталось зачитать 11 текстов.',
        101: 'Осталось зачитать 101 текст.',
      },
    ],
    ['log:check.size', 'ru', { 1: '1 запись', 2: '2 записи', 112: '112 записей', 1.5: '1.5 записи' }],
  ];
  it.each(spoken)('%s is said rightly in %s', async (key, language, expected) => {
    await said.changeLanguage(language);
    const rendered = Object.keys(expected).map((count) => [count, say(key, { count: Number(count) })]);
    expect(Object.fromEntries(rendered)).toEqual(expected);
  });

  it('nothing is left to be filled in, whatever is counted', async () => {
    for (const language of ids) {
      await said.changeLanguage(language);
      for (const key of texts(language).keys()) {
        if (!FORM.test(key)) continue;
        const [namespace = '', ...path] = key.replace(FORM, '').split('.');
        for (const count of [0, 1, 2, 5, 21, 112]) {
          const text = say(`${namespace}:${path.join('.')}`, { count, form: 'WebVTT', origin: 'x' });
          expect(text, `${language} ${key} ${count}`).not.toMatch(/\{\{|\}\}/);
          expect(text, `${language} ${key} ${count}`).not.toBe(path.join('.'));
        }
      }
    }
  });
});
