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
  return (
    <Suspense fallback={<Loading />}>
      {capabilities.screen !== 'desk' ? (
        <PairedScreen />
      ) : !info.configured || settingUp ? (
        <SetUp />
      ) : session.account === null ? (
        <SignIn />
      ) : (
        <>
          <div inert={session.locked}>
            <Frame account={session.account}>
              <Routes account={session.account} />
            </Frame>
          </div>
          {session.locked ? <LockOverlay account={session.account} /> : null}
        </>
      )}
    </Suspense>
  );
}
