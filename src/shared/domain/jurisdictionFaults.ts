import type { JurisdictionFaultCode } from '../errors/jurisdiction.ts';
import { fits, isPattern } from './caseNumber.ts';
import type { JurisdictionProfile } from './jurisdiction.ts';

/** A mistake of a profile: where it stands (keys and places from the top), and which. */
export interface ProfileFault {
  readonly path: readonly (string | number)[];
  readonly code: JurisdictionFaultCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What may stand as `{{name}}` in words that are read aloud; filled in from the interview's data. */
export const placeholders: ReadonlySet<string> = new Set([
  'date',
  'time',
  'place',
  'case',
  'child',
  'officer',
  'interviewer',
  'interpreter',
  'persons',
  'language',
]);

type Rule = Pick<JurisdictionProfile['timeZone'], 'id' | 'confirmed' | 'note'> & { readonly ages?: readonly string[] };
type Path = ProfileFault['path'];

/** What is wrong in a profile whose shape is right, in no particular order; empty where nothing is. */
export function profileFaults(profile: JurisdictionProfile): ProfileFault[] {
  const rules = rulesOf(profile);
  return [
    ...rules.flatMap(([path, rule]) => ruleFaults(path, rule, new Set(profile.ages.map(({ id }) => id)))),
    ...twice(rules.map(([path, { id }]) => [[...path, 'id'], id])),
    ...twice(profile.ages.map(({ id }, i) => [['ages', i, 'id'], id])),
    ...twice(profile.kinds.map(({ kind }, i) => [['kinds', i, 'kind'], kind])),
    ...twice(profile.documents.map(({ document }, i) => [['documents', i, 'document'], document])),
    ...twice(profile.languages.map((language, i) => [['languages', i], language])),
    ...ageFaults(profile),
    ...zoneFaults(profile),
    ...numberFaults(profile),
    ...limitFaults(profile),
    ...readingFaults(profile),
  ];
}

/** Every rule with its path. */
export function rulesOf(profile: JurisdictionProfile): [Path, Rule][] {
  const lists = ['limits', 'presence', 'readings', 'kinds', 'phases', 'documents', 'guidance', 'retention'] as const;
  return [
    [['timeZone'], profile.timeZone],
    [['caseNumber'], profile.caseNumber],
    ...lists.flatMap((list) => profile[list].map((rule: Rule, i): [Path, Rule] => [[list, i], rule])),
  ];
}

function ruleFaults(path: Path, rule: Rule, bands: ReadonlySet<string>): ProfileFault[] {
  const strange = (rule.ages ?? []).flatMap((age, i): ProfileFault[] =>
    bands.has(age) ? [] : [{ path: [...path, 'ages', i], code: 'JURISDICTION_AGE_UNKNOWN', params: { age } }],
  );
  if (rule.confirmed || rule.note !== null) return strange;
  return [...strange, { path: [...path, 'note'], code: 'JURISDICTION_NOTE_MISSING', params: {} }];
}

function twice(named: readonly (readonly [Path, string])[]): ProfileFault[] {
  const seen = new Set<string>();
  return named.flatMap(([path, name]): ProfileFault[] => {
    if (seen.has(name)) return [{ path, code: 'JURISDICTION_TWICE', params: { name } }];
    seen.add(name);
    return [];
  });
}

function ageFaults({ ages }: JurisdictionProfile): ProfileFault[] {
  return ages.flatMap(({ from, under }, i): ProfileFault[] => {
    const expected = i === 0 ? 0 : (ages[i - 1]?.under ?? 0);
    if (from !== expected) return [{ path: ['ages', i, 'from'], code: 'JURISDICTION_AGES_GAP', params: { expected } }];
    if (under > from) return [];
    return [
      {
        path: ['ages', i, 'under'],
        code: 'JURISDICTION_VALUE_WRONG',
        params: { field: 'under', expected: `> ${from}` },
      },
    ];
  });
}

function zoneFaults({ timeZone: { zone } }: JurisdictionProfile): ProfileFault[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return [];
  } catch {
    const params = { field: 'zone', expected: 'IANA: Asia/Almaty' };
    return [{ path: ['timeZone', 'zone'], code: 'JURISDICTION_VALUE_WRONG', params }];
  }
}

function numberFaults({ caseNumber: { forms } }: JurisdictionProfile): ProfileFault[] {
  return forms.flatMap(({ pattern, example }, i): ProfileFault[] => {
    const path = ['caseNumber', 'forms', i] as const;
    if (!isPattern(pattern))
      return [{ path: [...path, 'pattern'], code: 'JURISDICTION_PATTERN_UNREADABLE', params: { pattern } }];
    if (fits(example, pattern)) return [];
    return [{ path: [...path, 'example'], code: 'JURISDICTION_EXAMPLE_UNFIT', params: { pattern, example } }];
  });
}

function limitFaults({ limits }: JurisdictionProfile): ProfileFault[] {
  return limits.flatMap(({ minutesWithoutBreak, minutesADay }, i): ProfileFault[] => {
    if (minutesWithoutBreak === null || minutesADay === null || minutesWithoutBreak <= minutesADay) return [];
    const params = { field: 'minutesWithoutBreak', expected: `≤ ${minutesADay}` };
    return [{ path: ['limits', i, 'minutesWithoutBreak'], code: 'JURISDICTION_VALUE_WRONG', params }];
  });
}

function readingFaults({ readings, languages }: JurisdictionProfile): ProfileFault[] {
  return readings.flatMap(({ words }, i): ProfileFault[] => {
    const missing = languages.filter((language) => words[language] === undefined);
    return [
      ...missing.map(
        (language): ProfileFault => ({
          path: ['readings', i, 'words'],
          code: 'JURISDICTION_WORDS_MISSING',
          params: { language },
        }),
      ),
      ...Object.entries(words).flatMap(([language, text]) =>
        strangePlaceholders(text ?? '').map(
          (placeholder): ProfileFault => ({
            path: ['readings', i, 'words', language],
            code: 'JURISDICTION_PLACEHOLDER_UNKNOWN',
            params: { placeholder, known: [...placeholders].join(', ') },
          }),
        ),
      ),
    ];
  });
}

/** `{{…}}` that nothing stands for; a brace that is not closed is one too. */
function strangePlaceholders(text: string): string[] {
  const rest = text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => (placeholders.has(name) ? '' : whole));
  return rest.match(/\{\{?[^{}]{0,40}\}{0,2}|\}+/g) ?? [];
}
