import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStation } from '../app/client.ts';
import { useAccount } from '../app/sessionStore.ts';
import { BesidePanel } from '../archive/BesidePanel.tsx';
import { Asking, InterviewChip, JobProgress, NextStep, Panel, SentenceError, useAct, useAsk } from '../ui/index.ts';
import { InterviewHead } from './InterviewHead.tsx';
import type { InterviewPart } from './interviewPart.ts';
import { OwnNotesPanel } from './OwnNotesPanel.tsx';
import { SealedInterview } from './SealedInterview.tsx';

/** After the room: sealed, or what still stands between the recording and its seal. */
export function AfterInterview(part: InterviewPart) {
  const { interview } = part.view;
  return (
    <>
      <div className="br-noprint">
        <InterviewHead interview={interview}>
          <InterviewChip state={interview.state} />
        </InterviewHead>
      </div>
      <div className="br-interview-page">
        <What {...part} />
        {part.mayAct ? (
          <div className="br-noprint">
            <OwnNotesPanel interview={interview.id} />
          </div>
        ) : null}
      </div>
    </>
  );
}

function What(part: InterviewPart) {
  const { t } = useTranslation('interview');
  const { interview } = part.view;
  const toCase = { label: t('toCase'), to: `/cases/${interview.caseId}` };
  switch (interview.state) {
    case 'sealed':
      return <SealedInterview {...part} />;
    case 'secured':
      return <Secured {...part} />;
    case 'cancelled':
      return (
        <NextStep title={t('cancelled.title')} text={t('cancelled.text')} {...(part.mayAct ? { act: toCase } : {})} />
      );
    case 'refused':
      return <NextStep title={t('refused.title')} text={t('refused.text')} {...(part.mayAct ? { act: toCase } : {})} />;
    case 'ended':
    case 'planned':
    case 'ready':
    case 'recording':
      return <Ended {...part} />;
  }
}

/** Ended and safe; the seal waits for something that a person has. */
function Ended({ view, mayAct, waitsFor, onStopped }: InterviewPart) {
  const { t } = useTranslation('interview');
  const station = useStation();
  const { interview } = view;
  const seal = useAct(async () => onStopped(await station.recording.seal({ interview: interview.id })));
  const act = { label: t('ended.act'), run: () => void seal.run(), busy: seal.busy };
  return (
    <>
      <SentenceError trouble={seal.trouble} />
      <NextStep title={t('ended.title')} text={t('ended.text')} {...(mayAct ? { act } : {})} />
      {waitsFor === null ? null : (
        <p className="br-note" role="status">
          {t(`ended.waits.${waitsFor}`)}
        </p>
      )}
      {mayAct ? <BesideEnded exhibit={interview.exhibit} /> : null}
    </>
  );
}

/** A drawing, a photograph, a paper that still belongs to it: until the seal it is signed with the recording. */
function BesideEnded({ exhibit: number }: { readonly exhibit: string }) {
  const role = useAccount()?.role;
  const asked = useAsk(`exhibit ${number}`, (station) => station.exhibits.get({ exhibit: number }), 15_000);
  return (
    <Asking asked={asked}>
      {(exhibit) =>
        exhibit.state === 'sealed' ? null : <BesidePanel exhibit={exhibit} role={role} onChange={asked.again} />
      }
    </Asking>
  );
}

/** Cut off by a fault and frozen: the child comes first, so going on is the next step; the seal can follow later. */
function Secured({ view, mayAct }: InterviewPart) {
  const { t } = useTranslation('interview');
  const { interview } = view;
  const station = useStation();
  const [, navigate] = useLocation();
  const [job, setJob] = useState<string | null>(null);
  const goOn = useAct(async () => {
    const next = await station.interviews.goOn({ interview: interview.id });
    navigate(`/interview/${next.id}`);
  });
  const recover = useAct(async () => setJob((await station.exhibits.recover({ exhibit: interview.exhibit })).job));
  const act =
    interview.goesOnIn === null
      ? { label: t('secured.goOn'), run: () => void goOn.run(), busy: goOn.busy }
      : { label: t('secured.goneOn'), to: `/interview/${interview.goesOnIn}` };
  return (
    <>
      <SentenceError trouble={goOn.trouble} />
      <SentenceError trouble={recover.trouble} />
      <NextStep
        title={t('secured.title')}
        text={interview.goesOnIn === null ? t('secured.goOnText') : t('secured.goneOnText')}
        {...(mayAct ? { act } : {})}
      />
      <Panel title={job === null ? t('secured.seal') : t('secured.working')}>
        {job === null ? (
          <>
            <p className="br-soft">{t('secured.text')}</p>
            {mayAct ? (
              <div>
                <Button variant="default" size="md" onClick={() => void recover.run()} loading={recover.busy}>
                  {t('secured.act')}
                </Button>
              </div>
            ) : null}
          </>
        ) : (
          <JobProgress job={job} label={t('secured.working')} />
        )}
      </Panel>
    </>
  );
}
