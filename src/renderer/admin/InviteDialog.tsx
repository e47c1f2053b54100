import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Role } from '../../shared/domain/roles.ts';
import { useStation } from '../app/client.ts';
import { FormDialog, useAct } from '../ui/index.ts';
import { PeopleInvitationCode } from './PeopleInvitationCode.tsx';

export interface InviteDialogProps {
  readonly onClose: () => void;
  readonly invited: () => void;
}

/** Invites a person: name, sign-in name and role; then the one-time code, shown once, to be handed over. */
export function InviteDialog({ onClose, invited }: InviteDialogProps) {
  const { t } = useTranslation(['admin', 'roles']);
  const station = useStation();
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<Role>('investigator');
  const [made, setMade] = useState<{ name: string; code: string } | null>(null);
  const invite = useAct(async () => {
    const { account, code } = await station.accounts.invite({ name: name.trim(), login: login.trim(), role });
    setMade({ name: account.name, code });
    invited();
  });
  if (made !== null) return <PeopleInvitationCode name={made.name} code={made.code} onClose={onClose} />;
  return (
    <FormDialog
      title={t('invite.title')}
      onClose={onClose}
      submit={t('invite.make')}
      onSubmit={() => void invite.run()}
      busy={invite.busy}
      trouble={invite.trouble}
      ready={name.trim() !== '' && login.trim() !== ''}
    >
      <TextInput
        label={t('invite.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        label={t('invite.login')}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <Select
        label={t('invite.role')}
        data={Role.options.map((value) => ({ value, label: t(`roles:${value}`) }))}
        value={role}
        onChange={(value) => {
          const chosen = Role.safeParse(value);
          if (chosen.success) setRole(chosen.data);
        }}
      />
    </FormDialog>
  );
}
