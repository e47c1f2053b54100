import { useTranslation } from 'react-i18next';
import { StateChip } from '../ui/index.ts';
import { usePlaces } from './usePlaces.ts';
import type { Keeping } from './wellness.ts';

/** How the recording is kept, as a sentence. */
export function KeepingChip({ keeping }: { readonly keeping: Keeping }) {
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
    case 'none':
      return <StateChip tone="lost">{t('chip.none')}</StateChip>;
    case 'starting':
      return <StateChip tone="waits">{t('chip.starting')}</StateChip>;
    case 'not-growing':
      return <StateChip tone="lost">{t('chip.notGrowing', { names: places(keeping.places) })}</StateChip>;
  }
}
