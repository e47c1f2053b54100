import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Interview } from '../../shared/contract/cases.ts';
import { Asking, EmptyState, InterviewChip, Panel, useAsk, useFormat, useNames } from '../ui/index.ts';
import { EndBeforeDialog } from './EndBeforeDialog.tsx';

/** The interviews of a case by time, and the two ways in which one may end before it began. */
export function InterviewsPanel({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation('cases');
  const { dateTime } = useFormat();
  const names = useNames();
  const asked = useAsk('interviews', (station) => station.interviews.list(), 15_000);
  const [ending, setEnding] = useState<{ interview: Interview; how: 'cancel' | 'refuse' } | null>(null);
  return (
    <Panel title={t('interviews.title')}>
      <Asking asked={asked}>
        {(all) => {
          const own = all
            .filter((interview) => interview.caseId === caseId)
            .toSorted((a, b) => b.plannedAt.localeCompare(a.plannedAt));
          if (own.length === 0) return <EmptyState>{t('interviews.none')}</EmptyState>;
          return (
            <ul className="br-rows">
              {own.map((interview) => (
                <li className="br-row" key={interview.id}>
                  <div className="br-row-words">
                    <Link
                      href={
                        interview.state === 'sealed' ? `/exhibit/${interview.exhibit}` : `/interview/${interview.id}`
                      }
                      className="br-row-link"
                    >
                      {names.kind(interview.kind)}, {names.child(interview.child.code)}
                    </Link>
                    <div className="br-soft br-num">
                      {dateTime(interview.plannedAt)} · {interview.room.name} · {interview.exhibit}
                    </div>
                  </div>
                  <div className="br-row-aside">
                    {interview.state === 'planned' ? (
                      <>
                        <Button
                          variant="subtle"
                          size="sm"
                          component={Link}
                          href={`/cases/${caseId}/plan/${interview.id}`}
                        >
                          {t('interviews.change')}
                        </Button>
                        <Button variant="subtle" size="sm" onClick={() => setEnding({ interview, how: 'refuse' })}>
                          {t('interviews.refuse')}
                        </Button>
                        <Button variant="subtle" size="sm" onClick={() => setEnding({ interview, how: 'cancel' })}>
                          {t('interviews.cancel')}
                        </Button>
                      </>
                    ) : null}
                    <InterviewChip state={interview.state} />
                  </div>
                </li>
              ))}
            </ul>
          );
        }}
      </Asking>
      {ending === null ? null : (
        <EndBeforeDialog
          interview={ending.interview.id}
          how={ending.how}
          onClose={() => setEnding(null)}
          ended={asked.again}
        />
      )}
    </Panel>
  );
}
