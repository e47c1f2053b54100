import { Button, Group, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DerivedCopy } from '../../shared/contract/copies.ts';
import { useStation } from '../app/client.ts';
import { PathField, SentenceError, useAct } from '../ui/index.ts';

const RECIPIENT = /^age1[a-z0-9]{58}$/;

export interface GiveCopyDialogProps {
  readonly exhibit: string;
  readonly copy: DerivedCopy;
  readonly onClose: () => void;
  readonly onStarted: (job: string) => void;
}

/** To whom, where to, and how: as with a bag, encrypted unless the person chooses a plain folder. */
export function GiveCopyDialog({ exhibit, copy, onClose, onStarted }: GiveCopyDialogProps) {
  const { t } = useTranslation(['copies', 'archive', 'common']);
  const station = useStation();
  const [to, setTo] = useState(copy.recipient ?? '');
  const [folder, setFolder] = useState('');
  const [how, setHow] = useState<'encrypted' | 'plain'>('encrypted');
  const [recipient, setRecipient] = useState('');
  const key = recipient.trim();
  const start = useAct(async () => {
    const { job } = await station.copies.give({
      exhibit,
      copy: copy.id,
      folder: folder.trim(),
      to: to.trim(),
      recipient: how === 'plain' ? null : key,
    });
    onStarted(job);
  });
  const keyWrong = how === 'encrypted' && key !== '' && !RECIPIENT.test(key);
  const ready = to.trim() !== '' && folder.trim() !== '' && (how === 'plain' || RECIPIENT.test(key));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('giveTitle', { n: copy.n })}
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
        <p className="br-soft">{t('giveText')}</p>
        <TextInput
          label={t('archive:export.to')}
          description={t('archive:export.toHint')}
          value={to}
          maxLength={200}
          onChange={(event) => setTo(event.currentTarget.value)}
          data-autofocus
        />
        <PathField label={t('archive:export.folder')} what="folder" value={folder} onChange={setFolder} />
        <div>
          <SegmentedControl
            aria-label={t('archive:export.how')}
            value={how}
            onChange={setHow}
            data={[
              { value: 'encrypted', label: t('archive:export.encrypted') },
              { value: 'plain', label: t('archive:export.plain') },
            ]}
          />
        </div>
        {how === 'encrypted' ? (
          <TextInput
            label={t('archive:export.recipient')}
            description={t('archive:export.recipientHint')}
            value={recipient}
            onChange={(event) => setRecipient(event.currentTarget.value)}
            error={keyWrong ? t('archive:export.recipientWrong') : null}
            spellCheck={false}
            autoComplete="off"
          />
        ) : (
          <p className="br-note">{t('givePlainWarning')}</p>
        )}
        <SentenceError trouble={start.trouble} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={start.busy}>
            {t('giveStart')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
