import { useTranslation } from 'react-i18next';
import { SourcePlace } from '../../../shared/domain/devices.ts';
import { SourceAlarm } from '../../../shared/domain/liveState.ts';
import type { TimelineEntry } from '../../../shared/evidence/record.ts';

/** An alarm of the timeline in a few words, with the camera or microphone it is about: "Room camera: picture black". */
export function useAlarmShort(): (entry: TimelineEntry) => string {
  const { t } = useTranslation(['recorder', 'common']);
  return ({ label, track }) => {
    const code = SourceAlarm.safeParse(label);
    const what = code.success ? t(`short.${code.data}`) : label;
    const place = SourcePlace.safeParse(track);
    return place.success ? `${t(`common:source.${place.data}`)}: ${what}` : what;
  };
}
