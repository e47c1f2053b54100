import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { useDesktop } from '../app/desktop.ts';
import { setSession } from '../app/sessionStore.ts';
import { PasswordField, SentenceError, useAct } from '../ui/index.ts';

export interface SignInFormProps {
  readonly invited: () => void;
  readonly rescue: () => void;
}

export function SignInForm({ invited, rescue }: SignInFormProps) {
  const { t } = useTranslation('entry');
  const station = useStation();
  const { openPractice } = useDesktop();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const enter = useAct(async () => {
    try {
      setSession(await station.session.signIn({ login: login.trim(), password }));
    } finally {
      setPassword('');
    }
  });
  return (
    <form
      className="br-form"
      onSubmit={(event) => {
        event.preventDefault();
        void enter.run();
      }}
    >
      <h1>{t('signIn.title')}</h1>
      <SentenceError trouble={enter.trouble} />
      <TextInput
        size="lg"
        label={t('signIn.login')}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        autoComplete="username"
        spellCheck={false}
        autoFocus
      />
      <PasswordField
        size="lg"
        label={t('signIn.password')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="current-password"
      />
      <Button type="submit" size="lg" loading={enter.busy} disabled={login.trim() === '' || password === ''}>
        {t('signIn.go')}
      </Button>
      <Button variant="subtle" onClick={invited}>
        {t('signIn.invited')}
      </Button>
      <Button variant="subtle" onClick={rescue}>
        {t('signIn.rescue')}
      </Button>
      {openPractice === null ? null : (
        <Button variant="subtle" onClick={() => void openPractice()}>
          {t('practice.open')}
        </Button>
      )}
    </form>
  );
}
