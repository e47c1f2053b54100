import { Button, Modal } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '../ui/index.ts';
import { choosePedal, mayBePedal, type PedalAct, pedalActs, usePedalKeys } from './pedal.ts';

/** Which keys of a foot pedal do what: press a line, then the pedal. */
export function PedalKeysButton() {
  const { t } = useTranslation(['closing', 'common']);
  const keys = usePedalKeys();
  const [opened, setOpened] = useState(false);
  const [choosing, setChoosing] = useState<PedalAct | null>(null);
  useEffect(() => {
    if (choosing === null) return;
    const listen = (event: KeyboardEvent) => {
      if (!mayBePedal(event.key)) return;
      event.preventDefault();
      choosePedal(choosing, event.key);
      setChoosing(null);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [choosing]);
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-md"
        leftSection={<IconKeyboard aria-hidden size={18} />}
        onClick={() => setOpened(true)}
      >
        {t('pedal.act', { time: keys.time })}
      </Button>
      {opened ? (
        <Modal
          opened
          onClose={() => setOpened(false)}
          title={t('pedal.title')}
          closeButtonProps={{ 'aria-label': t('common:close') }}
          classNames={{ title: 'br-dialog-title' }}
        >
          <p className="br-soft">{t('pedal.text')}</p>
          <div className="br-pedal">
            {pedalActs.map((act) => (
              <Button
                key={act}
                variant={choosing === act ? 'filled' : 'default'}
                justify="space-between"
                rightSection={choosing === act ? t('pedal.press') : <Kbd>{keys[act]}</Kbd>}
                onClick={() => setChoosing(act)}
              >
                {t(`pedal.${act}`)}
              </Button>
            ))}
          </div>
        </Modal>
      ) : null}
    </div>
  );
}
