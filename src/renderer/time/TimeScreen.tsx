import { useTranslation } from 'react-i18next';
import { Asking, Page, useAsk } from '../ui/index.ts';
import { AuthoritiesForm } from './AuthoritiesForm.tsx';
import { WaitingPanel } from './WaitingPanel.tsx';

/** Where the station gets trusted time, and what still waits for it. */
export function TimeScreen() {
  const { t } = useTranslation('time');
  const asked = useAsk('time authorities', (station) => station.timestamps.authorities());
  return (
    <Page title={t('title')} lead={t('lead')} width="narrow">
      <Asking asked={asked}>
        {(authorities) => (
          <AuthoritiesForm key={JSON.stringify(authorities)} authorities={authorities} changed={asked.again} />
        )}
      </Asking>
      <WaitingPanel />
    </Page>
  );
}
