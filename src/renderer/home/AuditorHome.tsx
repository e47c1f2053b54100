import { useTranslation } from 'react-i18next';
import type { AccountView } from '../app/sessionStore.ts';
import { NextStep } from '../ui/index.ts';
import { HomePage } from './HomePage.tsx';

/** The custody log, and nothing that could show a recording. */
export function AuditorHome({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('home');
  return (
    <HomePage account={account}>
      <NextStep title={t('auditor.title')} text={t('auditor.text')} act={{ label: t('auditor.act'), to: '/log' }} />
    </HomePage>
  );
}
