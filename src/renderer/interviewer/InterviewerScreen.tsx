import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import { useSession } from '../app/sessionStore.ts';
import './interviewer.css';
import { QuietRoom } from './QuietRoom.tsx';
import { useInterviewer } from './useInterviewer.ts';

/** The interviewer's screen: quiet before and after the interview, and while it is recorded what the interviewer needs. */
export function InterviewerScreen() {
  const { t } = useTranslation('interviewer');
  const of = useSession((state) => state.capabilities?.of ?? null);
  const { view, away, ended, press } = useInterviewer(of);
  useEffect(() => {
    document.title = `${t('title')} · Bir Ret`;
  }, [t]);
  if (of !== null && view?.state === 'recording') {
    return <QuietRoom interview={of} view={view} away={away} press={press} />;
  }
  const [title, text] = ended
    ? [t('ended'), t('endedText')]
    : view?.state === 'over'
      ? [t('over'), t('overText')]
      : [t('before'), t('beforeText')];
  return (
    <main className="br-aside br-aside-calm">
      <LanguageSwitch />
      {view === null && !away && !ended ? null : (
        <div role="status">
          <h1>{title}</h1>
          <p>{away ? t('away') : text}</p>
          {ended ? (
            <Button mt="lg" size="lg" variant="default" onClick={() => location.reload()}>
              {t('again')}
            </Button>
          ) : null}
        </div>
      )}
    </main>
  );
}
