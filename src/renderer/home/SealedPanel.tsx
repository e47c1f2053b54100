import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Asking, EmptyState, Panel, SimulatedBadge, StateChip, useAsk, useFormat } from '../ui/index.ts';

/** What was sealed last, and how far each has come. */
export function SealedPanel() {
  const { t } = useTranslation('home');
  const { duration, dateTime } = useFormat();
  const asked = useAsk('exhibits', (station) => station.exhibits.list(), 15_000);
  return (
    <Panel title={t('sealed')}>
      <Asking asked={asked}>
        {(exhibits) => {
          const sealed = exhibits
            .filter(({ state }) => state === 'sealed')
            .toSorted((a, b) => (b.sealedAt ?? '').localeCompare(a.sealedAt ?? ''))
            .slice(0, 6);
          if (sealed.length === 0) return <EmptyState>{t('sealedNone')}</EmptyState>;
          return (
            <ul className="br-rows">
              {sealed.map((exhibit) => (
                <li className="br-row" key={exhibit.number}>
                  <div className="br-row-words">
                    <Link href={`/exhibit/${exhibit.number}`} className="br-row-link br-num">
                      {t('sealedAt', { exhibit: exhibit.number, length: duration(exhibit.durationMs ?? 0) })}
                    </Link>
                    <div className="br-soft">
                      {exhibit.sealedAt === null ? null : `${dateTime(exhibit.sealedAt)} · `}
                      {t(`archive.${exhibit.archive}`)}
                    </div>
                  </div>
                  <div className="br-row-aside">
                    {exhibit.simulated ? <SimulatedBadge /> : null}
                    <StateChip tone={exhibit.archive === 'with-officer' ? 'waits' : 'good'}>
                      {t(`archiveShort.${exhibit.archive}`)}
                    </StateChip>
                  </div>
                </li>
              ))}
            </ul>
          );
        }}
      </Asking>
    </Panel>
  );
}
