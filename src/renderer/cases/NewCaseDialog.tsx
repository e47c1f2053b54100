import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useStation } from '../app/client.ts';
import { useSession } from '../app/sessionStore.ts';
import { SentenceError, useAct, useAsk } from '../ui/index.ts';

export function NewCaseDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['cases', 'common']);
  const station = useStation();
  const [, go] = useLocation();
  const ownCourt = useSession((state) => state.info?.court ?? '');
  const [number, setNumber] = useState('');
  const [court, setCourt] = useState(ownCourt);
  const rules = useAsk(`numbers ${opened}`, (client) =>
    opened ? client.jurisdiction.inForce() : Promise.resolve(null),
  );
  const examples = rules.data?.profile.caseNumber.forms.map(({ example }) => example).join(', ') ?? '';
  const create = useAct(async () => {
    const made = await station.cases.create({ number: number.trim(), court: court.trim() });
    go(`/cases/${made.id}`);
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('form.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
    >
      <form
        className="br-form"
        onSubmit={(event) => {
          event.preventDefault();
          void create.run();
        }}
      >
        <SentenceError trouble={create.trouble} />
        <TextInput
          label={t('form.number')}
          description={examples === '' ? t('form.numberHint') : t('form.numberLike', { example: examples })}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <TextInput label={t('form.court')} value={court} onChange={(event) => setCourt(event.currentTarget.value)} />
        <div className="br-form-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={create.busy} disabled={number.trim() === '' || court.trim() === ''}>
            {t('form.create')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
