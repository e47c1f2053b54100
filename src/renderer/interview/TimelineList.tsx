import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import { useFormat } from '../ui/index.ts';
import { useAlarmShort, usePhase } from '../ui/player/index.ts';
import { usePeople } from './usePeople.ts';

export interface TimelineListProps {
  readonly timeline: readonly TimelineEntry[];
  readonly startedAt: string | null;
  readonly participants: Interview['participants'];
}

/** What was marked, newest first, by the time since the beginning. */
export function TimelineList({ timeline, participants }: TimelineListProps) {
  const { t } = useTranslation('interview');
  const { clock } = useFormat();
  const words = useEntryWords(participants);
  return (
    <section className="br-room-card br-room-timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('timeline.title')}</h2>
      {timeline.length === 0 ? <p className="br-soft">{t('timeline.none')}</p> : null}
      <ol aria-live="polite">
        {timeline
          .map((entry, index) => ({ entry, key: index }))
          .toReversed()
          .map(({ entry, key }) => (
            <li key={key} data-type={entry.type}>
              <span className="br-num br-soft">{clock(entry.at_ms)}</span>
              <span>{words(entry)}</span>
            </li>
          ))}
      </ol>
    </section>
  );
}

const wishes = ['break', 'not-understood', 'draw', 'rather-not'] as const;
const isSeat = (place: unknown): place is 'interview' | 'observation' =>
  place === 'interview' || place === 'observation';

function useEntryWords(participants: Interview['participants']): (entry: TimelineEntry) => string {
  const { t } = useTranslation(['interview', 'common']);
  const phase = usePhase();
  const alarm = useAlarmShort();
  const people = usePeople(participants);
  return (entry) => {
    const { label } = entry;
    switch (entry.type) {
      case 'chapter':
        return t('timeline.chapter', { label: phase(label) });
      case 'marker': {
        const wish = wishes.find((one) => one === entry['wish']);
        if (wish !== undefined) return t(`timeline.wish.${wish}`);
        return label === 'button' ? t('timeline.button') : t('timeline.marker', { label });
      }
      case 'note':
        if (entry['overrun'] !== undefined) return t('timeline.overrun', { label });
        if (label === 'preparation' && entry['attachment'] !== undefined) return t('timeline.preparation');
        return entry['attachment'] === undefined ? t('timeline.note', { label }) : t('timeline.picture', { label });
      case 'break':
        return entry['begins'] === false ? t('timeline.breakEnds') : t('timeline.breakBegins', { label });
      case 'roster': {
        const who = people.find(({ code }) => code === entry['code'])?.name ?? label;
        if (entry['present'] === true && entry['from_place'] !== undefined && isSeat(entry['place'])) {
          return t('timeline.moves', { who, place: t(`common:seats.${entry['place']}`) });
        }
        return entry['present'] === false ? t('timeline.leaves', { who }) : t('timeline.enters', { who });
      }
      case 'alarm':
        return t('timeline.other', { label: alarm(entry) });
      case 'question':
      case 'gap':
        return t('timeline.other', { label });
    }
  };
}
