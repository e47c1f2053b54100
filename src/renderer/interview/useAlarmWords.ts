import { useTranslation } from 'react-i18next';
import { SourcePlace } from '../../shared/domain/devices.ts';
import { diskProblem } from '../../shared/domain/diskProblem.ts';
import type { Alarm } from '../../shared/domain/liveState.ts';
import { SourceFailure } from '../../shared/domain/sourceFailure.ts';
import { useFormat } from '../ui/index.ts';
import { usePlaces } from './usePlaces.ts';

export interface AlarmWords {
  /** What happened; and what is still recording and what to do. `anyDisk` = a disk takes the recording at this moment. */
  now(alarm: Alarm, anyDisk: boolean): readonly [what: string, rest: string];
  /** What it was, in a few words. */
  was(alarm: Alarm): string;
  /** From when to when; of what merely happened, when. */
  times(alarm: Alarm): string;
}

/** The recorder's warnings as the person at the screen reads them. */
export function useAlarmWords(): AlarmWords {
  const { t } = useTranslation(['recorder', 'common']);
  const { exact } = useFormat();
  const still = useStillRecording();
  const timeOf = (at: string): string => exact(at).split(/,? /u).at(-1) ?? '';
  const nameOf = ({ params }: Alarm): string | null => {
    const place = SourcePlace.safeParse(params['place']);
    if (place.success) return t(`common:source.${place.data}`);
    const name = params['source'] ?? params['target'];
    return name === undefined ? null : String(name);
  };
  return {
    now: (alarm, anyDisk) => {
      const { code, params } = alarm;
      const problem = String(params['problem'] ?? '');
      const all = {
        source: nameOf(alarm) ?? '',
        target: String(params['target'] ?? ''),
        problem: t(`problem.${diskProblem(problem)}`, { code: problem }),
        line: String(params['line'] ?? ''),
        time: timeOf(alarm.at),
        still: still(params),
        disk: anyDisk ? t('still.otherDisk') : t('still.noDisk'),
      };
      const failure = SourceFailure.safeParse(params['failure']);
      const known = code === 'SOURCE_LOST' && failure.success;
      const text = known ? `${all.time} · ${t(`failure.${failure.data}`, all)}` : t(`alarm.${code}`, all);
      const [what = '', ...rest] = text.split('\n');
      return [what, rest.join(' ')];
    },
    was: (alarm) => {
      const name = nameOf(alarm);
      const what = t(`short.${alarm.code}`);
      return name === null ? what : `${name}: ${what}`;
    },
    times: ({ at, ended }) => (ended === null || ended === at ? timeOf(at) : `${timeOf(at)}–${timeOf(ended)}`),
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
