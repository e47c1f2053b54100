import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CopyEstimate } from '../../shared/contract/copies.ts';
import { useStation } from '../app/client.ts';
import { FormDialog, useAct, useFormat } from '../ui/index.ts';

export interface MakeCopyDialogProps {
  readonly exhibit: string;
  readonly estimate: CopyEstimate;
  readonly onClose: () => void;
  readonly onStarted: (job: string) => void;
}

/** What the copy will show and cost, and for whom it is; then it is made in the background. */
export function MakeCopyDialog({ exhibit, estimate, onClose, onStarted }: MakeCopyDialogProps) {
  const { t } = useTranslation(['copies', 'common']);
  const { duration, bytes } = useFormat();
  const station = useStation();
  const [recipient, setRecipient] = useState('');
  const start = useAct(async () => {
    const { job } = await station.copies.make({
      exhibit,
      recipient: recipient.trim() === '' ? null : recipient.trim(),
    });
    onStarted(job);
  });
  const less = [
    estimate.pictures === 1 ? t('oneAngle') : null,
    estimate.pictures === 0 ? t('noPicture') : null,
    estimate.microphones === 0 ? t('noSound') : null,
  ].filter((line) => line !== null);
  return (
    <FormDialog
      title={t('dialog')}
      size="lg"
      onClose={onClose}
      submit={t('start')}
      onSubmit={() => void start.run()}
      busy={start.busy}
      trouble={start.trouble}
      ready
    >
      <p className="br-note">
        {t('estimate', {
          length: duration(estimate.durationMs),
          time: duration(estimate.aboutMs),
          size: bytes(estimate.aboutBytes),
        })}
      </p>
      {less.map((line) => (
        <p key={line} className="br-note">
          {line}
        </p>
      ))}
      <TextInput
        label={`${t('recipient')} (${t('common:optional')})`}
        description={t('recipientHint')}
        value={recipient}
        maxLength={200}
        onChange={(event) => setRecipient(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
