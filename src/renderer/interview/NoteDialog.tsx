import { Input, SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { ConfirmDialog, NameWarning, useAct } from '../ui/index.ts';

export interface NoteDialogProps {
  readonly interview: string;
  readonly onClose: () => void;
}

type Whose = 'shared' | 'own';

/** A few words, for the record or for oneself. Ctrl+Enter saves. */
export function NoteDialog({ interview, onClose }: NoteDialogProps) {
  const { t } = useTranslation('interview');
  const station = useStation();
  const [words, setWords] = useState('');
  const [whose, setWhose] = useState<Whose>('shared');
  const save = useAct(async () => {
    const text = words.trim();
    if (text === '') return;
    if (whose === 'own') await station.conducting.keepNote({ interview, text });
    else await station.recording.mark({ type: 'note', interview, label: text });
    onClose();
  });
  return (
    <ConfirmDialog
      opened
      title={t('note.title')}
      text={t(`note.text.${whose}`)}
      confirm={t(`note.save.${whose}`)}
      onConfirm={() => void save.run()}
      onClose={onClose}
      busy={save.busy}
      ready={words.trim() !== ''}
      trouble={save.trouble}
    >
      <Textarea
        mt="md"
        label={t('note.label')}
        value={words}
        maxLength={4000}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save.run();
        }}
        data-autofocus
      />
      <NameWarning text={whose === 'shared' ? words : ''} />
      <Input.Wrapper mt="md" label={t('note.whose')} labelElement="div">
        <SegmentedControl
          fullWidth
          aria-label={t('note.whose')}
          value={whose}
          onChange={(value) => setWhose(value === 'own' ? 'own' : 'shared')}
          data={[
            { value: 'shared', label: t('note.shared') },
            { value: 'own', label: t('note.own') },
          ]}
        />
      </Input.Wrapper>
    </ConfirmDialog>
  );
}
