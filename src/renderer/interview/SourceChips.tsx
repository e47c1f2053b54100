import { useTranslation } from 'react-i18next';
import type { RecorderState } from '../../shared/domain/liveState.ts';
import { StateChip } from '../ui/index.ts';
import { usePlaces } from './usePlaces.ts';
import { awayOf } from './wellness.ts';

/** How many cameras and microphones send, or which of them do not. */
export function SourceChips({ recorder }: { readonly recorder: RecorderState }) {
  const { t } = useTranslation('interview');
  const places = usePlaces();
  const away = awayOf(recorder);
  if (away.length > 0) return <StateChip tone="lost">{t('chip.away', { names: places(away) })}</StateChip>;
  const count = (kind: 'video' | 'audio') =>
    recorder.sources.filter((source) => source.kind === kind && source.state === 'running').length;
  const cameras = t('chip.cameras', { count: count('video') });
  const microphones = t('chip.microphones', { count: count('audio') });
  const starting = recorder.sources.some(({ state }) => state === 'starting');
  return (
    <StateChip tone={starting ? 'waits' : 'good'}>
      {starting ? t('chip.starting') : t('chip.allSources', { cameras, microphones })}
    </StateChip>
  );
}
