import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAccount } from '../app/sessionStore.ts';
import { Asking, EmptyState, Page, Panel, useAsk, useFormat } from '../ui/index.ts';
import { NewCaseDialog } from './NewCaseDialog.tsx';

/** The cases of a person. */
export function CasesScreen() {
  const { t } = useTranslation('cases');
  const { date } = useFormat();
  const account = useAccount();
  const [opened, setOpened] = useState(false);
  const asked = useAsk('cases', (station) => station.cases.list(), 20_000);
  const opens = account?.role === 'investigator';
  const add = opens ? (
    <Button leftSection={<IconPlus aria-hidden size={18} />} onClick={() => setOpened(true)}>
      {t('new')}
    </Button>
  ) : null;
  return (
    <Page title={t('title')} lead={opens ? t('leadOpens') : t('lead')} aside={add}>
      <Panel title={t('title')}>
        <Asking asked={asked}>
          {(cases) =>
            cases.length === 0 ? (
              <EmptyState>{opens ? t('empty.investigator') : t('empty.other')}</EmptyState>
            ) : (
              <ul className="br-rows">
                {cases
                  .toSorted((a, b) => b.openedAt.localeCompare(a.openedAt))
                  .map((one) => (
                    <li className="br-row" key={one.id}>
                      <div className="br-row-words">
                        <Link href={`/cases/${one.id}`} className="br-row-link br-num">
                          {t('case.title', { number: one.number })}
                        </Link>
                        <div className="br-soft">
                          {t('case.opened', { court: one.court, date: date(one.openedAt) })}
                        </div>
                      </div>
                      <div className="br-row-aside br-soft">
                        {t('row.children', { count: one.children.length })}
                        {one.children.length === 0 ? null : `: ${one.children.map(({ code }) => code).join(', ')}`}
                      </div>
                    </li>
                  ))}
              </ul>
            )
          }
        </Asking>
      </Panel>
      <NewCaseDialog opened={opened} onClose={() => setOpened(false)} />
    </Page>
  );
}
