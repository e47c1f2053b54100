import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Role } from '../../shared/domain/roles.ts';
import { words } from '../../shared/i18n/index.ts';
import { useSettings } from '../app/settings.ts';
import { Asking, Panel, useAsk, useFormat } from '../ui/index.ts';
import { grouped } from './groupEvents.ts';

const FIRST = 8;

/** What was done with the exhibit, newest first, as sentences of the custody log. */
export function CustodyPanel({ exhibit }: { readonly exhibit: string }) {
  const { t } = useTranslation(['archive', 'log', 'roles']);
  const { exact } = useFormat();
  const language = useSettings((settings) => settings.language);
  const asked = useAsk(`custody ${exhibit}`, (station) => station.exhibits.custody({ exhibit }), 15_000);
  const [all, setAll] = useState(false);
  const actions: Readonly<Record<string, string>> = words[language].log.action;
  const roleWord = (role: string) => {
    const known = Role.safeParse(role);
    if (known.success) return t(`roles:${known.data}`);
    return role === 'courtroom' ? t('custody.courtroom') : t('log:system');
  };
  return (
    <Panel title={t('custody.title')}>
      <p className="br-soft">{t('custody.lead')}</p>
      <Asking asked={asked}>
        {(events) => {
          const rows = grouped(events).toReversed();
          return (
            <>
              <ol className="br-custody">
                {(all ? rows : rows.slice(0, FIRST)).map(({ first, last, count }) => (
                  <li key={first.index}>
                    <span className="br-soft br-num">{exact(last.at)}</span>
                    <span>
                      {Role.safeParse(first.role).success ? <strong>{first.actor}</strong> : null}
                      {Role.safeParse(first.role).success ? ', ' : null}
                      {roleWord(first.role)}: {actions[first.action.replaceAll('.', '_')] ?? first.action}
                      {count > 1 ? <span className="br-soft"> · {t('custody.times', { count })}</span> : null}
                    </span>
                    <span className="br-soft br-num">{t('custody.entry', { index: last.index })}</span>
                  </li>
                ))}
              </ol>
              {all || rows.length <= FIRST ? null : (
                <div>
                  <Button variant="subtle" size="compact-md" onClick={() => setAll(true)}>
                    {t('custody.all', { count: events.length })}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Asking>
    </Panel>
  );
}
