import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/accounts.ts';
import { words } from '../../shared/i18n/index.ts';
import { useAccount } from '../app/sessionStore.ts';
import { useSettings } from '../app/settings.ts';
import { Asking, EmptyState, Page, Panel, StateChip, useAsk } from '../ui/index.ts';
import { InviteDialog } from './InviteDialog.tsx';
import { PersonRow } from './PersonRow.tsx';

/** Everyone who works with the station, and what each still needs. */
export function PeopleScreen() {
  const { t } = useTranslation('admin');
  const own = useAccount();
  const language = useSettings((settings) => settings.language);
  const asked = useAsk('accounts', (station) => station.accounts.list(), 10_000);
  const [inviting, setInviting] = useState(false);
  const invite = (
    <Button leftSection={<IconUserPlus aria-hidden size={18} />} onClick={() => setInviting(true)}>
      {t('people.invite')}
    </Button>
  );
  return (
    <Page title={t('people.title')} lead={t('people.lead')} aside={invite}>
      <Panel title={t('people.title')}>
        <Asking asked={asked}>
          {(accounts) =>
            accounts.length === 0 ? (
              <EmptyState>{t('people.empty')}</EmptyState>
            ) : (
              <ul className="br-rows">
                {accounts.map((account) => (
                  <PersonRow
                    key={account.id}
                    person={account}
                    own={account.id === own?.id}
                    lastKey={holdsKey(account) && accounts.filter(holdsKey).length === 1}
                    changed={asked.again}
                  />
                ))}
              </ul>
            )
          }
        </Asking>
      </Panel>
      {words[language].meta.reviewed ? null : (
        <div>
          <StateChip tone="quiet">{t('people.reviewed')}</StateChip>
        </div>
      )}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} invited={asked.again} /> : null}
    </Page>
  );
}

const holdsKey = (account: Account) => account.state === 'active' && account.keys === 'granted';
