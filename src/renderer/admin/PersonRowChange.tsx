import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/accounts.ts';
import { keyHoldingRoles, Role, signingRoles } from '../../shared/domain/roles.ts';
import { useStation } from '../app/client.ts';
import { ConfirmDialog, useAct } from '../ui/index.ts';
import './admin.css';
import { PeopleInvitationCode } from './PeopleInvitationCode.tsx';

export type PersonChange = 'role' | 'reset' | 'revoke' | 'suspend';

export interface PersonRowChangeProps {
  readonly person: Account;
  readonly change: PersonChange;
  /** True where this person's key is the only one left that opens recordings. */
  readonly lastKey: boolean;
  readonly onClose: () => void;
  readonly changed: () => void;
}

/** Asks before a person's standing is changed for good, and says in words what follows, older backups included. */
export function PersonRowChange({ person, change, lastKey, onClose, changed }: PersonRowChangeProps) {
  const { t } = useTranslation(['admin', 'roles']);
  const station = useStation();
  const [role, setRole] = useState<Role>(person.role);
  const [understood, setUnderstood] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const act = useAct(async () => {
    const asked = { account: person.id, aloneAccepted: understood };
    if (change === 'role') await station.accounts.changeRole({ ...asked, role });
    if (change === 'revoke') await station.accounts.revoke(asked);
    if (change === 'suspend') await station.accounts.suspend(asked);
    const made = change === 'reset' ? (await station.accounts.reset(asked)).code : null;
    changed();
    if (made === null) onClose();
    else setCode(made);
  });
  if (code !== null) return <PeopleInvitationCode name={person.name} code={code} onClose={onClose} />;
  const chosen = change !== 'role' || role !== person.role;
  // Who opens the authority is in no list: the station says it when it is asked, and then asks a second time.
  const lastOf = { LAST_KEY_HOLDER: 'lastKey', LAST_ADMINISTRATOR: 'lastAdministrator' } as const;
  const refused = Object.entries(lastOf).find(([code]) => code === act.trouble?.code)?.[1];
  const alone = refused ?? (lastKey ? 'lastKey' : null);
  const asksFirst = alone !== null && !understood;
  return (
    <ConfirmDialog
      opened
      title={t(`change.${change}.title`, { name: person.name })}
      text={
        <ul className="br-said">
          {wordsOf(change, person, role).map((word) => (
            <li key={word}>{t(`change.${word}`)}</li>
          ))}
        </ul>
      }
      confirm={t(`change.${change}.confirm`)}
      onConfirm={() => void act.run()}
      onClose={onClose}
      busy={act.busy}
      trouble={act.trouble}
      ready={chosen && !asksFirst}
    >
      {change === 'role' ? (
        <Select
          label={t('change.role.label')}
          data={Role.options.map((value) => ({ value, label: t(`roles:${value}`) }))}
          value={role}
          onChange={(value) => {
            const parsed = Role.safeParse(value);
            if (parsed.success) setRole(parsed.data);
          }}
        />
      ) : null}
      {alone !== null ? (
        <Checkbox
          mt="md"
          label={t(`change.${alone}`)}
          checked={understood}
          onChange={(event) => setUnderstood(event.currentTarget.checked)}
        />
      ) : null}
    </ConfirmDialog>
  );
}

/** What follows from the change, a sentence each. */
function wordsOf(change: PersonChange, person: Account, role: Role) {
  const held = person.keys !== 'none';
  const signed = person.certificate !== 'none';
  switch (change) {
    case 'suspend':
      return ['suspended' as const, ...(held ? (['until', 'backups', 'waitsAfter'] as const) : [])];
    case 'role':
      return [
        'sessions' as const,
        ...(held ? (['until', 'backups'] as const) : []),
        ...(keyHoldingRoles.includes(role) ? (['waits'] as const) : []),
        ...(signed && !signingRoles.includes(role) ? (['certificate'] as const) : []),
      ];
    case 'reset':
      return [
        'newKeys' as const,
        ...(held ? (['waits', 'recovery'] as const) : []),
        ...(signed ? (['certificate'] as const) : []),
      ];
    case 'revoke':
      return [
        'final' as const,
        ...(held ? (['until'] as const) : []),
        ...(signed ? (['certificate', 'outside'] as const) : []),
        'backups' as const,
      ];
  }
}
