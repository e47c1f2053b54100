import { useTranslation } from 'react-i18next';
import { later, type TimeGuard } from '../../shared/domain/timeGuard.ts';
import { useFormat } from '../ui/index.ts';
import { useRunning } from '../ui/useRunning.ts';
import { TimeLimits } from './TimeLimits.tsx';

export interface ElapsedCardProps {
  readonly elapsedMs: number | null;
  readonly plannedMinutes: number;
  /** Something of it is being kept at this moment; 'unknown' where the station is not heard. */
  readonly kept: boolean | 'unknown';
  /** The child's time against the limits; null where there is nothing to say of it. */
  readonly guard: TimeGuard | null;
  readonly onReason: (() => void) | null;
  /** The break that is on. */
  readonly pause: { readonly sinceMs: number; readonly label: string } | null;
}

/**
 * How long the recording runs, large, against the planned length; the break, while there is one. Where nothing is being kept
 * the clock steps back behind the words that say so: a figure that runs must not look like a recording.
 */
export function ElapsedCard({ elapsedMs, plannedMinutes, kept, guard, onReason, pause }: ElapsedCardProps) {
  const { t } = useTranslation('interview');
  const { clock, duration } = useFormat();
  const now = useRunning(elapsedMs);
  const plannedMs = plannedMinutes * 60_000;
  const over = now - plannedMs;
  return (
    <section className="br-room-card">
      {kept === false ? (
        <div className="br-nothing" role="status">
          <strong>{t('nothing.title')}</strong>
          <p>{t('nothing.text')}</p>
        </div>
      ) : null}
      <div className="br-elapsed" data-kept={kept === true ? undefined : 'no'}>
        <span className="br-elapsed-clock" role="timer" aria-label={t('clock.label')}>
          {clock(now)}
        </span>
        <span className="br-soft br-num">
          {over > 0 ? t('clock.over', { length: duration(over) }) : t('clock.of', { length: duration(plannedMs) })}
        </span>
      </div>
      <div className="br-elapsed-bar" aria-hidden data-over={over > 0 ? 'true' : undefined}>
        <div style={{ width: `${Math.min(100, (100 * now) / Math.max(1, plannedMs))}%` }} />
      </div>
      {guard === null ? null : <TimeLimits guard={later(guard, now - (elapsedMs ?? now))} onReason={onReason} />}
      {pause === null ? null : (
        <p className="br-note" role="status">
          {t('break.banner', { time: clock(pause.sinceMs), label: pause.label })}
        </p>
      )}
    </section>
  );
}
