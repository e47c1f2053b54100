import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { SentenceError, useAct } from '../ui/index.ts';
import { noParts, type Parts, RecoveryParts } from './RecoveryParts.tsx';
import { RescueInvitation } from './RescueInvitation.tsx';
import { RescueOpened } from './RescueOpened.tsx';

export interface RescueProps {
  readonly back: () => void;
  /** Goes on to the invitation, with its code. */
  readonly accept: (code: string) => void;
}

type Left = 'administrator' | 'nobody';

/** When nobody can sign in: the printed recovery key opens the station, or invites a new administrator. */
export function Rescue({ back, accept }: RescueProps) {
  const { t } = useTranslation('entry');
  const station = useStation();
  const [left, setLeft] = useState<Left>('administrator');
  const [parts, setParts] = useState<Parts>(noParts);
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [done, setDone] = useState<{ readonly code: string | null } | null>(null);
  const use = useAct(async () => {
    if (left === 'administrator') {
      await station.keyRing.openByRecovery(parts);
      setDone({ code: null });
    } else {
      setDone(await station.keyRing.inviteByRecovery({ ...parts, name: name.trim(), login: login.trim() }));
    }
    setParts(noParts);
  });
  if (done !== null) {
    return done.code === null ? (
      <RescueOpened back={back} />
    ) : (
      <RescueInvitation name={name.trim()} code={done.code} accept={accept} />
    );
  }
  const typed = parts.part1.trim() !== '' && parts.part2.trim() !== '';
  const named = left === 'administrator' || (name.trim() !== '' && login.trim() !== '');
  return (
    <form
      className="br-form br-rescue"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed && named) void use.run();
      }}
    >
      <h1>{t('rescue.title')}</h1>
      <p className="br-soft">{t('rescue.text')}</p>
      <Radio.Group
        label={t('rescue.left.label')}
        value={left}
        onChange={(value) => setLeft(value === 'nobody' ? 'nobody' : 'administrator')}
      >
        <Stack gap="sm" mt="xs">
          {(['administrator', 'nobody'] as const).map((one) => (
            <Radio key={one} value={one} label={t(`rescue.left.${one}`)} description={t(`rescue.follows.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <RecoveryParts parts={parts} change={setParts} />
      {left === 'administrator' ? null : (
        <div className="br-form-two">
          <TextInput
            label={t('rescue.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="off"
          />
          <TextInput
            label={t('person.login')}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </div>
      )}
      <SentenceError trouble={use.trouble} />
      <Button type="submit" size="lg" loading={use.busy} disabled={!typed || !named}>
        {t(`rescue.act.${left}`)}
      </Button>
      <Button variant="subtle" onClick={back}>
        {t('rescue.back')}
      </Button>
    </form>
  );
}
