import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { ConfirmDialog, NameWarning, useAct } from '../ui/index.ts';

export interface EndBeforeDialogProps {
  readonly interview: string;
  readonly how: 'cancel' | 'refuse';
  readonly onClose: () => void;
  readonly ended: () => void;
}

/** An interview that does not take place: cancelled with a reason, or because the child does not want to. */
export function EndBeforeDialog({ interview, how, onClose, ended }: EndBeforeDialogProps) {
  const { t } = useTranslation('cases');
  const station = useStation();
  const [words, setWords] = useState('');
  const end = useAct(async () => {
    if (how === 'cancel') await station.interviews.cancel({ interview, reason: words.trim() });
    else await station.interviews.refuse({ interview, note: words.trim() });
    ended();
    onClose();
  });
  return (
    <ConfirmDialog
      opened
      title={t(`${how}.title`)}
      text={t(`${how}.text`)}
      confirm={t(`${how}.confirm`)}
      onConfirm={() => void end.run()}
      onClose={onClose}
      busy={end.busy}
      trouble={end.trouble}
      ready={how === 'refuse' || words.trim().length >= 3}
    >
      <Textarea
        mt="md"
        label={how === 'cancel' ? t('cancel.reason') : t('refuse.note')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <NameWarning text={words} />
    </ConfirmDialog>
  );
}
