import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/accounts.ts';
import { useStation } from '../app/client.ts';
import { Asking, ConfirmDialog, EmptyState, Panel, useAct, useAsk } from '../ui/index.ts';

/** People who wait for access, and letting one in. */
export function WaitingPanel() {
  const { t } = useTranslation(['access', 'roles']);
  const station = useStation();
  const asked = useAsk('waiting', (client) => client.accounts.waiting(), 5000);
  const [chosen, setChosen] = useState<Account | null>(null);
  const grant = useAct(async () => {
    if (chosen === null) return;
    await station.accounts.grant({ account: chosen.id });
    setChosen(null);
    asked.again();
  });
  return (
    <Panel title={t('waiting.title')}>
      <Asking asked={asked}>
        {(people) =>
          people.length === 0 ? (
            <EmptyState>{t('waiting.none')}</EmptyState>
          ) : (
            <ul className="br-rows">
              {people.map((person) => (
                <li className="br-row" key={person.id}>
                  <div className="br-row-words">
                    <strong>{person.name}</strong>
                    <div className="br-soft">
                      {t(`roles:${person.role}`)} · {person.code}
                    </div>
                  </div>
                  <Button variant="default" size="sm" onClick={() => setChosen(person)}>
                    {t('waiting.grant')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Asking>
      <ConfirmDialog
        opened={chosen !== null}
        title={t('grant.title', { name: chosen?.name ?? '' })}
        text={t('grant.text')}
        confirm={t('grant.confirm')}
        onConfirm={() => void grant.run()}
        onClose={() => setChosen(null)}
        busy={grant.busy}
        trouble={grant.trouble}
      />
    </Panel>
  );
}
