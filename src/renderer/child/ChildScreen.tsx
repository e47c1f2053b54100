import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/sessionStore.ts';
import { useSettings } from '../app/settings.ts';
import { CalmPicture } from './CalmPicture.tsx';
import './child.css';
import { FourPictures } from './FourPictures.tsx';
import { useAwake } from './useAwake.ts';
import { useSheltered } from './useSheltered.ts';
import { useTablet } from './useTablet.ts';
import { useVoice } from './useVoice.ts';

/** The child's tablet: a calm picture before and after, four pictures while it is recorded. It never shows that anything is wrong. */
export function ChildScreen() {
  const of = useSession((state) => state.capabilities?.of ?? null);
  const own = useSettings((settings) => settings.language);
  const { view, gone, tell } = useTablet(of);
  const language = view?.language ?? own;
  const { t } = useTranslation('child', { lng: language });
  const { say, unlock } = useVoice(language, view?.sounds ?? null);
  useSheltered();
  useAwake();
  useEffect(() => {
    document.title = `${t('title')} · Bir Ret`;
    document.documentElement.lang = language;
  }, [t, language]);
  const over = gone || view?.state === 'over';
  const calm = over ? 'goodbye' : 'hello';
  return (
    <main className="br-child" aria-label={t('title')} onPointerDown={unlock} onKeyDown={unlock}>
      {!over && view?.state === 'recording' ? (
        <FourPictures language={language} tell={tell} say={say} />
      ) : (
        <CalmPicture kind={calm} words={t(`says.${calm}`)} onPress={() => say(calm)} />
      )}
    </main>
  );
}
