import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { NewPassword } from '../entry/NewPassword.tsx';
import { FormDialog, Panel, PasswordField, StateChip, useAct } from '../ui/index.ts';

/** One's own password: changed by whoever knows the one so far. */
export function PasswordPanel() {
  const { t } = useTranslation('account');
  const [changing, setChanging] = useState(false);
  const [done, setDone] = useState(false);
  return (
    <Panel
      title={t('password.title')}
      aside={
        <Button variant="default" onClick={() => setChanging(true)}>
          {t('password.act')}
        </Button>
      }
    >
      <p className="br-soft">{t('password.lead')}</p>
      {done ? (
        <div role="status">
          <StateChip tone="good">{t('password.done')}</StateChip>
        </div>
      ) : null}
      {changing ? <PasswordDialog onClose={() => setChanging(false)} changed={() => setDone(true)} /> : null}
    </Panel>
  );
}

function PasswordDialog({ onClose, changed }: { readonly onClose: () => void; readonly changed: () => void }) {
  const { t } = useTranslation('account');
  const station = useStation();
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState({ password: '', again: '' });
  const { password, again } = chosen;
  const change = useAct(async () => {
    await station.session.changePassword({ current, password });
    changed();
    onClose();
  });
  const differs = again !== '' && again !== password;
  return (
    <FormDialog
      title={t('password.dialog')}
      onClose={onClose}
      submit={t('password.submit')}
      onSubmit={() => void change.run()}
      busy={change.busy}
      trouble={change.trouble}
      ready={current !== '' && password !== '' && again === password}
    >
      <p className="br-soft">{t('password.text')}</p>
      <PasswordField
        label={t('password.current')}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        autoComplete="current-password"
        data-autofocus
      />
      <NewPassword
        {...chosen}
        change={(part) => setChosen((before) => ({ ...before, ...part }))}
        faults={{ password: null, again: differs ? t('password.differs') : null }}
        labels={{ password: t('password.next'), again: t('password.again') }}
      />
    </FormDialog>
  );
}
