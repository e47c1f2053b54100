import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import { useSession } from '../app/sessionStore.ts';
import { AcceptInvitation } from './AcceptInvitation.tsx';
import './entry.css';
import { PracticePeople } from './PracticePeople.tsx';
import { Rescue } from './Rescue.tsx';
import { SignInForm } from './SignInForm.tsx';

/** The door of every day: large and calm, the station's name above it, an invitation's code one click away, and a way in where nobody can. */
export function SignIn() {
  const { t } = useTranslation(['entry', 'common']);
  const info = useSession((state) => state.info);
  const [at, setAt] = useState<'sign-in' | 'invitation' | 'rescue'>('sign-in');
  const [code, setCode] = useState('');
  const back = () => setAt('sign-in');
  return (
    <main className="br-door">
      <section className="br-door-brand">
        <svg className="br-door-ring" viewBox="0 0 240 240" aria-hidden="true">
          <title>{t('common:app.name')}</title>
          <circle cx="120" cy="120" r="96" />
          <circle cx="120" cy="24" r="13" />
        </svg>
        <div className="br-door-name">{t('common:app.name')}</div>
        <p className="br-door-tagline">{t('tagline')}</p>
        <p className="br-door-place">
          {info?.name}
          <br />
          {info?.court}
        </p>
      </section>
      <section className="br-door-form">
        {at === 'sign-in' && info?.practice === true ? <PracticePeople /> : null}
        {at === 'sign-in' && info?.practice === false ? (
          <SignInForm invited={() => setAt('invitation')} rescue={() => setAt('rescue')} />
        ) : null}
        {at === 'invitation' ? <AcceptInvitation code={code} back={back} /> : null}
        {at === 'rescue' ? (
          <Rescue
            back={back}
            accept={(made) => {
              setCode(made);
              setAt('invitation');
            }}
          />
        ) : null}
        <LanguageSwitch />
      </section>
    </main>
  );
}
