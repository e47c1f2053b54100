import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { PlanNotes } from '../plan/PlanNotes.tsx';
import { PreparationStep } from '../preparation/PreparationPanel.tsx';
import { BeforePanel } from '../questions/BeforePanel.tsx';
import { InterviewChip, NextStep, Panel, SentenceError, useAct, useAsk, useFormat } from '../ui/index.ts';
import { InterviewHead } from './InterviewHead.tsx';
import type { InterviewPart } from './interviewPart.ts';
import { usePeople } from './usePeople.ts';

/** Before anything is switched on: what is planned, and the one step to take. */
export function PlannedInterview({ view, mayAct, onView }: InterviewPart) {
  const { t } = useTranslation(['interview', 'common', 'preparation']);
  const { dateTime, duration } = useFormat();
  const station = useStation();
  const { interview } = view;
  const people = usePeople(interview.participants);
  const prepare = useAct(async () => onView(await station.recording.prepare({ interview: interview.id })));
  const preparation = useAsk(`preparation ${interview.id}`, async (client) =>
    mayAct ? await client.preparation.get({ interview: interview.id }) : null,
  );
  return (
    <>
      <InterviewHead interview={interview}>
        <InterviewChip state={interview.state} />
      </InterviewHead>
      <div className="br-interview-page">
        <SentenceError trouble={prepare.trouble} />
        {mayAct ? null : (
          <NextStep title={t('planned.waiting')} text={t('watching', { name: interview.officer.name })} />
        )}
        {preparation.data === null ? null : <PreparationStep view={preparation.data} />}
        <SentenceError trouble={preparation.trouble} />
        {mayAct ? (
          <Panel title={t('planned.title')}>
            <div className="br-prep-panel">
              <p className="br-soft">{t('planned.text')}</p>
              <Button variant="default" size="md" onClick={() => void prepare.run()} loading={prepare.busy}>
                {t('planned.act')}
              </Button>
            </div>
          </Panel>
        ) : null}
        <div className="br-columns">
          <Panel title={t('planned.facts')}>
            <dl className="br-facts">
              <dt>{t('planned.when')}</dt>
              <dd className="br-num">{dateTime(interview.plannedAt)}</dd>
              <dt>{t('planned.length')}</dt>
              <dd className="br-num">{duration(interview.plannedMinutes * 60_000)}</dd>
              <dt>{t('planned.officer')}</dt>
              <dd>{interview.officer.name}</dd>
              <dt>{t('planned.exhibit')}</dt>
              <dd className="br-num">{interview.exhibit}</dd>
            </dl>
          </Panel>
          <PlanNotes interview={interview} mayChange={mayAct} />
          <Panel title={t('planned.people')}>
            {people.length === 0 ? <p className="br-soft">{t('planned.peopleNone')}</p> : null}
            <ul className="br-rows">
              {people.map(({ code, name, place }) => (
                <li className="br-row" key={code}>
                  <strong className="br-row-words">{name}</strong>
                  <span className="br-soft">{t(`common:seats.${place}`)}</span>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
        <BeforePanel interview={interview} mayAct={mayAct} />
      </div>
    </>
  );
}
