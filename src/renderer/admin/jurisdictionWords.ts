import { useTranslation } from 'react-i18next';
import type { JurisdictionProfile, Seat, Words } from '../../shared/domain/jurisdiction.ts';
import { useSettings } from '../app/settings.ts';
import { useNames } from '../ui/index.ts';

type Language = keyof Words;

/** A rule as it is read by a person. */
export interface RuleInWords {
  readonly id: string;
  readonly title: string;
  readonly says: readonly string[];
  /** Words that are read aloud, in the reader's language where the profile has them in it. */
  readonly read: { readonly language: Language; readonly words: string } | null;
  readonly source: Words;
  readonly note: Words | null;
  readonly confirmed: boolean;
}

const groups = [
  'general',
  'limits',
  'presence',
  'kinds',
  'readings',
  'phases',
  'documents',
  'guidance',
  'retention',
] as const;

export interface RuleGroup {
  readonly id: (typeof groups)[number];
  readonly rules: readonly RuleInWords[];
}

type Basis = Pick<RuleInWords, 'id' | 'source' | 'note' | 'confirmed'>;
const inWords = (rule: Basis, title: string, says: readonly string[] = [], read: RuleInWords['read'] = null) => ({
  ...{ id: rule.id, source: rule.source, note: rule.note, confirmed: rule.confirmed },
  ...{ title, says, read },
});

/** The rules of a profile in the screen's language, in the order in which a day meets them. */
export function useRuleGroups(profile: JurisdictionProfile): readonly RuleGroup[] {
  const language = useSettings((settings) => settings.language);
  const words = useWords(profile, language);
  return groups.map((id) => ({ id, rules: words[id]() }));
}

function useWords(
  profile: JurisdictionProfile,
  language: Language,
): Readonly<Record<RuleGroup['id'], () => RuleInWords[]>> {
  const { t } = useTranslation(['jurisdiction', 'common']);
  const names = useNames();
  // Browsers have no list words for Kazakh, so the "or" is ours.
  const or = (list: readonly string[]) => list.join(` ${t('or')} `);
  const begun = (text: string) => text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
  const capacities = (list: Seat['anyOf']) =>
    begun(or(list.map((one) => t(`common:capacity.${one}`).toLocaleLowerCase(language))));
  const seat = ({ anyOf, need }: Seat) => `${capacities(anyOf)}: ${t(need)}`;
  const bands = (ids: readonly string[]) =>
    profile.ages
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name[language])
      .join(' · ');
  const ages = (ids: readonly string[]) => t('ages', { ages: bands(ids) });
  const { timeZone, caseNumber } = profile;
  return {
    general: () => [
      inWords(timeZone, t('timeZone', { zone: timeZone.zone })),
      inWords(
        caseNumber,
        t('caseNumber', { examples: or(caseNumber.forms.map(({ example }) => example)) }),
        caseNumber.forms.map(({ pattern }) => t('pattern', { pattern })),
      ),
    ],
    limits: () =>
      profile.limits.map((rule) => {
        const limits = [
          ...(rule.minutesWithoutBreak === null ? [] : [t('withoutBreak', { minutes: rule.minutesWithoutBreak })]),
          ...(rule.minutesADay === null ? [] : [t('aDay', { minutes: rule.minutesADay })]),
          ...(rule.breakMinutes === undefined ? [] : [t('breakAtLeast', { minutes: rule.breakMinutes })]),
          ...(rule.breaksCount === false ? [t('breaksNotCounted')] : []),
        ];
        return inWords(rule, begun(bands(rule.ages)), limits.length === 0 ? [t('noLimit')] : limits);
      }),
    presence: () =>
      profile.presence.map((rule) =>
        inWords(rule, seat(rule), [ages(rule.ages), rule.kinds.map((kind) => names.kind(kind)).join(' · ')]),
      ),
    kinds: () => profile.kinds.map((rule) => inWords(rule, rule.name[language], rule.participants.map(seat))),
    readings: () =>
      profile.readings.map((rule) => {
        const spoken = [language, ...profile.languages].find((one) => rule.words[one] !== undefined) ?? language;
        const says = [
          ages(rule.ages),
          `${t('readBy', { who: capacities(rule.readBy) })}, ${t(rule.to === 'child' ? 'toChild' : 'toPresent')}`,
        ];
        return inWords(rule, begun(t(`what.${rule.what}`)), says, {
          language: spoken,
          words: rule.words[spoken] ?? '',
        });
      }),
    phases: () => profile.phases.map((rule, index) => inWords(rule, `${index + 1}. ${rule.name[language]}`)),
    documents: () =>
      profile.documents.map((rule) => inWords(rule, rule.title[language], [t(`document.${rule.document}`)])),
    guidance: () => profile.guidance.map((rule) => inWords(rule, rule.says[language])),
    retention: () =>
      profile.retention.map((rule) =>
        inWords(rule, t('keepUntil', { until: rule.keepUntil[language] }), [
          rule.yearsAfter === null ? t('yearsUnknown') : t('years', { count: rule.yearsAfter }),
          t('disposal', { count: rule.disposalPersons }),
        ]),
      ),
  };
}
