import { useTranslation } from 'react-i18next';
import type { AccountView } from '../app/sessionStore.ts';
import { HearingRows } from '../hearings/HearingRows.tsx';
import { Asking, EmptyState, NextStep, Panel, useAsk, useFormat } from '../ui/index.ts';
import { HomePage } from './HomePage.tsx';

/** The hearing that is open or comes next, and the others. */
export function JudgeHome({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation(['home', 'hearings']);
  const { longDate, time } = useFormat();
  const asked = useAsk('hearings', (station) => station.hearings.list(), 15_000);
  return (
    <HomePage account={account}>
      <Asking asked={asked}>
        {(hearings) => {
          const coming = hearings
            .filter(({ state }) => state !== 'closed')
            .toSorted(
              (a, b) =>
                Number(b.state === 'open') - Number(a.state === 'open') || a.plannedAt.localeCompare(b.plannedAt),
            );
          const held = hearings.filter(({ state }) => state === 'closed');
          const next = coming[0];
          return (
            <>
              {next === undefined ? (
                <NextStep title={t('judge.freeTitle')} text={t('judge.freeText')} />
              ) : (
                <NextStep
                  kicker={t('judge.kicker', { date: longDate(next.plannedAt), time: time(next.plannedAt) })}
                  title={t('judge.title', { number: next.number })}
                  text={[
                    t('hearings:row.case', { number: next.caseNumber }),
                    t('hearings:row.exhibits', { count: next.exhibits.length }),
                  ].join(' · ')}
                  act={{ label: t('judge.open'), to: `/hearing/${next.id}` }}
                />
              )}
              <div className="br-columns">
                {coming.length > 1 ? (
                  <Panel title={t('judge.later')}>
                    <HearingRows hearings={coming.slice(1)} link={(id) => `/hearing/${id}`} />
                  </Panel>
                ) : null}
                <Panel title={t('judge.held')}>
                  {held.length === 0 ? (
                    <EmptyState>{t('judge.heldNone')}</EmptyState>
                  ) : (
                    <HearingRows hearings={held} link={(id) => `/hearing/${id}`} />
                  )}
                </Panel>
              </div>
            </>
          );
        }}
      </Asking>
    </HomePage>
  );
}
