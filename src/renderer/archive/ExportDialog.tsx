import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { FormDialog, useAct, useAsk } from '../ui/index.ts';
import { ReceiverFields, useReceiver } from './ReceiverFields.tsx';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export interface ExportDialogProps {
  readonly exhibit: string;
  readonly onClose: () => void;
  readonly onStarted: (job: string) => void;
}

/** To whom, where to, and how: encrypted to the receiver's key unless the person chooses a plain folder. */
export function ExportDialog({ exhibit, onClose, onStarted }: ExportDialogProps) {
  const { t } = useTranslation(['archive', 'common', 'copies']);
  const station = useStation();
  const receiver = useReceiver();
  const [name, setName] = useState('');
  const [withCopies, setWithCopies] = useState(true);
  const asked = useAsk(`copies ${exhibit}`, (client) => client.copies.list({ exhibit }));
  const copies = asked.data?.copies.length ?? 0;
  const start = useAct(async () => {
    const started = await station.archive.export({
      exhibit,
      ...receiver.given,
      name: name.trim() === '' ? null : name.trim(),
      copies: withCopies,
    });
    onStarted(started.job);
  });
  const nameWrong = name.trim() !== '' && !NAME.test(name.trim());
  return (
    <FormDialog
      title={t('export.title')}
      size="lg"
      onClose={onClose}
      submit={t('export.start')}
      onSubmit={() => void start.run()}
      busy={start.busy}
      trouble={start.trouble}
      ready={receiver.ready && !nameWrong}
    >
      <ReceiverFields receiver={receiver} plainWarning={t('export.plainWarning')} />
      <TextInput
        label={t('export.name')}
        description={t('export.nameHint')}
        placeholder={exhibit}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={nameWrong ? t('export.nameWrong') : null}
        spellCheck={false}
        autoComplete="off"
      />
      {copies === 0 ? null : (
        <Checkbox
          label={t('copies:inBag', { count: copies })}
          checked={withCopies}
          onChange={(event) => setWithCopies(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  );
}
