import { useTranslation } from 'react-i18next';
import type { TimestampItem } from '../../shared/contract/timestamps.ts';
import { Asking, EmptyState, Panel, StateChip, useAsk, useFormat } from '../ui/index.ts';

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
  const { time, authority, file, kind } = item;
  return (
    <li className="br-row">
      <div className="br-row-words">
        <strong>{kind === 'signature' ? t('exhibit.signature', { file: signerOf(file) }) : t(`kind.${kind}`)}</strong>
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

/** `signatures/record.json.inv-01.p7s` → `inv-01`. */
const signerOf = (file: string): string => /record\.json\.(.+)\.p7s$/.exec(file)?.[1] ?? file;
