import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from './sessionStore.ts';

const CourtroomScreen = lazy(() =>
  import('../hearing/CourtroomScreen.tsx').then((module) => ({ default: module.CourtroomScreen })),
);

const ObserverScreen = lazy(() =>
  import('../observation/ObserverScreen.tsx').then((module) => ({ default: module.ObserverScreen })),
);

const InterviewerScreen = lazy(() =>
  import('../interviewer/InterviewerScreen.tsx').then((module) => ({ default: module.InterviewerScreen })),
);

const ChildScreen = lazy(() => import('../child/ChildScreen.tsx').then((module) => ({ default: module.ChildScreen })));

/** A screen without an account: it was paired for one purpose and shows that alone, whatever its address says. */
export function PairedScreen() {
  const capabilities = useSession((state) => state.capabilities);
  const { t } = useTranslation();
  switch (capabilities?.screen) {
    case 'courtroom':
      return <CourtroomScreen />;
    case 'observer':
      return <ObserverScreen />;
    case 'interviewer':
      return <InterviewerScreen />;
    case 'child':
      return <ChildScreen />;
    case 'desk':
    case undefined:
      return <main className="br-alone">{t('paired.unknown')}</main>;
  }
}
