import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Asking, EmptyState, Panel, SimulatedBadge, StateChip, useAsk, useFormat, useNames } from '../ui/index.ts';

const tones = { 'with-officer': 'waits', offered: 'waits', accepted: 'good' } as const;

/** The recordings of a case that this person may see. */
export function CaseExhibits({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation(['cases', 'home']);
  const { duration } = useFormat();
  const names = useNames();
  const asked = useAsk('exhibits', (station) => station.exhibits.list(), 20_000);
  return (
    <Panel title={t('exhibits.title')}>
      <Asking asked={asked}>
        {(all) => {
          const own = all.filter((exhibit) => exhibit.caseId === caseId);
          if (own.length === 0) return <EmptyState>{t('exhibits.none')}</EmptyState>;
          return (
            <ul className="br-rows">
              {own.map((exhibit) => (
                <li className="br-row" key={exhibit.number}>
                  <div className="br-row-words">
                    <Link href={`/exhibit/${exhibit.number}`} className="br-row-link br-num">
                      {exhibit.number}
                    </Link>
                    <div className="br-soft">
                      {names.kind(exhibit.kind)} · {names.child(exhibit.childCode)}
                      {exhibit.durationMs === null ? null : ` · ${duration(exhibit.durationMs)}`}
                    </div>
                  </div>
                  <div className="br-row-aside">
                    {exhibit.simulated ? <SimulatedBadge /> : null}
                    <StateChip tone={tones[exhibit.archive]}>{t(`home:archiveShort.${exhibit.archive}`)}</StateChip>
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
