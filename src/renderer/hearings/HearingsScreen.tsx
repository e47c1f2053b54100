import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../app/sessionStore.ts';
import { Asking, EmptyState, Page, Panel, useAsk } from '../ui/index.ts';
import { HearingRows } from './HearingRows.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';

/** Hearings that come and that were held; the clerk schedules them, the judge goes in. */
export function HearingsScreen({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('hearings');
  const [scheduling, setScheduling] = useState(false);
  const asked = useAsk('hearings', (station) => station.hearings.list(), 15_000);
  const judge = account.role === 'judge';
  const link = judge ? (id: string) => `/hearing/${id}` : null;
  const add = judge ? null : (
    <Button leftSection={<IconPlus aria-hidden size={18} />} onClick={() => setScheduling(true)}>
      {t('schedule')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={judge ? t('lead.judge') : t('lead.clerk')} aside={add}>
      <Asking asked={asked}>
        {(hearings) => {
          const coming = hearings
            .filter(({ state }) => state !== 'closed')
            .toSorted((a, b) => a.plannedAt.localeCompare(b.plannedAt));
          const held = hearings
            .filter(({ state }) => state === 'closed')
            .toSorted((a, b) => b.plannedAt.localeCompare(a.plannedAt));
          return (
            <div className="br-columns">
              <Panel title={t('coming')}>
                {coming.length === 0 ? (
                  <EmptyState>{judge ? t('none.judge') : t('none.clerk')}</EmptyState>
                ) : (
                  <HearingRows hearings={coming} link={link} />
                )}
              </Panel>
              <Panel title={t('held')}>
                {held.length === 0 ? (
                  <EmptyState>{t('heldNone')}</EmptyState>
                ) : (
                  <HearingRows hearings={held} link={link} />
                )}
              </Panel>
            </div>
          );
        }}
      </Asking>
      {scheduling ? <ScheduleDialog onClose={() => setScheduling(false)} scheduled={asked.again} /> : null}
    </Page>
  );
}
