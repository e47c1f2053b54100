import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import { useStation } from '../app/client.ts';
import { useDesktop } from '../app/desktop.ts';
import { SentenceError, StateChip, useAct } from '../ui/index.ts';
import { ObserversCode } from './ObserversCode.tsx';
import { usePeople } from './usePeople.ts';

export interface ObserversDialogProps {
  readonly interview: Interview;
  readonly connected: number;
  readonly onClose: () => void;
}

/** Admitting observers' screens: a window of this machine, or another browser that is paired by a code. */
export function ObserversDialog({ interview, connected, onClose }: ObserversDialogProps) {
  const { t } = useTranslation(['live', 'common']);
  const desktop = useDesktop();
  const station = useStation();
  const [blocked, setBlocked] = useState(false);
  const watching = usePeople(interview.participants).filter(({ place }) => place === 'observation');
  const open = useAct(async () => {
    if (desktop.openSecondWindow !== null) {
      // The second window is a screen of its own: paired with this interview, signed in as nobody.
      const { code, path } = await station.observers.admit({ interview: interview.id });
      await desktop.openSecondWindow(`${path}#${encodeURIComponent(code)}`);
      onClose();
      return;
    }
    const opened = window.open(`/observe?interview=${interview.id}`, 'birret-observers', 'popup,width=1280,height=760');
    if (opened === null) setBlocked(true);
    else onClose();
  });
  const dismiss = useAct(() => station.observers.dismiss({ interview: interview.id }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('observers.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
      size="lg"
    >
      <div className="br-form">
        <p>{t('observers.text')}</p>
        <p className={watching.length > 0 ? 'br-soft' : 'br-note'}>
          {watching.length > 0
            ? t('observers.planned', { names: watching.map(({ name }) => name).join(', ') })
            : t('observers.nobody')}
        </p>
        <div className="br-chips">
          <StateChip tone={connected > 0 ? 'good' : 'quiet'}>
            {connected > 0 ? t('observers.connected', { count: connected }) : t('observers.none')}
          </StateChip>
        </div>
        <SentenceError trouble={open.trouble ?? dismiss.trouble} />
        {blocked ? <p className="br-note">{t('observers.blocked')}</p> : null}
        <Group>
          <Button onClick={() => void open.run()} loading={open.busy} data-autofocus>
            {t('observers.open')}
          </Button>
          {connected > 0 ? (
            <Button variant="default" onClick={() => void dismiss.run()} loading={dismiss.busy}>
              {t('observers.dismiss')}
            </Button>
          ) : null}
        </Group>
        <ObserversCode interview={interview.id} />
      </div>
    </Modal>
  );
}
