import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import { useSession } from '../app/sessionStore.ts';
import { ObserverQuestions } from '../questions/ObserverQuestions.tsx';
import { UnsentQuestions } from '../questions/UnsentQuestions.tsx';
import './observation.css';
import { ObservedHead } from './ObservedHead.tsx';
import { ObservedRoom } from './ObservedRoom.tsx';
import { useWatching } from './useWatching.ts';

export interface ObserverScreenProps {
  /** Given where this is a second window of somebody's own session; a paired screen knows its interview by its pairing. */
  readonly interview?: string;
}

/** The observers' screen: both views and the sound while it is recorded; before it a calm page, and questions already; after it a calm page. */
export function ObserverScreen({ interview }: ObserverScreenProps) {
  const { t } = useTranslation('live');
  const capabilities = useSession((state) => state.capabilities);
  const of = interview ?? capabilities?.of ?? null;
  const { view, away, ended } = useWatching(of);
  useEffect(() => {
    document.title = `${t('screen.title')} · Bir Ret`;
  }, [t]);
  if (of !== null && view !== null && view.state !== 'over') {
    const recording = view.state === 'recording';
    return (
      <main className="br-observe-with" aria-label={t('screen.title')}>
        {recording ? (
          <ObservedRoom interview={of} view={view} away={away} />
        ) : (
          <div className="br-observe br-observe-calm">
            <LanguageSwitch />
            <div role="status">
              <h1>{away ? t('screen.away') : t('screen.before')}</h1>
              <p>{away ? t('screen.awayText') : t('screen.beforeText')}</p>
            </div>
          </div>
        )}
        <aside className="br-observe-side">
          {recording ? <ObservedHead view={view} away={away} /> : null}
          {/* The same panel before and after the button: what is being typed stays. */}
          <ObserverQuestions interview={of} />
        </aside>
      </main>
    );
  }
  const [title, text] = ended
    ? [t('screen.ended'), t('screen.endedText')]
    : away
      ? [t('screen.away'), t('screen.awayText')]
      : view?.state === 'over'
        ? [t('screen.over'), t('screen.overText')]
        : ['', ''];
  return (
    <main className="br-observe br-observe-calm">
      <LanguageSwitch />
      {view === null && !away && !ended ? null : (
        <div role="status">
          <h1>{title}</h1>
          <p>{text}</p>
          {of !== null && view?.state === 'over' ? <UnsentQuestions interview={of} /> : null}
          {ended ? (
            <Button mt="lg" variant="default" onClick={() => location.reload()}>
              {t('screen.again')}
            </Button>
          ) : null}
        </div>
      )}
    </main>
  );
}
