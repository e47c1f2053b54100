import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { SourcePlace } from '../../shared/domain/devices.ts';

/** Names of sources by their place, as one list of words. */
export function usePlaces(): (places: readonly z.infer<typeof SourcePlace>[]) => string {
  const { t } = useTranslation();
  return (places) => places.map((place) => t(`source.${place}`)).join(', ');
}
