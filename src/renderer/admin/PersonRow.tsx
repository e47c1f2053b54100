import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/accounts.ts';
import { useStation } from '../app/client.ts';
import { type ChipTone, ConfirmDialog, SentenceError, StateChip, useAct } from '../ui/index.ts';

const tones: Readonly<Record<Account['state'], ChipTone>> = { invited: 'waits', active: 'good', suspended: 'quiet' };

export interface PersonRowProps {
  readonly person: Account;
  /** True for the reader's own account, which cannot be suspended from here. */
  readonly own: boolean;
  readonly changed: () => void;
}

/** One person: role, access, certificate, and the quiet acts of an administrator. */
export function PersonRow({ person, own, changed }: PersonRowProps) {
  const { t } = useTranslation(['admin', 'roles']);
  const station = useStation();
  const [asking, setAsking] = useState(false);
  const certify = useAct(async () => {
    await station.accounts.certify({ account: person.id });
    changed();
  });
  const restore = useAct(async () => {
    await station.accounts.restore({ account: person.id });
    changed();
  });
  const suspend = useAct(async () => {
    await station.accounts.suspend({ account: person.id });
    setAsking(false);
    changed();
  });
  const said = [
    t(`roles:${person.role}`),
    person.login,
    t('people.code', { code: person.code }),
    person.keys === 'none' ? null : t(`keys.${person.keys}`),
    person.certificate === 'none' ? null : t(`certificate.${person.certificate}`),
  ].filter((word) => word !== null);
  return (
    <li className="br-row">
      <div className="br-row-words">
        <strong>{person.name}</strong>
        <div className="br-soft">{said.join(' · ')}</div>
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
        ) : own ? null : (
          <Button variant="subtle" size="sm" onClick={() => setAsking(true)}>
            {t('people.suspend')}
          </Button>
        )}
        <StateChip tone={tones[person.state]}>{t(`state.${person.state}`)}</StateChip>
      </div>
      <ConfirmDialog
        opened={asking}
        title={t('suspend.title', { name: person.name })}
        text={t('suspend.text')}
        confirm={t('suspend.confirm')}
        onConfirm={() => void suspend.run()}
        onClose={() => setAsking(false)}
        busy={suspend.busy}
        trouble={suspend.trouble}
      />
    </li>
  );
}
