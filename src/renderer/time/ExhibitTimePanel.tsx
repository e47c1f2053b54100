import { useTranslation } from 'react-i18next';
import type { TimestampItem } from '../../shared/contract/timestamps.ts';
import { usePersonName } from '../archive/usePersonName.ts';
import { Asking, EmptyState, Panel, StateChip, useAsk, useFormat } from '../ui/index.ts';
import { stampedWhat } from './stampedWhat.ts';

/** The outside time-stamps of an exhibit that was sealed here: until when it existed, according to somebody else. */
export function ExhibitTimePanel({ exhibit }: { readonly exhibit: string }) {
  const { t } = useTranslation('time');
  const asked = useAsk(`time ${exhibit}`, (station) => station.timestamps.ofExhibit({ exhibit }), 10_000);
  return (
    <Panel title={t('exhibit.title')}>
      <Asking asked={asked}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState>{t('exhibit.none')}</EmptyState>
          ) : (
            <>
              <p className="br-soft">
                {items.every(({ time }) => time !== null) ? t('exhibit.says') : t('exhibit.waits')}
              </p>
              <ul className="br-rows">
                {items.map((item) => (
                  <StampRow key={item.id} item={item} />
                ))}
              </ul>
            </>
          )
        }
      </Asking>
    </Panel>
  );
}

function StampRow({ item }: { readonly item: TimestampItem }) {
  const { t } = useTranslation('time');
  const { exact } = useFormat();
  const stamped = useStamped();
  const { time, authority } = item;
  return (
    <li className="br-row">
      <div className="br-row-words">
        <strong>{stamped(item)}</strong>
        {time === null ? null : (
          <div className="br-soft br-num">{t('exhibit.by', { time: exact(time), authority: authority ?? '' })}</div>
        )}
      </div>
      <StateChip tone={time === null ? 'waits' : 'good'}>
        {time === null ? t('exhibit.waiting') : t('exhibit.stamped')}
      </StateChip>
    </li>
  );
}

/** What was time-stamped, in words. */
function useStamped(): (item: TimestampItem) => string {
  const { t } = useTranslation('time');
  const nameOf = usePersonName();
  return ({ kind, file }) => {
    if (kind !== 'signature') return t(`kind.${kind}`);
    const { of, n, by } = stampedWhat(file);
    if (of === 'other' || by === null) return t('exhibit.of.other');
    const who = by === 'station' ? t('exhibit.byStation') : nameOf(by);
    return of === 'record' ? t('exhibit.of.record', { who }) : t('exhibit.of.supplement', { who, n });
  };
}
