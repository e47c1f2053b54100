import { useTranslation } from 'react-i18next';
import { alarmOf, type RecorderState } from '../../shared/domain/liveState.ts';
import { StateChip } from '../ui/index.ts';
import { useAlarmShort } from '../ui/player/index.ts';
import { usePlaces } from './usePlaces.ts';
import { awayOf } from './wellness.ts';

/** How many cameras and microphones send, or which of them do not, or what is wrong with what they send. */
export function SourceChips({ recorder }: { readonly recorder: RecorderState }) {
  const { t } = useTranslation('interview');
  const places = usePlaces();
  const short = useAlarmShort();
  const away = awayOf(recorder);
  if (away.length > 0) return <StateChip tone="lost">{t('chip.away', { names: places(away) })}</StateChip>;
  const found = recorder.sources.flatMap(({ place, findings }) =>
    findings.flatMap((finding) => {
      const code = alarmOf(finding);
      return code === null ? [] : [short({ label: code, track: place })];
    }),
  );
  if (found.length > 0) return <StateChip tone="warn">{found.join(' · ')}</StateChip>;
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
