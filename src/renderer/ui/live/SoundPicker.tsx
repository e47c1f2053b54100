import { Menu } from '@mantine/core';
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SourcePlace } from '../../../shared/domain/devices.ts';
import '../player/player.css';
import './live.css';

/** What is heard: nothing, all microphones at once, or one of them by its track. */
export type Heard = 'off' | 'all' | { readonly track: string };

export interface SoundPickerProps {
  readonly microphones: readonly { readonly id: string; readonly place: SourcePlace }[];
  readonly heard: Heard;
  readonly onHeard: (heard: Heard) => void;
}

/** Which microphones this screen plays. */
export function SoundPicker({ microphones, heard, onHeard }: SoundPickerProps) {
  const { t } = useTranslation(['live', 'common']);
  const nameOf = (track: string) => {
    const place = microphones.find(({ id }) => id === track)?.place;
    return place === undefined ? track : t(`common:source.${place}`);
  };
  const words = heard === 'off' ? t('sound.off') : heard === 'all' ? t('sound.all') : nameOf(heard.track);
  const choices: readonly Heard[] = ['off', 'all', ...microphones.map(({ id }) => ({ track: id }))];
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <button type="button" className="br-plate br-plate-act" aria-label={`${t('sound.label')}: ${words}`}>
          {heard === 'off' ? <IconVolumeOff aria-hidden size={16} /> : <IconVolume aria-hidden size={16} />}
          {words}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((choice) => (
          <Menu.Item key={typeof choice === 'string' ? choice : choice.track} onClick={() => onHeard(choice)}>
            {choice === 'off' ? t('sound.off') : choice === 'all' ? t('sound.all') : nameOf(choice.track)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('sound.headphones')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
