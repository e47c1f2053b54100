import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../app/client.ts';
import { SentenceError } from './SentenceError.tsx';

export interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly text: ReactNode;
  /** Names what it does: "Stop and seal", never "OK". */
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly busy?: boolean;
  readonly trouble?: Trouble | null;
  /** False while something that is asked for inside is still missing. */
  readonly ready?: boolean;
  readonly children?: ReactNode;
}

/** Asks once more. The focus begins on the way back, so that Enter by habit changes nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  const {
    opened,
    title,
    text,
    confirm,
    onConfirm,
    onClose,
    busy = false,
    trouble = null,
    ready = true,
    children,
  } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{ title: 'br-dialog-title' }}
    >
      <Text component="div">{text}</Text>
      {children}
      <SentenceError trouble={trouble} />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus disabled={busy}>
          {t('cancel')}
        </Button>
        <Button onClick={onConfirm} loading={busy} disabled={!ready}>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
