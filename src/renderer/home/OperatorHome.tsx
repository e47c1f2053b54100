import { useTranslation } from 'react-i18next';
import type { AccountView } from '../app/sessionStore.ts';
import { Asking, EmptyState, NextStep, Panel, useAsk, useNames } from '../ui/index.ts';
import { agendaOf } from './agenda.ts';
import { DisksPanel } from './DisksPanel.tsx';
import { HomePage } from './HomePage.tsx';
import { InterviewRow } from './InterviewRow.tsx';
import { RoomsPanel } from './RoomsPanel.tsx';

/** What is being recorded, the rooms and the disks. */
export function OperatorHome({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation('home');
  const names = useNames();
  const asked = useAsk('interviews', (station) => station.interviews.list(), 5000);
  return (
    <HomePage account={account}>
      <Asking asked={asked}>
        {(interviews) => {
          const running = interviews.find(({ state }) => state === 'recording' || state === 'ready');
          const { next, later } = agendaOf(interviews);
          const planned = [...(next === null ? [] : [next]), ...later].filter(({ id }) => id !== running?.id);
          return (
            <>
              {running === undefined ? (
                <NextStep
                  title={t('operator.calmTitle')}
                  text={t('operator.calmText')}
                  act={{ label: t('operator.rooms'), to: '/rooms' }}
                />
              ) : (
                <NextStep
                  title={
                    running.state === 'recording'
                      ? t('operator.recordingTitle', { room: running.room.name })
                      : t('operator.readyTitle', { room: running.room.name })
                  }
                  text={t('operator.recordingText', { kind: names.kind(running.kind), number: running.caseNumber })}
                  act={{ label: t('operator.watch'), to: `/interview/${running.id}` }}
                />
              )}
              <div className="br-columns">
                <RoomsPanel />
                <DisksPanel />
                <Panel title={t('operator.today')}>
                  {planned.length === 0 ? (
                    <EmptyState>{t('laterNone')}</EmptyState>
                  ) : (
                    <ul className="br-rows">
                      {planned.map((interview) => (
                        <InterviewRow key={interview.id} interview={interview} />
                      ))}
                    </ul>
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
