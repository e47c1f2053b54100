import { useTranslation } from 'react-i18next';
import type { RoomCheck } from '../../shared/contract/selfTest.ts';
import type { Light } from '../../shared/domain/selfTest.ts';
import { type ChipTone, StateChip } from '../ui/index.ts';

const tones: Readonly<Record<Light, ChipTone>> = { green: 'good', amber: 'warn', red: 'lost' };

/** One light: a colour with its shape and word. */
export function LightChip({ light }: { readonly light: Light }) {
  const { t } = useTranslation('selfTest');
  return <StateChip tone={tones[light]}>{t(`light.${light}`)}</StateChip>;
}

/** How a room stands today; nothing while that is not known. */
export function CheckChip({ check }: { readonly check: RoomCheck | undefined }) {
  const { t } = useTranslation('selfTest');
  if (check === undefined) return null;
  if (check.newest === null || !check.today) return <StateChip tone="waits">{t('chip.none')}</StateChip>;
  const { light } = check.newest.test;
  return <StateChip tone={tones[light]}>{t(`chip.${light}`)}</StateChip>;
}
