import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/index.ts';

export interface ElapsedCardProps {
  readonly elapsedMs: number | null;
  readonly plannedMinutes: number;
  /** Something of it is being kept at this moment; 'unknown' where the station is not heard. */
  readonly kept: boolean | 'unknown';
  /** The break that is on. */
  readonly pause: { readonly sinceMs: number; readonly label: string } | null;
}

/**
 * How long the recording runs, large, against the planned length; the break, while there is one. Where nothing is being kept
 * the clock steps back behind the words that say so: a figure that runs must not look like a recording.
 */
export function ElapsedCard({ elapsedMs, plannedMinutes, kept, pause }: ElapsedCardProps) {
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
      {pause === null ? null : (
        <p className="br-note" role="status">
          {t('break.banner', { time: clock(pause.sinceMs), label: pause.label })}
        </p>
      )}
    </section>
  );
}

/** Runs on between the station's words, so that the figure never stands still while a recording does not. */
function useRunning(elapsedMs: number | null): number {
  const [heard, setHeard] = useState({ elapsedMs: elapsedMs ?? 0, at: performance.now() });
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (elapsedMs !== null) setHeard({ elapsedMs, at: performance.now() });
  }, [elapsedMs]);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return heard.elapsedMs + Math.max(0, now - heard.at);
}
