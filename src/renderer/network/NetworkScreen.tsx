import { useTranslation } from 'react-i18next';
import type { NetworkView } from '../../shared/contract/network.ts';
import { Asking, type ChipTone, Page, Panel, SentenceError, StateChip, useAsk } from '../ui/index.ts';
import { CertificatePanel } from './CertificatePanel.tsx';
import { CheckPanel } from './CheckPanel.tsx';
import { NetworkForm } from './NetworkForm.tsx';
import './network.css';

const tones: Readonly<Record<NetworkView['door'], ChipTone>> = {
  off: 'quiet',
  open: 'good',
  'waits-for-keys': 'waits',
  trouble: 'lost',
};

/** The station on the court's network: whether and where it answers, its certificate, and whether it can be reached. */
export function NetworkScreen() {
  const { t } = useTranslation('network');
  const asked = useAsk('network', (station) => station.network.state(), 5000);
  return (
    <Page title={t('title')} lead={t('lead')} width="narrow">
      <Asking asked={asked}>
        {(view) => (
          <>
            <Panel
              title={t(`door.${view.door}`)}
              aside={
                <StateChip tone={tones[view.door]}>
                  {view.screens > 0 ? t('screens', { count: view.screens }) : t('noScreens')}
                </StateChip>
              }
            >
              <SentenceError trouble={view.problem} />
              {view.door === 'open' ? (
                <div>
                  <div className="br-soft">{t('where')}</div>
                  <ul className="br-network-addresses">
                    {view.addresses.map((address) => (
                      <li key={address}>
                        <strong>{address}</strong>
                      </li>
                    ))}
                  </ul>
                </div>
              ) : null}
            </Panel>
            <NetworkForm key={JSON.stringify(view.settings)} view={view} changed={asked.again} />
            <CertificatePanel view={view} changed={asked.again} />
            {view.settings.enabled ? <CheckPanel /> : null}
          </>
        )}
      </Asking>
    </Page>
  );
}
