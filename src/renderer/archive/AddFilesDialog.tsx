import { Button, FileInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attachmentTypes, LONGEST_ATTACHMENT } from '../../shared/domain/attachmentTypes.ts';
import { FormDialog, NameWarning, useAct, useFormat } from '../ui/index.ts';

interface Chosen {
  readonly title: string;
  readonly content: File;
}

export interface AddFilesDialogProps {
  readonly title: string;
  readonly text: string;
  readonly submit: string;
  /** Whether more than one file goes into it. */
  readonly several: boolean;
  readonly onAdd: (files: readonly Chosen[]) => Promise<unknown>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

interface Row {
  readonly id: number;
  readonly title: string;
  readonly content: File | null;
}

const ACCEPT = [...new Set(Object.values(attachmentTypes))].map((ending) => `.${ending}`).join(',');
const MOST = 10;

/** Files with a title each; they are read by the station as they are sent, and never stand open on a disk there. */
export function AddFilesDialog({ title, text, submit, several, onAdd, onDone, onClose }: AddFilesDialogProps) {
  const { t } = useTranslation('supplements');
  const { bytes } = useFormat();
  const [rows, setRows] = useState<readonly Row[]>([{ id: 1, title: '', content: null }]);
  const change = (id: number, next: Partial<Row>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...next } : row)));
  const chosen = rows.flatMap(({ title: name, content }) =>
    content === null || name.trim() === '' ? [] : [{ title: name.trim(), content }],
  );
  const tooLong = rows.some(({ content }) => content !== null && content.size > LONGEST_ATTACHMENT);
  const add = useAct(async () => {
    await onAdd(chosen);
    onDone();
  });
  return (
    <FormDialog
      title={title}
      size="lg"
      onClose={onClose}
      submit={submit}
      onSubmit={() => void add.run()}
      busy={add.busy}
      trouble={add.trouble}
      ready={chosen.length === rows.length && !tooLong}
    >
      <p className="br-soft">{text}</p>
      <p className="br-soft">
        {t('accepted', { types: ACCEPT.replaceAll(',', ' '), size: bytes(LONGEST_ATTACHMENT) })}
      </p>
      {rows.map(({ id, title: name, content }) => (
        <div key={id} className="br-file-row">
          <FileInput
            label={t('file')}
            placeholder={t('choose')}
            accept={ACCEPT}
            value={content}
            onChange={(file) => change(id, { content: file })}
            error={content !== null && content.size > LONGEST_ATTACHMENT ? t('tooLong') : null}
            data-autofocus={id === 1 ? true : undefined}
          />
          <TextInput
            label={t('fileTitle')}
            description={t('fileTitleHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={name}
            maxLength={200}
            onChange={(event) => change(id, { title: event.currentTarget.value })}
          />
          <NameWarning text={name} />
        </div>
      ))}
      {several && rows.length < MOST ? (
        <div>
          <Button
            variant="subtle"
            onClick={() => setRows([...rows, { id: (rows.at(-1)?.id ?? 0) + 1, title: '', content: null }])}
          >
            {t('oneMore')}
          </Button>
        </div>
      ) : null}
    </FormDialog>
  );
}
