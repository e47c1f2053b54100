import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainCode } from '../../shared/domain/pairingCode.ts';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import { SentenceError } from '../ui/index.ts';
import { StationProof } from './StationProof.tsx';
import { usePair } from './usePair.ts';
import './pairing.css';

/** Codes of this machine's own shell are longer than any that a person types. */
const SHELL_CODE = /^[A-Za-z0-9_-]{32}$/;
const LETTERS = 8;

/**
 * A browser that the station does not know: a code connects it. What stands behind `#` in the address never reaches a server's
 * log; a code of this machine's shell is used by itself, one that a camera read is filled in for the person to look at first.
 */
export function PairPage() {
  const { t } = useTranslation('pairing');
  const [given] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const fromShell = SHELL_CODE.test(given);
  const [code, setCode] = useState(fromShell ? '' : given);
  const [label, setLabel] = useState('');
  const { pair, busy, trouble, pausedFor } = usePair();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    document.title = `${t('page.title')} · Bir Ret`;
  }, [t]);
  useEffect(() => {
    if (location.hash.length > 1) history.replaceState(null, '', location.pathname);
    // A plain form: the answer sets the cookie and leads on.
    form.current?.submit();
  }, []);
  if (fromShell) {
    return (
      <form ref={form} method="post" action="/enter" hidden>
        <input name="code" value={given} readOnly />
      </form>
    );
  }
  return (
    <main className="br-alone">
      <form
        className="br-alone-card br-pair"
        onSubmit={(event) => {
          event.preventDefault();
          void pair(code, label);
        }}
      >
        <LanguageSwitch />
        <h1>{t('page.title')}</h1>
        <p className="br-soft">{t('page.text')}</p>
        <TextInput
          label={t('page.code')}
          description={t('page.codeHint')}
          classNames={{ input: 'br-pair-code' }}
          size="lg"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          maxLength={30}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          autoFocus={given === ''}
        />
        <TextInput
          label={t('page.label')}
          description={t('page.labelHint')}
          size="md"
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          maxLength={60}
          autoComplete="off"
          autoFocus={given !== ''}
        />
        <SentenceError trouble={trouble} />
        <Button
          type="submit"
          fullWidth
          size="lg"
          disabled={plainCode(code).length !== LETTERS || pausedFor > 0}
          loading={busy}
        >
          {t('page.connect')}
        </Button>
        <StationProof />
      </form>
    </main>
  );
}
