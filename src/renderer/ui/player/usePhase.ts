import { useTranslation } from 'react-i18next';
import { Phase } from '../../../shared/contract/recording.ts';

/** Whether the language files have a word for this phase. */
export const isKnownPhase = (id: string): boolean => Phase.safeParse(id).success;

/** How a chapter is called: a phase in the screen's language, or its own label where it is none of ours. */
export function usePhase(): (label: string) => string {
  const { t } = useTranslation('player');
  return (label) => {
    const known = Phase.safeParse(label);
    return known.success ? t(`phase.${known.data}`) : label;
  };
}
