import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { refresh } from '../app/sessionStore.ts';
import { Panel, SentenceError, useAct } from '../ui/index.ts';

/** The printed recovery key lets in whoever waits, where no key holder can. Both parts are forgotten after the try. */
export function RecoveryPanel() {
  const { t } = useTranslation('access');
  const station = useStation();
  const [shown, setShown] = useState(false);
  const [part1, setPart1] = useState('');
  const [part2, setPart2] = useState('');
  const use = useAct(async () => {
    await station.accounts.grantByRecovery({ part1, part2 });
    setPart1('');
    setPart2('');
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
          <TextInput
            label={t('recovery.part1')}
            value={part1}
            onChange={(event) => setPart1(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
          />
          <TextInput
            label={t('recovery.part2')}
            value={part2}
            onChange={(event) => setPart2(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
          />
          <SentenceError trouble={use.trouble} />
          <div className="br-form-end">
            <Button type="submit" variant="default" loading={use.busy} disabled={part1 === '' || part2 === ''}>
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
