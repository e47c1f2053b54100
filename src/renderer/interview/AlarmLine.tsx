import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { Alarm } from '../../shared/domain/liveState.ts';
import { toneOf } from './alarmOrder.ts';
import { useAlarmWords } from './useAlarmWords.ts';

const shapes = { good: IconCircleCheck, warn: IconAlertTriangle, lost: IconCircleX } as const;

export interface AlarmLineProps {
  readonly alarm: Alarm;
  /** A disk takes the recording at this moment. */
  readonly anyDisk: boolean;
  /** Of many the graver ones come first; the others show their first line and open. */
  readonly folded: boolean;
}

/** One warning in words: what happened, in the first line; then what is still recording and what to do. */
export function AlarmLine({ alarm, anyDisk, folded }: AlarmLineProps) {
  const words = useAlarmWords();
  const tone = toneOf(alarm);
  const Shape = shapes[tone];
  const [what, rest] = words.now(alarm, anyDisk);
  return (
    <li className="br-alarm" data-tone={tone} data-alarm={alarm.code}>
      <Shape aria-hidden size={18} />
      {folded && rest !== '' ? (
        <details>
          <summary>{what}</summary>
          <p>{rest}</p>
        </details>
      ) : (
        <div>
          <strong>{what}</strong>
          {rest === '' ? null : <p>{rest}</p>}
        </div>
      )}
    </li>
  );
}

/** One that is over: from when to when, and what it was. */
export function EarlierLine({ alarm }: { readonly alarm: Alarm }) {
  const words = useAlarmWords();
  return (
    <li className="br-alarm-over" data-alarm={alarm.code}>
      <span className="br-num br-soft">{words.times(alarm)}</span>
      <span>{words.was(alarm)}</span>
    </li>
  );
}
