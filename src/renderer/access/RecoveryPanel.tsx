import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { refresh } from '../app/sessionStore.ts';
import { noParts, type Parts, RecoveryParts } from '../entry/RecoveryParts.tsx';
import { Panel, SentenceError, useAct } from '../ui/index.ts';

/** The printed recovery key lets in whoever waits, where no key holder can. Both parts are forgotten after the try. */
export function RecoveryPanel() {
  const { t } = useTranslation('access');
  const station = useStation();
  const [shown, setShown] = useState(false);
  const [parts, setParts] = useState<Parts>(noParts);
  const use = useAct(async () => {
    await station.accounts.grantByRecovery(parts);
    setParts(noParts);
    await refresh(station);
  });
  return (
    <Panel title={t('recovery.title')}>
      <p>{t('recovery.text')}</p>
      {shown ? (
        <form
          className="br-form"
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            void use.run();
          }}
        >
          <RecoveryParts parts={parts} change={setParts} />
          <SentenceError trouble={use.trouble} />
          <div className="br-form-end">
            <Button
              type="submit"
              variant="default"
              loading={use.busy}
              disabled={parts.part1 === '' || parts.part2 === ''}
            >
              {t('recovery.use')}
            </Button>
          </div>
        </form>
      ) : (
        <div>
          <Button variant="default" onClick={() => setShown(true)}>
            {t('recovery.show')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
