import { Button } from '@mantine/core';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../ui/PasswordField.tsx';
import { SentenceError } from '../ui/SentenceError.tsx';
import { useAct } from '../ui/useAct.ts';
import { useStation } from './client.ts';
import { type AccountView, setSession } from './sessionStore.ts';
import { useAlone } from './useAlone.ts';

/** Covers the screen while the session is locked; what was on it stays as it was, unseen and out of reach. */
export function LockOverlay({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const station = useStation();
  const [password, setPassword] = useState('');
  const unlock = useAct(async () => setSession(await station.session.unlock({ password })));
  const leave = useAct(async () => setSession(await station.session.signOut()));
  const alone = useAlone();
  return createPortal(
    <div ref={alone} className="br-lock" role="dialog" aria-modal="true" aria-labelledby="lock-title">
      <form
        className="br-alone-card"
        onSubmit={(event) => {
          event.preventDefault();
          void unlock.run();
        }}
      >
        <h1 id="lock-title">{t('lock.title')}</h1>
        <p className="br-soft">{t('lock.text')}</p>
        <SentenceError trouble={unlock.trouble ?? leave.trouble} />
        <PasswordField
          label={t('lock.password', { name: account.name })}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          data-autofocus
          autoFocus
        />
        <Button type="submit" fullWidth size="lg" loading={unlock.busy} disabled={password === ''}>
          {t('lock.unlock')}
        </Button>
        <Button variant="subtle" fullWidth onClick={() => void leave.run()} loading={leave.busy}>
          {t('signOut')}
        </Button>
      </form>
    </div>,
    document.body,
  );
}
