import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../app/sessionStore.ts';
import { Loading, NamesOfCase, SentenceError } from '../ui/index.ts';
import { AfterInterview } from './AfterInterview.tsx';
import './interview.css';
import type { InterviewPart } from './interviewPart.ts';
import { PlannedInterview } from './PlannedInterview.tsx';
import { ReadyRoom } from './ReadyRoom.tsx';
import { RecordingRoom } from './RecordingRoom.tsx';
import { useLive } from './useLive.ts';

export interface InterviewScreenProps {
  readonly interview: string;
}

/** One interview from *planned* to *sealed*. Everything shown is what the station says; a recording needs none of it. */
export function InterviewScreen({ interview }: InterviewScreenProps) {
  const { t } = useTranslation(['interview', 'common']);
  const account = useAccount();
  const live = useLive(interview);
  const [waitsFor, setWaitsFor] = useState<InterviewPart['waitsFor']>(null);
  const { view } = live;
  if (view === null) {
    return (
      <main className="br-interview-alone">
        <SentenceError trouble={live.trouble}>
          <Button variant="default" size="compact-md" onClick={live.again}>
            {t('common:retry')}
          </Button>
        </SentenceError>
        {live.trouble === null ? <Loading /> : null}
      </main>
    );
  }
  const part: InterviewPart = {
    view,
    heard: !live.lost,
    mayAct: account?.role === 'investigator',
    onView: live.onView,
    waitsFor,
    onStopped: (result) => setWaitsFor(result.state === 'ended' ? result.waitsFor : null),
  };
  return (
    <main className="br-interview">
      {live.lost ? (
        <p className="br-lost-station" role="status">
          {view.interview.state === 'recording' ? t('lost') : t('lostCalm')}
        </p>
      ) : null}
      <NamesOfCase caseId={view.interview.caseId}>
        <Stage {...part} />
      </NamesOfCase>
    </main>
  );
}

function Stage(part: InterviewPart) {
  switch (part.view.interview.state) {
    case 'planned':
      return <PlannedInterview {...part} />;
    case 'ready':
      return <ReadyRoom {...part} />;
    case 'recording':
      return <RecordingRoom {...part} />;
    case 'ended':
    case 'secured':
    case 'sealed':
    case 'cancelled':
    case 'refused':
      return <AfterInterview {...part} />;
  }
}
