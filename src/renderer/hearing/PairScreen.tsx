import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface PairScreenProps {
  /** What kind of screen the address asks for; what it becomes is the code's to say. */
  readonly of: 'courtroom' | 'observer';
}

/**
 * A browser that the station does not know, at `/screen` or `/observe`: the code pairs it. A plain form post, as the answer sets the
 * cookie and leads on. A code behind `#` in the address is used by itself; it never reaches a server's log.
 */
export function PairScreen({ of }: PairScreenProps) {
  const { t } = useTranslation(['hearing', 'live']);
  const [code, setCode] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [sent, setSent] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (location.hash.length < 2) return;
    history.replaceState(null, '', location.pathname);
    form.current?.submit();
  }, []);
  return (
    <main className="br-alone">
      <form ref={form} className="br-alone-card" method="post" action="/enter" onSubmit={() => setSent(true)}>
        <h1>{of === 'observer' ? t('live:screen.title') : t('room.title')}</h1>
        <p className="br-soft">{of === 'observer' ? t('live:screen.enterText') : t('room.text')}</p>
        <TextInput
          label={t('room.code')}
          name="code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          autoFocus
        />
        <Button type="submit" fullWidth size="lg" disabled={code.trim() === ''} loading={sent}>
          {t('room.enter')}
        </Button>
      </form>
    </main>
  );
}
