import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Witnesses } from '../../shared/contract/custody.ts';
import { Asking, Page, useAsk, useFormat } from '../ui/index.ts';
import { ClosedLogsPanel } from './ClosedLogsPanel.tsx';
import { OtherLogsPanel } from './OtherLogsPanel.tsx';
import { OwnHeadPanel } from './OwnHeadPanel.tsx';
import { WitnessKeysPanel } from './WitnessKeysPanel.tsx';
import './log.css';

/** Heads of custody logs on their way to witnesses and back: ours to them, and those of others to us. */
export function WitnessScreen({ administers }: { readonly administers: boolean }) {
  const { t } = useTranslation('witness');
  const asked = useAsk('witnesses', (station) => station.custody.witnesses());
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Asking asked={asked}>
        {(known) => (
          <>
            <Contradictions known={known} />
            <OwnHeadPanel known={known} changed={asked.again} />
            <ClosedLogsPanel known={known} changed={asked.again} />
            <OtherLogsPanel known={known} changed={asked.again} />
            <WitnessKeysPanel known={known} changed={asked.again} administers={administers} />
          </>
        )}
      </Asking>
    </Page>
  );
}

function Contradictions({ known }: { readonly known: Witnesses }) {
  const { t } = useTranslation('witness');
  const { exact } = useFormat();
  if (known.contradictions.length === 0) return null;
  return (
    <Alert role="alert" variant="default" className="br-error" icon={<IconAlertTriangle aria-hidden size={22} />}>
      <ul className="br-rows">
        {known.contradictions.map((one) => (
          <li key={`${one.at} ${one.brought}`}>
            {exact(one.at)} · {t(`contradiction.${one.known === null ? 'own' : one.reason}`, { origin: one.origin })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
