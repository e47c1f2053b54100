import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { type AccountView, refresh } from '../app/sessionStore.ts';
import { NextStep, Page, StateChip } from '../ui/index.ts';
import { CourtKeyPanel } from './CourtKeyPanel.tsx';
import { NewRecoveryKey } from './NewRecoveryKey.tsx';
import { RecoveryPanel } from './RecoveryPanel.tsx';
import { WaitingPanel } from './WaitingPanel.tsx';

/** For who holds a key: who waits to be let in, and the court's own keys. For who waits: who can, and the recovery key. */
export function AccessScreen({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('access');
  const station = useStation();
  const granted = account.keys === 'granted';
  const [renewing, setRenewing] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  if (granted && renewing) {
    const done = (started: string) => {
      setJob(started);
      setRenewing(false);
    };
    return <NewRecoveryKey done={done} leave={() => setRenewing(false)} />;
  }
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      width="narrow"
      aside={<StateChip tone={granted ? 'good' : 'waits'}>{granted ? t('own.granted') : t('own.waits')}</StateChip>}
    >
      {granted ? (
        <>
          <WaitingPanel />
          <CourtKeyPanel job={job} started={setJob} renewRecovery={() => setRenewing(true)} />
        </>
      ) : (
        <>
          <NextStep
            title={t('own.title')}
            text={t('own.text')}
            act={{ label: t('own.check'), run: () => void refresh(station) }}
          />
          <RecoveryPanel />
        </>
      )}
    </Page>
  );
}
