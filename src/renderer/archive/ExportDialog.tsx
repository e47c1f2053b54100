import { Button, Checkbox, Group, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { PathField, SentenceError, useAct, useAsk } from '../ui/index.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const RECIPIENT = /^age1[a-z0-9]{58}$/;

export interface ExportDialogProps {
  readonly exhibit: string;
  readonly onClose: () => void;
  readonly onStarted: (job: string) => void;
}

/** To whom, where to, and how: encrypted to the receiver's key unless the person chooses a plain folder. */
export function ExportDialog({ exhibit, onClose, onStarted }: ExportDialogProps) {
  const { t } = useTranslation(['archive', 'common', 'copies']);
  const station = useStation();
  const [to, setTo] = useState('');
  const [folder, setFolder] = useState('');
  const [name, setName] = useState('');
  const [how, setHow] = useState<'encrypted' | 'plain'>('encrypted');
  const [recipient, setRecipient] = useState('');
  const [withCopies, setWithCopies] = useState(true);
  const asked = useAsk(`copies ${exhibit}`, (client) => client.copies.list({ exhibit }));
  const copies = asked.data?.copies.length ?? 0;
  const key = recipient.trim();
  const start = useAct(async () => {
    const started = await station.archive.export({
      exhibit,
      folder: folder.trim(),
      name: name.trim() === '' ? null : name.trim(),
      to: to.trim(),
      recipient: how === 'plain' ? null : key,
      copies: withCopies,
    });
    onStarted(started.job);
  });
  const nameWrong = name.trim() !== '' && !NAME.test(name.trim());
  const keyWrong = how === 'encrypted' && key !== '' && !RECIPIENT.test(key);
  const ready = to.trim() !== '' && folder.trim() !== '' && !nameWrong && (how === 'plain' || RECIPIENT.test(key));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('export.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
      size="lg"
    >
      <form
        className="br-form"
        onSubmit={(event) => {
          event.preventDefault();
          void start.run();
        }}
      >
        <TextInput
          label={t('export.to')}
          description={t('export.toHint')}
          value={to}
          maxLength={200}
          onChange={(event) => setTo(event.currentTarget.value)}
          data-autofocus
        />
        <PathField label={t('export.folder')} what="folder" value={folder} onChange={setFolder} />
        <div>
          <SegmentedControl
            aria-label={t('export.how')}
            value={how}
            onChange={setHow}
            data={[
              { value: 'encrypted', label: t('export.encrypted') },
              { value: 'plain', label: t('export.plain') },
            ]}
          />
        </div>
        {how === 'encrypted' ? (
          <TextInput
            label={t('export.recipient')}
            description={t('export.recipientHint')}
            value={recipient}
            onChange={(event) => setRecipient(event.currentTarget.value)}
            error={keyWrong ? t('export.recipientWrong') : null}
            spellCheck={false}
            autoComplete="off"
          />
        ) : (
          <p className="br-note">{t('export.plainWarning')}</p>
        )}
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
        <SentenceError trouble={start.trouble} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={start.busy}>
            {t('export.start')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
