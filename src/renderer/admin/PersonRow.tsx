import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/accounts.ts';
import { useStation } from '../app/client.ts';
import { type ChipTone, SentenceError, StateChip, useAct } from '../ui/index.ts';
import { type PersonChange, PersonRowChange } from './PersonRowChange.tsx';

const tones: Readonly<Record<Account['state'], ChipTone>> = {
  invited: 'waits',
  active: 'good',
  suspended: 'quiet',
  revoked: 'quiet',
};
const changes: readonly PersonChange[] = ['role', 'reset', 'revoke', 'suspend'];

export interface PersonRowProps {
  readonly person: Account;
  /** True for the reader's own account, whose standing another administrator changes. */
  readonly own: boolean;
  /** True where this person's key is the only one left that opens recordings. */
  readonly lastKey: boolean;
  readonly changed: () => void;
}

/** One person: role, access, certificate, and the quiet acts of an administrator. */
export function PersonRow({ person, own, lastKey, changed }: PersonRowProps) {
  const { t } = useTranslation(['admin', 'roles']);
  const station = useStation();
  const [asking, setAsking] = useState<PersonChange | null>(null);
  const certify = useAct(async () => {
    await station.accounts.certify({ account: person.id });
    changed();
  });
  const restore = useAct(async () => {
    await station.accounts.restore({ account: person.id });
    changed();
  });
  const said = [
    t(`roles:${person.role}`),
    person.login,
    t('people.code', { code: person.code }),
    person.keys === 'none' || person.state === 'suspended' ? null : t(`keys.${person.keys}`),
    person.certificate === 'none' ? null : t(`certificate.${person.certificate}`),
  ].filter((word) => word !== null);
  return (
    <li className="br-row">
      <div className="br-row-words">
        <strong>{person.name}</strong>
        <div className="br-soft">{said.join(' · ')}</div>
        {person.stillOpens.map((name) => (
          <div className="br-soft" key={name}>
            {t(`stillOpens.${name}`)}
          </div>
        ))}
        <SentenceError trouble={certify.trouble ?? restore.trouble} />
      </div>
      <div className="br-row-aside">
        {person.certificate === 'requested' && person.state === 'active' ? (
          <Button variant="default" size="sm" onClick={() => void certify.run()} loading={certify.busy}>
            {t('people.certify')}
          </Button>
        ) : null}
        {person.state === 'suspended' ? (
          <Button variant="default" size="sm" onClick={() => void restore.run()} loading={restore.busy}>
            {t('people.restore')}
          </Button>
        ) : null}
        {own || person.state === 'revoked' ? null : (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <Button variant="subtle" size="sm" aria-label={t('people.changeOf', { name: person.name })}>
                {t('people.change')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {changes.map((change) =>
                change === 'suspend' && person.state === 'suspended' ? null : (
                  <Menu.Item key={change} onClick={() => setAsking(change)}>
                    {t(`change.${change}.act`)}
                  </Menu.Item>
                ),
              )}
            </Menu.Dropdown>
          </Menu>
        )}
        <StateChip tone={tones[person.state]}>{t(`state.${person.state}`)}</StateChip>
      </div>
      {asking === null ? null : (
        <PersonRowChange
          person={person}
          change={asking}
          lastKey={lastKey}
          onClose={() => setAsking(null)}
          changed={changed}
        />
      )}
    </li>
  );
}
