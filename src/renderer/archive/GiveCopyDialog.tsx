import { useTranslation } from 'react-i18next';
import type { DerivedCopy } from '../../shared/contract/copies.ts';
import { useStation } from '../app/client.ts';
import { FormDialog, useAct } from '../ui/index.ts';
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
    <FormDialog
      title={t('giveTitle', { n: copy.n })}
      size="lg"
      onClose={onClose}
      submit={t('giveStart')}
      onSubmit={() => void start.run()}
      busy={start.busy}
      trouble={start.trouble}
      ready={receiver.ready}
    >
      <p className="br-soft">{t('giveText')}</p>
      <ReceiverFields receiver={receiver} plainWarning={t('givePlainWarning')} />
    </FormDialog>
  );
}
