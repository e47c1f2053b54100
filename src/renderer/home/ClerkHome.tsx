import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AccountView } from '../app/sessionStore.ts';
import { HearingRows } from '../hearings/HearingRows.tsx';
import { Asking, EmptyState, NextStep, Panel, StateChip, useAsk, useFormat, useNames } from '../ui/index.ts';
import { HomePage } from './HomePage.tsx';

/** What is offered to the archive, and the hearings that come. */
export function ClerkHome({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('home');
  const names = useNames();
  const { duration } = useFormat();
  const exhibits = useAsk('exhibits', (station) => station.exhibits.list(), 10_000);
  const hearings = useAsk('hearings', (station) => station.hearings.list(), 30_000);
  return (
    <HomePage account={account}>
      <Asking asked={exhibits}>
        {(all) => {
          const offered = all.filter(({ archive }) => archive === 'offered');
          const first = offered[0];
          return (
            <>
              {first === undefined ? (
                <NextStep
                  title={t('clerk.freeTitle')}
                  text={t('clerk.freeText')}
                  act={{ label: t('clerk.freeAct'), to: '/archive' }}
                />
              ) : (
                <NextStep
                  title={t('clerk.offeredTitle', { exhibit: first.number })}
                  text={t('clerk.offeredText', {
                    kind: names.kind(first.kind),
                    child: names.child(first.childCode),
                    number: first.caseNumber,
                  })}
                  act={{ label: t('clerk.accept'), to: `/exhibit/${first.number}` }}
                />
              )}
              <div className="br-columns">
                {offered.length > 1 ? (
                  <Panel title={t('clerk.offered')}>
                    <ul className="br-rows">
                      {offered.slice(1).map((exhibit) => (
                        <li className="br-row" key={exhibit.number}>
                          <div className="br-row-words">
                            <Link href={`/exhibit/${exhibit.number}`} className="br-row-link br-num">
                              {t('sealedAt', { exhibit: exhibit.number, length: duration(exhibit.durationMs ?? 0) })}
                            </Link>
                            <div className="br-soft">
                              {names.kind(exhibit.kind)} · {names.child(exhibit.childCode)}
                            </div>
                          </div>
                          <div className="br-row-aside">
                            <StateChip tone="waits">{t('archiveShort.offered')}</StateChip>
                          </div>
                        </li>
                      ))}
                    </ul>
                  </Panel>
                ) : null}
                <Panel title={t('clerk.hearings')}>
                  <Asking asked={hearings}>
                    {(list) => {
                      const coming = list.filter(({ state }) => state !== 'closed');
                      if (coming.length === 0) return <EmptyState>{t('clerk.hearingsNone')}</EmptyState>;
                      return <HearingRows hearings={coming} link={null} />;
                    }}
                  </Asking>
                </Panel>
              </div>
            </>
          );
        }}
      </Asking>
    </HomePage>
  );
}
