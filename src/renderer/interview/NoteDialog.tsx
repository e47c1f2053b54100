import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../app/client.ts';
import { ConfirmDialog } from '../ui/index.ts';

export interface NoteDialogProps {
  readonly onClose: () => void;
  readonly onNote: (label: string) => Promise<boolean>;
  readonly trouble: Trouble | null;
}

/** A few words on the timeline. Ctrl+Enter saves. */
export function NoteDialog({ onClose, onNote, trouble }: NoteDialogProps) {
  const { t } = useTranslation('interview');
  const [words, setWords] = useState('');
  const save = async () => {
    if (words.trim() !== '' && (await onNote(words.trim()))) onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={t('note.title')}
      text={t('note.text')}
      confirm={t('note.save')}
      onConfirm={() => void save()}
      onClose={onClose}
      ready={words.trim() !== ''}
      trouble={trouble}
    >
      <Textarea
        mt="md"
        label={t('note.label')}
        value={words}
        maxLength={4000}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
        }}
        data-autofocus
      />
    </ConfirmDialog>
  );
}
