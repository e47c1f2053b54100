import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AccountView } from '../app/sessionStore.ts';
import { Asking, EmptyState, NextStep, Panel, useAsk } from '../ui/index.ts';
import { agendaOf } from './agenda.ts';
import { HomePage } from './HomePage.tsx';
import { InterviewRow } from './InterviewRow.tsx';
import { NextInterview } from './NextInterview.tsx';
import { SealedPanel } from './SealedPanel.tsx';

/** The next interview, what comes later, and what was sealed. */
export function InvestigatorHome({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('home');
  const asked = useAsk('interviews', (station) => station.interviews.list(), 15_000);
  return (
    <HomePage account={account}>
      <Asking asked={asked}>
        {(interviews) => {
          const { next, later } = agendaOf(interviews);
          return (
            <>
              {next === null ? (
                <NextStep
                  title={t('investigator.freeTitle')}
                  text={interviews.length === 0 ? t('investigator.firstText') : t('investigator.freeText')}
                  act={{ label: t('investigator.freeAct'), to: '/cases' }}
                />
              ) : (
                <NextInterview interview={next} />
              )}
              <div className="br-columns">
                <Panel title={t('later')} aside={<PlanAnother />}>
                  {later.length === 0 ? (
                    <EmptyState>{t('laterNone')}</EmptyState>
                  ) : (
                    <ul className="br-rows">
                      {later.map((interview) => (
                        <InterviewRow key={interview.id} interview={interview} />
                      ))}
                    </ul>
                  )}
                </Panel>
                <SealedPanel />
              </div>
            </>
          );
        }}
      </Asking>
    </HomePage>
  );
}

/** An interview is planned in its case: there it begins. */
function PlanAnother() {
  const { t } = useTranslation('home');
  return (
    <Button component={Link} href="/cases" variant="default" size="sm">
      {t('investigator.plan')}
    </Button>
  );
}
