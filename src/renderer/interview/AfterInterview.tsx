import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { InterviewChip, JobProgress, NextStep, Panel, SentenceError, useAct } from '../ui/index.ts';
import { InterviewHead } from './InterviewHead.tsx';
import type { InterviewPart } from './interviewPart.ts';
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
    </>
  );
}

/** Cut off by a fault and frozen: what recovering does, and the button. */
function Secured({ view, mayAct }: InterviewPart) {
  const { t } = useTranslation('interview');
  const station = useStation();
  const [job, setJob] = useState<string | null>(null);
  const { interview } = view;
  const recover = useAct(async () => setJob((await station.exhibits.recover({ exhibit: interview.exhibit })).job));
  const act = { label: t('secured.act'), run: () => void recover.run(), busy: recover.busy };
  return (
    <>
      <SentenceError trouble={recover.trouble} />
      <NextStep title={t('secured.title')} text={t('secured.text')} {...(mayAct && job === null ? { act } : {})} />
      {job === null ? null : (
        <Panel title={t('secured.working')}>
          <JobProgress job={job} label={t('secured.working')} />
        </Panel>
      )}
    </>
  );
}
