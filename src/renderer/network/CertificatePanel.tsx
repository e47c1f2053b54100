import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkView } from '../../shared/contract/network.ts';
import { useStation } from '../app/client.ts';
import { useSession } from '../app/sessionStore.ts';
import { ConfirmDialog, Panel, useAct, useFormat } from '../ui/index.ts';

export interface CertificatePanelProps {
  readonly view: NetworkView;
  readonly changed: () => void;
}

/** The door's certificate: what people compare, large; what it is for; and a sheet for the wall of the observation room. */
export function CertificatePanel({ view: { certificate, addresses }, changed }: CertificatePanelProps) {
  const { t } = useTranslation('network');
  const { date } = useFormat();
  const station = useStation();
  const [asks, setAsks] = useState(false);
  const renew = useAct(async () => {
    await station.network.renew();
    setAsks(false);
    changed();
  });
  if (certificate === null) {
    return (
      <Panel title={t('certificate.title')}>
        <p className="br-soft">{t('certificate.none')}</p>
      </Panel>
    );
  }
  const { fingerprint, rootFingerprint, names, notAfter, missing, due } = certificate;
  return (
    <Panel title={t('certificate.title')}>
      <div>
        <div className="br-soft">{t('certificate.fingerprint')}</div>
        <div className="br-network-fingerprint">{fingerprint.short}</div>
        <div className="br-soft br-network-whole">{inGroups(fingerprint.sha256)}</div>
      </div>
      <dl className="br-network-facts">
        <dt>{t('certificate.names')}</dt>
        <dd>{names.join(', ')}</dd>
        <dt>{t('certificate.until')}</dt>
        <dd className="br-num">{date(notAfter)}</dd>
        <dt>{t('certificate.root')}</dt>
        <dd className="br-network-whole">{inGroups(rootFingerprint.sha256)}</dd>
      </dl>
      {missing.length > 0 ? <p className="br-note">{t('certificate.missing', { names: missing.join(', ') })}</p> : null}
      {due ? <p className="br-note">{t('certificate.due')}</p> : null}
      <Group className="br-network-acts">
        <Button variant="default" onClick={() => window.print()} disabled={addresses.length === 0}>
          {t('certificate.print')}
        </Button>
        <Button variant="default" onClick={() => setAsks(true)}>
          {t('certificate.renew')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asks}
        title={t('certificate.renewTitle')}
        text={t('certificate.renewText')}
        confirm={t('certificate.renewConfirm')}
        onConfirm={() => void renew.run()}
        onClose={() => setAsks(false)}
        busy={renew.busy}
        trouble={renew.trouble}
      />
      <Sheet address={addresses[0] ?? ''} short={fingerprint.short} />
    </Panel>
  );
}

/** What is printed: nothing secret stands on it. */
function Sheet({ address, short }: { readonly address: string; readonly short: string }) {
  const { t } = useTranslation('network');
  const name = useSession((state) => state.info?.name) ?? '';
  return (
    <div className="br-network-sheet" aria-hidden>
      <h1>{t('sheet.title', { station: name })}</h1>
      <ol>
        <li>
          {t('sheet.step1')} <strong>{address}</strong>
        </li>
        <li>
          {t('sheet.step2')} <strong>{short}</strong>
        </li>
        <li>{t('sheet.step3')}</li>
      </ol>
    </div>
  );
}

const inGroups = (hex: string) => (hex.toUpperCase().match(/.{4}/g) ?? []).join(' ');
