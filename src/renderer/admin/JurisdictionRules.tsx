import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import { useSettings } from '../app/settings.ts';
import { EmptyState, Panel, StateChip } from '../ui/index.ts';
import { type RuleInWords, useRuleGroups } from './jurisdictionWords.ts';

/** How many rules nobody who knows the law has confirmed. */
export function UnconfirmedChip({ profile }: { readonly profile: JurisdictionProfile }) {
  const { t } = useTranslation('jurisdiction');
  const count = useRuleGroups(profile)
    .flatMap(({ rules }) => rules)
    .filter(({ confirmed }) => !confirmed).length;
  if (count === 0) return <StateChip tone="good">{t('allConfirmed')}</StateChip>;
  return <StateChip tone="warn">{t('unconfirmed', { count })}</StateChip>;
}

/** Every rule of a profile in plain words, grouped. */
export function JurisdictionRules({ profile }: { readonly profile: JurisdictionProfile }) {
  const { t } = useTranslation('jurisdiction');
  const [only, setOnly] = useState(false);
  const groups = useRuleGroups(profile);
  const shown = (rules: readonly RuleInWords[]) => rules.filter(({ confirmed }) => !only || !confirmed);
  return (
    <>
      <Switch
        label={t('onlyUnconfirmed')}
        checked={only}
        onChange={(event) => setOnly(event.currentTarget.checked)}
        size="md"
      />
      {groups
        .filter(({ rules }) => !only || shown(rules).length > 0)
        .map(({ id, rules }) => (
          <Panel key={id} title={t(`group.${id}`)}>
            {rules.length === 0 ? (
              <EmptyState>{t('noneHere')}</EmptyState>
            ) : (
              <ul className="br-rows">
                {shown(rules).map((rule) => (
                  <RuleRow key={rule.id} rule={rule} />
                ))}
              </ul>
            )}
          </Panel>
        ))}
    </>
  );
}

function RuleRow({ rule: { title, says, read, source, note, confirmed } }: { readonly rule: RuleInWords }) {
  const { t } = useTranslation('jurisdiction');
  const language = useSettings((settings) => settings.language);
  return (
    <li className="br-row br-rule">
      <div className="br-row-words">
        <strong>{title}</strong>
        {says.map((line) => (
          <div key={line}>{line}</div>
        ))}
        {read === null ? null : (
          <blockquote className="br-read" lang={read.language}>
            {read.words}
          </blockquote>
        )}
        <div className="br-soft">{t('source', { source: source[language] })}</div>
        {note === null ? null : <p className="br-to-ask">{t('toAsk', { note: note[language] })}</p>}
      </div>
      <div className="br-row-aside">
        <StateChip tone={confirmed ? 'good' : 'warn'}>{t(confirmed ? 'confirmed' : 'notConfirmed')}</StateChip>
      </div>
    </li>
  );
}
