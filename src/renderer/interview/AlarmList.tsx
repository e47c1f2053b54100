import { useTranslation } from 'react-i18next';
import type { RecorderState } from '../../shared/domain/liveState.ts';
import { AlarmLine, EarlierLine } from './AlarmLine.tsx';
import { orderAlarms, toneOf } from './alarmOrder.ts';

/** More than these at once, and only the gravest is told at length. */
const MANY = 2;

/**
 * What the equipment reported, as sentences: what is wrong now, the gravest first; what is over is folded away with its times.
 * Nothing flashes, nothing makes a sound, nothing takes the focus; a screen reader says each new one when it has finished.
 */
export function AlarmList({ recorder }: { readonly recorder: RecorderState }) {
  const { t } = useTranslation('interview');
  const { now, earlier } = orderAlarms(recorder, Date.now());
  const anyDisk = recorder.targets.some(({ ok }) => ok);
  // Good news is none of what is to be looked at.
  const wrong = now.filter((alarm) => toneOf(alarm) !== 'good').length;
  const none = now.length === 0 && earlier.length === 0;
  return (
    // What lies beyond the edge of a small screen is reached by key as well.
    <section className="br-alarms" aria-label={t('alarms.title')} tabIndex={none ? -1 : 0} hidden={none}>
      {wrong > MANY ? <h2 className="br-alarms-count">{t('alarms.count', { count: wrong })}</h2> : null}
      <div role="status" aria-atomic="false">
        <ul className="br-alarms-now">
          {now.map((alarm, index) => (
            <AlarmLine
              key={`${alarm.code} ${alarm.at}`}
              alarm={alarm}
              anyDisk={anyDisk}
              folded={wrong > MANY && index > 0}
            />
          ))}
        </ul>
      </div>
      {earlier.length === 0 ? null : (
        <details className="br-alarms-earlier">
          <summary>{t('alarms.earlier', { count: earlier.length })}</summary>
          <ul className="br-alarms-over">
            {earlier.map((alarm) => (
              <EarlierLine key={`${alarm.code} ${alarm.at}`} alarm={alarm} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
