import { useTranslation } from 'react-i18next';
import { Capacity } from '../../shared/contract/cases.ts';
import { wishOf } from '../../shared/domain/childWishes.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import { useAlarmShort, usePhase } from '../ui/player/index.ts';

/** An entry of the timeline as one line of words. */
export function useMomentWords(): (entry: TimelineEntry) => string {
  const { t } = useTranslation(['hearing', 'common', 'interview']);
  const phase = usePhase();
  const alarm = useAlarmShort();
  return (entry) => {
    const { label } = entry;
    switch (entry.type) {
      case 'chapter':
        return phase(label);
      case 'marker': {
        const wish = wishOf(entry);
        if (wish !== null) return t(`interview:timeline.wish.${wish}`);
        return label === 'button' ? t('moment.button') : t('moment.marker', { label });
      }
      case 'note':
        return t('moment.note', { label });
      case 'break':
        return entry['begins'] === false ? t('moment.breakEnds') : t('moment.breakBegins', { label });
      case 'roster': {
        const known = Capacity.safeParse(label);
        const who = known.success ? t(`common:capacity.${known.data}`) : label;
        return entry['present'] === false ? t('moment.leaves', { who }) : t('moment.enters', { who });
      }
      case 'question':
        return t('moment.question', { label });
      case 'alarm':
        return t('moment.alarm', { label: alarm(entry) });
      case 'gap':
        return t('moment.gap', { label });
    }
  };
}
