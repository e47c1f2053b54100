import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { openingValues } from '../../../src/renderer/preparation/openingValues.ts';
import type { PreparationView } from '../../../src/shared/contract/preparation.ts';
import { filledWords } from '../../../src/shared/domain/readingWords.ts';
import { words } from '../../../src/shared/i18n/index.ts';
import { kzPath, profileAt } from '../../support/profiles.ts';

const kz = profileAt(kzPath);
const opening = kz.readings.find(({ what }) => what === 'opening')?.words;
const i18n = i18next.createInstance();
beforeAll(async () => {
  await i18n.init({ lng: 'en', resources: words, ns: Object.keys(words.en), interpolation: { escapeValue: false } });
});

const interview: PreparationView['interview'] = {
  ...{ id: 'i1', exhibit: 'almaty1-2026-000001', caseId: 'c1', caseNumber: '26-1', kind: 'deposition', state: 'ready' },
  child: { id: 'k1', code: 'K-7F3A', status: 'victim', ageYears: 9 },
  room: { id: 'r1', name: '№ 1' },
  officer: { id: 'o1', name: 'А. Серік' },
  ...{ language: 'kk', plannedAt: '2026-11-21T05:00:00.000Z', plannedMinutes: 60, startedAt: null, endedAt: null },
  participants: [
    { code: 'p1', capacity: 'psychologist', place: 'interview' },
    { code: 'p2', capacity: 'prosecutor', place: 'observation' },
    { code: 'p3', capacity: 'defence', place: 'observation' },
  ],
  ...{ continues: null, goesOnIn: null },
};
const rules = { id: 'kz', version: '1', timeZone: 'Asia/Almaty', kind: null };
const absent = { about: 'person', code: 'p3', state: 'absent' } as const;
const entries = [
  { item: 'person.p3', answer: absent, words: null, by: 'x', at: '2026-11-21T05:00:00.000Z', before: null },
];

function said(language: 'kk' | 'ru' | 'en', names: ReadonlyMap<string, string> | null): string {
  const occasion = {
    now: new Date('2026-11-21T20:14:00.000Z'),
    court: 'ҚСМ',
    names: names === null ? null : { people: names, called: null },
    t: i18n.getFixedT(language, 'preparation'),
    common: i18n.getFixedT(language, 'common'),
  };
  const values = openingValues({ interview: { ...interview, language }, rules, entries }, occasion);
  return filledWords(opening?.[language] ?? '', values);
}

it('says date and time by the clock of the rules’ zone, the place and everyone who came, in the interview’s language', () => {
  expect(said('kk', null)).toContain(
    'Бүгін 2026 ж. 22 қараша, сағат 01:14. Отырған жеріміз: № 1, ҚСМ. ' +
      'Қатысып отырғандар: тергеуші А. Серік, психолог; бақылау бөлмесінен: прокурор.',
  );
  expect(said('ru', null)).toContain(
    'Сегодня 22 ноября 2026 г., 01:14. Мы находимся здесь: № 1, ҚСМ. ' +
      'Присутствуют: следователь А. Серік, психолог; из комнаты наблюдения: прокурор.',
  );
  expect(said('en', null)).toContain('investigator А. Серік, psychologist; from the observation room: prosecutor.');
});

it('says names only where they were opened, and nobody who did not come', () => {
  const names = new Map([
    ['p1', 'Жұлдыз'],
    ['p3', 'Қорғаушы Б.'],
  ]);
  expect(said('kk', names)).toContain('психолог Жұлдыз; бақылау бөлмесінен: прокурор.');
  expect(said('kk', names)).not.toContain('Қорғаушы');
});
