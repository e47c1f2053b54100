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
                <RoomToCheck />
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

/** The room that wants a look before anything is recorded in it, or the calm of there being none. */
function RoomToCheck() {
  const { t } = useTranslation(['home', 'selfTest']);
  const asked = useAsk(
    'rooms to check',
    async ({ rooms, selfTest }) => ({ rooms: await rooms.list(), checks: await selfTest.last() }),
    10_000,
  );
  const named = (asked.data?.checks ?? []).map((check) => ({
    ...check,
    name: asked.data?.rooms.find(({ id }) => id === check.room)?.name ?? '',
  }));
  const faulty = named.find(({ today, newest }) => today && newest?.test.light === 'red');
  const unchecked = named.find(({ today }) => !today);
  if (unchecked !== undefined) {
    const act = { label: t('selfTest:next.act'), to: `/rooms/${unchecked.room}/check` };
    const title = t('selfTest:next.title', { room: unchecked.name });
    return <NextStep title={title} text={t('selfTest:next.text')} act={act} />;
  }
  if (faulty !== undefined) {
    const act = { label: t('selfTest:next.redAct'), to: `/rooms/${faulty.room}/check` };
    const title = t('selfTest:next.redTitle', { room: faulty.name });
    return <NextStep title={title} text={t('selfTest:next.redText')} act={act} />;
  }
  return (
    <NextStep
      title={t('operator.calmTitle')}
      text={t('operator.calmText')}
      act={{ label: t('operator.rooms'), to: '/rooms' }}
    />
  );
}
