import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { setSession } from '../app/sessionStore.ts';
import { SentenceError, useAct } from '../ui/index.ts';
import { NewPassword } from './NewPassword.tsx';
import { shortestPassword } from './setUpForm.ts';

/** A one-time code becomes an account; the person chooses the password, keys are made for it alone. */
export function AcceptInvitation(props: { readonly code: string; readonly back: () => void }) {
  const { back } = props;
  const { t } = useTranslation('entry');
  const station = useStation();
  const [code, setCode] = useState(props.code);
  const [chosen, setChosen] = useState({ password: '', again: '' });
  const [tried, setTried] = useState(false);
  const accept = useAct(async () => {
    const session = await station.session.acceptInvitation({ code: code.trim(), password: chosen.password });
    setSession(session);
    if (session.account === null) back();
  });
  const { password, again } = chosen;
  const short = password.length < shortestPassword;
  return (
    <form
      className="br-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (code.trim() !== '' && !short && password === again) void accept.run();
      }}
    >
      <h1>{t('invitation.title')}</h1>
      <p className="br-soft">{t('invitation.text')}</p>
      <SentenceError trouble={accept.trouble} />
      <TextInput
        size="lg"
        label={t('invitation.code')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={tried && code.trim() === '' ? t('person.missing') : null}
        autoComplete="one-time-code"
        spellCheck={false}
        classNames={{ input: 'br-mono' }}
        autoFocus
      />
      <NewPassword
        size="lg"
        {...chosen}
        change={(part) => setChosen((before) => ({ ...before, ...part }))}
        faults={{
          password: tried && short ? t('person.passwordShort') : null,
          again: tried && password !== again ? t('person.differs') : null,
        }}
      />
      <Button type="submit" size="lg" loading={accept.busy}>
        {t('invitation.accept')}
      </Button>
      <Button variant="subtle" onClick={back}>
        {t('invitation.back')}
      </Button>
    </form>
  );
}
