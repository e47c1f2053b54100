import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { SourcePlace } from '../../shared/domain/devices.ts';
import { diskProblem } from '../../shared/domain/diskProblem.ts';
import { type Alarm, SourceAlarm } from '../../shared/domain/liveState.ts';
import { SourceFailure } from '../../shared/domain/sourceFailure.ts';
import { useFormat } from '../ui/index.ts';
import { usePlaces } from './usePlaces.ts';

/** One warning in words: what happened, what is still recording, what to do; or, once it is over, from when to when it was. */
export function AlarmLine({ alarm }: { readonly alarm: Alarm }) {
  const words = useAlarmWords();
  const back = alarm.code === 'SOURCE_BACK';
  const over = wasOver(alarm);
  const Shape = back || over ? IconCircleCheck : IconAlertTriangle;
  return (
    <li data-tone={back || over ? 'good' : 'warn'}>
      <Shape aria-hidden size={18} />
      <span>{words(alarm)}</span>
    </li>
  );
}

/** Something that lasted, and is over; not what merely happened. */
const wasOver = ({ at, ended }: Alarm): boolean => ended !== null && ended !== at;

function useAlarmWords(): (alarm: Alarm) => string {
  const { t } = useTranslation(['recorder', 'common']);
  const { exact } = useFormat();
  const still = useStillRecording();
  const timeOf = (at: string): string => exact(at).split(/,? /u).at(-1) ?? '';
  return (alarm) => {
    const { code, params } = alarm;
    const place = SourcePlace.safeParse(params['place']);
    const problem = String(params['problem'] ?? '');
    const all = {
      source: place.success ? t(`common:source.${place.data}`) : String(params['source'] ?? ''),
      target: String(params['target'] ?? ''),
      problem: t(`problem.${diskProblem(problem)}`, { code: problem }),
      line: String(params['line'] ?? ''),
      time: timeOf(alarm.at),
      still: still(params),
    };
    const about = SourceAlarm.safeParse(code);
    if (alarm.ended !== null && wasOver(alarm) && about.success) {
      return t('was', { ...all, what: t(`short.${about.data}`), until: timeOf(alarm.ended) });
    }
    const failure = SourceFailure.safeParse(params['failure']);
    if (code !== 'SOURCE_LOST' || !failure.success) return t(`alarm.${code}`, all);
    return `${all.time} · ${t(`failure.${failure.data}`, all)}`;
  };
}

/** The tracks that were still being recorded when the alarm came, as a sentence. */
function useStillRecording(): (params: Alarm['params']) => string {
  const { t } = useTranslation('recorder');
  const names = usePlaces();
  return (params) => {
    if (params['recording'] !== 1) return t('still.ready');
    const places = String(params['still'] ?? '').split(',');
    const known = places.flatMap((place) => {
      const parsed = SourcePlace.safeParse(place);
      return parsed.success ? [parsed.data] : [];
    });
    return known.length === 0 ? t('still.none') : t('still.some', { names: names(known) });
  };
}
