import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../ui/Loading.tsx';
import { SentenceError } from '../ui/SentenceError.tsx';
import { useStation } from './client.ts';
import { Frame } from './Frame.tsx';
import { LockOverlay } from './LockOverlay.tsx';
import { PairedScreen } from './PairedScreen.tsx';
import { Routes } from './routes.tsx';
import { refresh, useSession } from './sessionStore.ts';

const CourtroomScreen = lazy(() =>
  import('../hearing/CourtroomScreen.tsx').then((module) => ({ default: module.CourtroomScreen })),
);
const ObserverScreen = lazy(() =>
  import('../observation/ObserverScreen.tsx').then((module) => ({ default: module.ObserverScreen })),
);
const PairPage = lazy(() => import('../pairing/PairPage.tsx').then((module) => ({ default: module.PairPage })));
const SetUp = lazy(() => import('../entry/SetUp.tsx').then((module) => ({ default: module.SetUp })));
const SignIn = lazy(() => import('../entry/SignIn.tsx').then((module) => ({ default: module.SignIn })));

/** What a person sees before any route: no station, a new station, a paired screen, sign-in; then the frame with the routes. */
export function Gate() {
  const { info, capabilities, session, trouble } = useSession();
  const settingUp = useSession((state) => state.settingUp);
  const { t } = useTranslation();
  const station = useStation();

  if (info === null || capabilities === null || session === null) {
    if (trouble === null) return <Loading />;
    // On a child's tablet nothing is ever wrong: it waits, calmly, until the station answers.
    if (location.pathname === '/child' && trouble.code !== 'NOT_FROM_A_KNOWN_SCREEN')
      return <main className="br-alone" />;
    if (trouble.code === 'NOT_FROM_A_KNOWN_SCREEN' && isPairing(location.pathname)) {
      return (
        <Suspense fallback={<Loading />}>
          <PairPage />
        </Suspense>
      );
    }
    return (
      <main className="br-alone">
        <div className="br-alone-card">
          <h1>{t('app.name')}</h1>
          <SentenceError trouble={trouble} />
          <Button onClick={() => void refresh(station)}>{t('retry')}</Button>
        </div>
      </main>
    );
  }
  const courtroomOf = location.pathname === '/screen' ? new URLSearchParams(location.search).get('hearing') : null;
  const observedOf = location.pathname === '/observe' ? new URLSearchParams(location.search).get('interview') : null;
  return (
    <Suspense fallback={<Loading />}>
      {capabilities.screen !== 'desk' ? (
        <PairedScreen />
      ) : !info.configured || settingUp ? (
        <SetUp />
      ) : session.account === null ? (
        <SignIn />
      ) : courtroomOf !== null ? (
        // The judge's second window: nobody touches it, so it neither locks by itself nor shows anything but the picture.
        session.locked ? null : (
          <CourtroomScreen hearing={courtroomOf} />
        )
      ) : observedOf !== null ? (
        // A second window of the officer's or the operator's session, for the observation room: nobody touches it either.
        <ObserverScreen interview={observedOf} />
      ) : (
        <>
          <Frame account={session.account}>
            <Routes account={session.account} />
          </Frame>
          {session.locked ? <LockOverlay account={session.account} /> : null}
        </>
      )}
    </Suspense>
  );
}

/** Where a browser that the station does not know asks for a code. */
const isPairing = (path: string) => location.protocol === 'https:' || PAIRING.has(path);
/** On the network every screen is a paired one; on this machine these are. */
const PAIRING: ReadonlySet<string> = new Set(['/pair', '/observe', '/screen', '/interviewer', '/child']);
