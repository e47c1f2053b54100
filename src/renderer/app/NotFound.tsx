import { useTranslation } from 'react-i18next';
import { NextStep } from '../ui/NextStep.tsx';
import { Page } from '../ui/Page.tsx';

/** An address that this role has nothing at. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <NextStep title={t('notFound.text')} act={{ label: t('notFound.home'), to: '/' }} />
    </Page>
  );
}
