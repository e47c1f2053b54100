import { IconCircleX, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StateChip } from '../ui/index.ts';
import { usePlaces } from './usePlaces.ts';
import type { Keeping } from './wellness.ts';

/** How the recording is kept, as a sentence. It says "recording" only while tracks grow. */
export function KeepingChip({ keeping }: { readonly keeping: Keeping }) {
  return (
    <span className="br-keeping" role="status" data-keeping={keeping.how}>
      <Words keeping={keeping} />
    </span>
  );
}

function Words({ keeping }: { readonly keeping: Keeping }) {
  const { t } = useTranslation('interview');
  const places = usePlaces();
  switch (keeping.how) {
    case 'both':
      return <StateChip tone="good">{t('chip.both')}</StateChip>;
    case 'same-disk':
      return <StateChip tone="warn">{t('chip.sameDisk')}</StateChip>;
    case 'slow':
      return <StateChip tone="warn">{t('chip.slow')}</StateChip>;
    case 'one':
      return <StateChip tone="warn">{t('chip.one')}</StateChip>;
    case 'starting':
      return <StateChip tone="waits">{t('chip.starting')}</StateChip>;
    case 'part':
      return <StateChip tone="warn">{t('chip.part', { names: places(keeping.places) })}</StateChip>;
    case 'unknown':
      return (
        <StateChip tone="quiet" icon={IconHelpCircle}>
          {t('chip.unknown')}
        </StateChip>
      );
    case 'nothing':
      return (
        <StateChip tone="lost" icon={IconCircleX}>
          {t('nothing.title')}
        </StateChip>
      );
  }
}
