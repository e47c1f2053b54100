import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DerivedCopy } from '../../shared/contract/copies.ts';
import { useStation } from '../app/client.ts';
import { SentenceError, useAct } from '../ui/index.ts';
import { ReceiverFields, useReceiver } from './ReceiverFields.tsx';

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
  const receiver = useReceiver(copy.recipient ?? '');
  const start = useAct(async () => {
    const { job } = await station.copies.give({ exhibit, copy: copy.id, ...receiver.given });
    onStarted(job);
  });
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
        <ReceiverFields receiver={receiver} plainWarning={t('givePlainWarning')} />
        <SentenceError trouble={start.trouble} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!receiver.ready} loading={start.busy}>
            {t('giveStart')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
