import type { RecorderState } from '../../shared/domain/liveState.ts';
import { AlarmLine } from './AlarmLine.tsx';
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
