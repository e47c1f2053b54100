import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnCertificate } from '../../shared/contract/accounts.ts';
import { signingRoles } from '../../shared/domain/roles.ts';
import type { AccountView } from '../app/sessionStore.ts';
import { Asking, EmptyState, Page, Panel, StateChip, useAsk, useFormat } from '../ui/index.ts';
import './account.css';
import { ImportCertificateDialog } from './ImportCertificateDialog.tsx';
import { PasswordPanel } from './PasswordPanel.tsx';

/** One's own account: name and code, the password, and the certificate where one signs. */
export function AccountScreen({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation(['account', 'roles']);
  return (
    <Page
      title={account.name}
      lead={`${t(`roles:${account.role}`)} · ${t('code', { code: account.code })}`}
      width="narrow"
    >
      <PasswordPanel />
      {signingRoles.includes(account.role) ? <CertificatePanel /> : null}
    </Page>
  );
}

function CertificatePanel() {
  const { t } = useTranslation('account');
  const asked = useAsk('own certificate', (station) => station.accounts.ownCertificate());
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Panel
        title={t('certificate.title')}
        aside={
          <Button variant="default" onClick={() => setImporting(true)}>
            {t('import.act')}
          </Button>
        }
      >
        <p className="br-soft">{t('certificate.lead')}</p>
        <Asking asked={asked}>
          {(certificate) =>
            certificate === null ? (
              <EmptyState>{t('certificate.none')}</EmptyState>
            ) : (
              <CertificateFacts certificate={certificate} />
            )
          }
        </Asking>
      </Panel>
      {importing ? <ImportCertificateDialog onClose={() => setImporting(false)} imported={asked.again} /> : null}
    </>
  );
}

function CertificateFacts({ certificate }: { readonly certificate: OwnCertificate }) {
  const { t } = useTranslation('account');
  const { exact } = useFormat();
  return (
    <>
      <div>
        <StateChip tone="good">{t(`certificate.origin.${certificate.origin}`)}</StateChip>
      </div>
      <dl className="br-account-facts">
        <dt>{t('certificate.name')}</dt>
        <dd>{[certificate.name, certificate.organization].filter((part) => part !== '').join(', ')}</dd>
        <dt>{t('certificate.issuer')}</dt>
        <dd>{certificate.issuer}</dd>
        <dt>{t('certificate.valid')}</dt>
        <dd className="br-num">
          {t('certificate.span', { from: exact(certificate.from), until: exact(certificate.until) })}
        </dd>
        <dt>{t('certificate.key')}</dt>
        <dd className="br-num">{certificate.key}</dd>
        <dt>{t('certificate.fingerprint')}</dt>
        <dd className="br-num">{certificate.fingerprint}</dd>
      </dl>
    </>
  );
}
