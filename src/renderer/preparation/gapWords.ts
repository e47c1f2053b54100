import { useTranslation } from 'react-i18next';
import type { PreparationGap, PreparationSection } from '../../shared/domain/preparation.ts';

/** What misses in a section, in sentences: one for each kind of gap, with how many there are. */
export function useGapWords(): (gaps: readonly PreparationGap[], section: PreparationSection) => string[] {
  const { t } = useTranslation('preparation');
  return (gaps, section) => {
    const counts = new Map<PreparationGap['why'], number>();
    for (const gap of gaps) if (gap.section === section) counts.set(gap.why, (counts.get(gap.why) ?? 0) + 1);
    return [...counts].map(([why, count]) => t(`gap.${why}`, { count }));
  };
}
