import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkCheck } from '../../shared/contract/network.ts';
import { useStation } from '../app/client.ts';
import { Panel, SentenceError, StateChip, useAct } from '../ui/index.ts';

/** Asks the station's own addresses, and says what that cannot tell. */
export function CheckPanel() {
  const { t } = useTranslation('network');
  const station = useStation();
  const [found, setFound] = useState<NetworkCheck | null>(null);
  const check = useAct(async () => setFound(await station.network.check()));
  return (
    <Panel title={t('check.title')}>
      <p className="br-soft">{t('check.text')}</p>
      <SentenceError trouble={check.trouble} />
      {found === null ? null : (
        <ul className="br-rows" aria-live="polite">
          {found.length === 0 ? <li className="br-row">{t('check.none')}</li> : null}
          {found.map(({ address, answers, reason }) => (
            <li className="br-row" key={address}>
              <div className="br-row-words">{reason === null ? address : t('check.reason', { address, reason })}</div>
              <StateChip tone={answers === 'yes' ? 'good' : 'warn'}>{t(`check.${answers}`)}</StateChip>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button variant="default" onClick={() => void check.run()} loading={check.busy}>
          {t('check.act')}
        </Button>
      </div>
    </Panel>
  );
}
