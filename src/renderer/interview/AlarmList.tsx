import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Alarm, RecorderState } from '../../shared/domain/liveState.ts';
import { useFormat } from '../ui/index.ts';
import { alarmsToShow } from './wellness.ts';

/** What the equipment reported, as sentences, newest first. Nothing flashes; nothing makes a sound. */
export function AlarmList({ recorder }: { readonly recorder: RecorderState }) {
  const shown = alarmsToShow(recorder.alarms);
  if (shown.length === 0) return null;
  return (
    <ul className="br-alarms" aria-live="polite">
      {shown.map((alarm) => (
        <AlarmLine key={`${alarm.code} ${alarm.at}`} alarm={alarm} />
      ))}
    </ul>
  );
}

function AlarmLine({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation(['recorder', 'common']);
  const { exact, bytes } = useFormat();
  const { params } = alarm;
  const place = params['place'];
  const known = place === 'room' || place === 'face' || place === 'mic1' || place === 'mic2';
  const source = known ? t(`common:source.${place}`) : String(params['source'] ?? '');
  const free = typeof params['freeBytes'] === 'number' ? bytes(params['freeBytes']) : '';
  const time = exact(alarm.at).split(/,? /u).at(-1) ?? '';
  const back = alarm.code === 'SOURCE_BACK';
  const Shape = back ? IconCircleCheck : IconAlertTriangle;
  return (
    <li data-tone={back ? 'good' : 'warn'}>
      <Shape aria-hidden size={18} />
      <span>{t(`alarm.${alarm.code}`, { source, target: String(params['target'] ?? ''), free, time })}</span>
    </li>
  );
}
