import { useTranslation } from 'react-i18next';
import { Page } from '../ui/index.ts';
import { LogCheck } from './LogCheck.tsx';
import { LogEntries } from './LogEntries.tsx';
import './log.css';

/** The custody log and the check of the whole of it. */
export function LogScreen() {
  const { t } = useTranslation('log');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <LogCheck />
      <LogEntries />
    </Page>
  );
}
