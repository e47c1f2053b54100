import { IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RecorderState, SourceAlarm } from '../../shared/domain/liveState.ts';
import { StateChip } from '../ui/index.ts';
import { type Light, lightOf } from './wellness.ts';

/** The light of each camera and microphone: its name, a word, a shape and a colour. */
export function SourceChips({ recorder }: { readonly recorder: RecorderState }) {
  const { t } = useTranslation(['interview', 'common']);
  const word = useLightWord();
  return (
    <ul className="br-lights" aria-label={t('light.label')}>
      {recorder.sources.map((source) => {
        const light = lightOf(source, recorder);
        return (
          <li key={source.id} data-light={light.tone} data-place={source.place}>
            <StateChip tone={light.tone} {...(light.tone === 'lost' ? { icon: IconCircleX } : {})}>
              {t(`common:source.${source.place}`)}: {word(light)}
            </StateChip>
          </li>
        );
      })}
    </ul>
  );
}

function useLightWord(): (light: Light) => string {
  const { t } = useTranslation(['interview', 'recorder']);
  return ({ word }) => {
    const alarm = SourceAlarm.safeParse(word);
    if (alarm.success) return t(`recorder:short.${alarm.data}`);
    switch (word) {
      case 'starting':
      case 'lost':
      case 'restarting':
        return t(`source.${word}`);
      case 'sends':
        return t('source.running');
      case 'kept':
      case 'unkept':
      case 'behind':
      case 'still':
        return t(`light.${word}`);
      default:
        return '';
    }
  };
}
