import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StateChip } from '../ui/index.ts';

/** The sheets have opened the station: who signs in now, and what they do. */
export function RescueOpened({ back }: { readonly back: () => void }) {
  const { t } = useTranslation('entry');
  return (
    <div className="br-form" role="status">
      <h1>{t('rescue.opened.title')}</h1>
      <div>
        <StateChip tone="good">{t('rescue.opened.chip')}</StateChip>
      </div>
      <p>{t('rescue.opened.text')}</p>
      <Button size="lg" onClick={back} autoFocus>
        {t('rescue.back')}
      </Button>
    </div>
  );
}
