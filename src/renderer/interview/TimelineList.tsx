import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import { wishOf } from '../../shared/domain/childWishes.ts';
import { QuestionState } from '../../shared/domain/questions.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import { useFormat } from '../ui/index.ts';
import { useAlarmShort, usePhase } from '../ui/player/index.ts';
import { usePeople } from './usePeople.ts';
import type { Thumbs } from './useThumbs.ts';

export interface TimelineListProps {
  readonly interview: Pick<Interview, 'exhibit' | 'participants'>;
  readonly timeline: readonly TimelineEntry[];
  readonly thumbs: Thumbs;
}

/** What was marked, newest first, by the time since the beginning. */
export function TimelineList({ interview, timeline, thumbs }: TimelineListProps) {
  const { t } = useTranslation('interview');
  const { clock } = useFormat();
  const words = useEntryWords(interview.participants);
  return (
    <section className="br-room-card br-room-timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('timeline.title')}</h2>
      {timeline.length === 0 ? <p className="br-soft">{t('timeline.none')}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled is reached by keyboard */}
      <ol aria-live="polite" tabIndex={0} aria-labelledby="timeline-title">
        {timeline
          .map((entry, index) => ({ entry, key: index }))
          .toReversed()
          .map(({ entry, key }) => (
            <li key={key} data-type={entry.type}>
              <span className="br-num br-soft">{clock(entry.at_ms)}</span>
              <Entry entry={entry} exhibit={interview.exhibit} thumbs={thumbs} words={words(entry)} />
            </li>
          ))}
      </ol>
    </section>
  );
}

interface EntryProps {
  readonly entry: TimelineEntry;
  readonly exhibit: string;
  readonly thumbs: Thumbs;
  readonly words: string;
}

/** The words of an entry; with a file, the way to it, and its picture where this screen took it. */
function Entry({ entry, exhibit, thumbs, words }: EntryProps) {
  const file = entry['attachment'];
  if (typeof file !== 'string') return <span>{words}</span>;
  const thumb = thumbs.get(file);
  const name = file.slice(file.lastIndexOf('/') + 1);
  return (
    <a href={`/media/attachments/${exhibit}/${name}?show`} target="_blank" rel="noreferrer">
      {words}
      {thumb === undefined ? null : <img className="br-timeline-picture" src={thumb} alt="" />}
    </a>
  );
}

const isSeat = (place: unknown): place is 'interview' | 'observation' =>
  place === 'interview' || place === 'observation';

function useEntryWords(participants: Interview['participants']): (entry: TimelineEntry) => string {
  const { t } = useTranslation(['interview', 'common', 'questions']);
  const phase = usePhase();
  const alarm = useAlarmShort();
  const people = usePeople(participants);
  return (entry) => {
    const { label } = entry;
    switch (entry.type) {
      case 'chapter':
        return t('timeline.chapter', { label: phase(label) });
      case 'marker': {
        const wish = wishOf(entry);
        if (wish !== null) return t(`timeline.wish.${wish}`);
        return label === 'button' ? t('timeline.button') : t('timeline.marker', { label });
      }
      case 'note':
        if (entry['overrun'] !== undefined) return t('timeline.overrun', { label });
        if (label === 'preparation-not-kept') return t('timeline.preparationNotKept');
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
      case 'question': {
        const state = QuestionState.safeParse(entry['state']);
        if (!state.success) return t('timeline.other', { label });
        return t('questions:timeline', { text: label, state: t(`questions:state.${state.data}`) });
      }
      case 'gap':
        return t('timeline.other', { label });
    }
  };
}
