import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../app/client.ts';
import { SentenceError } from './SentenceError.tsx';

export interface FormDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly submit: string;
  readonly onSubmit: () => void;
  readonly busy: boolean;
  readonly trouble: Trouble | null;
  readonly ready: boolean;
  readonly size?: 'md' | 'lg';
  readonly children: ReactNode;
}

/** A short form over the page, with one filled button that names what it does. Mount it to open it. */
export function FormDialog(props: FormDialogProps) {
  const { title, onClose, submit, onSubmit, busy, trouble, ready, size = 'md', children } = props;
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{ title: 'br-dialog-title' }}
    >
      <form
        className="br-form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onSubmit();
        }}
      >
        <SentenceError trouble={trouble} />
        {children}
        <div className="br-form-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
