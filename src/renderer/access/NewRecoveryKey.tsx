import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { RecoveryCheck } from '../entry/RecoveryCheck.tsx';
import { RecoverySheet } from '../entry/RecoverySheet.tsx';
import '../entry/entry.css';
import { Page, Panel, SentenceError, useAct } from '../ui/index.ts';

type Shown = Awaited<ReturnType<ReturnType<typeof useStation>['keyRing']['showRecovery']>>;

export interface NewRecoveryKeyProps {
  /** The old sheets count no longer; `job` closes to the new ones what was closed to them. */
  readonly done: (job: string) => void;
  readonly leave: () => void;
}

/** A new recovery key: two sheets, one after the other, then checked against the paper; only then it counts. */
export function NewRecoveryKey({ done, leave }: NewRecoveryKeyProps) {
  const { t } = useTranslation('access');
  const station = useStation();
  const [shown, setShown] = useState<Shown | null>(null);
  const [at, setAt] = useState<1 | 2 | 'check'>(1);
  const make = useAct(async () => setShown(await station.keyRing.showRecovery()));
  const use = useAct(async () => {
    if (shown === null) return;
    const { job } = await station.keyRing.takeRecovery({ part1: shown.part1, part2: shown.part2 });
    done(job);
  });
  useEffect(() => {
    if (shown === null) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [shown]);
  if (shown === null) {
    return (
      <Page title={t('renew.title')} lead={t('renew.lead')} width="narrow">
        <Panel title={t('renew.before')}>
          <ul className="br-key-said">
            <li>{t('renew.sheets')}</li>
            <li>{t('renew.old')}</li>
            <li>{t('renew.backups')}</li>
          </ul>
          <SentenceError trouble={make.trouble} />
          <div className="br-form-end">
            <Button variant="default" onClick={leave}>
              {t('renew.leave')}
            </Button>
            <Button onClick={() => void make.run()} loading={make.busy}>
              {t('renew.make')}
            </Button>
          </div>
        </Panel>
      </Page>
    );
  }
  return (
    <Page title={t('renew.title')} width="narrow">
      <SentenceError trouble={use.trouble} />
      {at === 'check' ? (
        <RecoveryCheck
          part1={shown.part1}
          part2={shown.part2}
          show={setAt}
          finish={() => void use.run()}
          finishLabel={t('renew.finish')}
        />
      ) : (
        <RecoverySheet
          key={at}
          part={at}
          text={at === 1 ? shown.part1 : shown.part2}
          recipient={shown.recipient}
          fingerprint={shown.rootFingerprint}
          name={shown.name}
          court={shown.court}
          next={() => setAt(at === 1 ? 2 : 'check')}
        />
      )}
    </Page>
  );
}
