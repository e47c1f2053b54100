import { Button, Group, Modal, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Trouble, troubleOf, useStation } from '../app/client.ts';
import { useDesktop } from '../app/desktop.ts';
import { Offer } from '../pairing/Offer.tsx';
import { ScreenList } from '../pairing/ScreenList.tsx';
import { SentenceError, useAsk } from '../ui/index.ts';

export interface CourtroomDialogProps {
  readonly hearing: string;
  readonly onClose: () => void;
}

/** The courtroom's screen: a second window of this session, or another browser that is paired by a code. */
export function CourtroomDialog({ hearing, onClose }: CourtroomDialogProps) {
  const { t } = useTranslation(['hearing', 'common']);
  const desktop = useDesktop();
  const [blocked, setBlocked] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const station = useStation();
  const open = async () => {
    if (desktop.openSecondWindow !== null) {
      // The second window is a screen of its own: paired with this hearing, signed in as nobody.
      const { code, path } = await station.hearings.screen({ hearing });
      await desktop.openSecondWindow(`${path}#${encodeURIComponent(code)}`);
      onClose();
      return;
    }
    const opened = window.open(`/screen?hearing=${hearing}`, 'birret-courtroom', 'popup,width=1280,height=760');
    if (opened === null) setBlocked(true);
    else onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('screen.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
      size="lg"
    >
      <div className="br-form">
        <p>{t('screen.text')}</p>
        <SentenceError trouble={trouble} />
        {blocked ? <p className="br-note">{t('screen.blocked')}</p> : null}
        <Group>
          <Button onClick={() => void open().catch((error: unknown) => setTrouble(troubleOf(error)))} data-autofocus>
            {t('screen.open')}
          </Button>
          {desktop.closeSecondWindow === null ? null : (
            <Button
              variant="default"
              onClick={() => void desktop.closeSecondWindow?.().catch((error: unknown) => setTrouble(troubleOf(error)))}
            >
              {t('screen.close')}
            </Button>
          )}
        </Group>
        <Pairing hearing={hearing} />
      </div>
    </Modal>
  );
}

/** A code for a browser of its own, and the screens that came so. */
function Pairing({ hearing }: { readonly hearing: string }) {
  const { t } = useTranslation('hearing');
  const station = useStation();
  const asked = useAsk(`courtroom/${hearing}`, (client) => client.pairing.courtroomScreens({ hearing }), 2000);
  const screens = asked.data ?? [];
  const end = async (screen: string) => {
    await station.pairing.endCourtroom({ hearing, screen });
    asked.again();
  };
  return (
    <section className="br-form br-hearing-pair">
      <Title order={2}>{t('screen.other')}</Title>
      <p className="br-soft">{t('screen.otherText')}</p>
      <ScreenList screens={screens} end={end} />
      <Offer ask={(client) => client.pairing.offerCourtroom({ hearing })} connected={screens.length} />
    </section>
  );
}
