import { useTranslation } from 'react-i18next';
import { SourcePlace } from '../../../shared/domain/devices.ts';
import { SourceAlarm } from '../../../shared/domain/liveState.ts';

/** What an alarm of the timeline is about. */
interface About {
  readonly label: string;
  /** The track, which in most rooms is named for its place. */
  readonly track?: unknown;
}

/** An alarm of the timeline in a few words, with the camera or microphone it is about: "Room camera: picture black". */
export function useAlarmShort(): (about: About) => string {
  const { t } = useTranslation(['recorder', 'common']);
  return ({ label, track }) => {
    if (label === 'CLOCK_JUMPED') return t('short.CLOCK_JUMPED');
    const code = SourceAlarm.safeParse(label);
    const what = code.success ? t(`short.${code.data}`) : label;
    const place = SourcePlace.safeParse(track);
    return place.success ? `${t(`common:source.${place.data}`)}: ${what}` : what;
  };
}
