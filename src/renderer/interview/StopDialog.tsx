import { Button, Group, Modal } from '@mantine/core';
import { IconPlayerStopFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { OpenQuestions } from '../questions/OpenQuestions.tsx';
import { SentenceError, useAct } from '../ui/index.ts';
import type { Stopped } from './interviewPart.ts';

export interface StopDialogProps {
  readonly interview: string;
  readonly onClose: () => void;
  readonly onStopped: (result: Stopped) => void;
}

/** Asks once more before the recording ends. Enter, Escape and a click beside it all go on recording. */
export function StopDialog({ interview, onClose, onStopped }: StopDialogProps) {
  const { t } = useTranslation(['interview', 'common']);
  const station = useStation();
  const stop = useAct(async () => onStopped(await station.recording.stop({ interview, confirmed: true })));
  return (
    <Modal
      opened
      onClose={stop.busy ? () => undefined : onClose}
      title={t('stop.title')}
      closeButtonProps={{ 'aria-label': t('stop.back') }}
      classNames={{ title: 'br-dialog-title' }}
      size="lg"
    >
      <p>{t('stop.text')}</p>
      <OpenQuestions interview={interview} />
      <SentenceError trouble={stop.trouble} />
      <Group justify="flex-end" mt="lg">
        <Button
          className="br-stop"
          onClick={() => void stop.run()}
          loading={stop.busy}
          leftSection={<IconPlayerStopFilled aria-hidden size={18} />}
        >
          {t('stop.confirm')}
        </Button>
        <Button onClick={onClose} disabled={stop.busy} data-autofocus>
          {t('stop.back')}
        </Button>
      </Group>
    </Modal>
  );
}
