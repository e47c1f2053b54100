import { IconSquareRotatedFilled } from '@tabler/icons-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../../shared/evidence/record.ts';
import { useFormat } from '../useFormat.ts';
import { breaksOf, type Chapter, chaptersOf, momentsOf } from './chapters.ts';
import type { Stretch } from './clock.ts';
import { usePhase } from './usePhase.ts';

export interface TimelineProps {
  readonly durationMs: number;
  readonly atMs: number;
  readonly timeline: readonly TimelineEntry[];
  /** What was shown in this hearing already. */
  readonly shown: readonly Stretch[];
  readonly onSeek: (atMs: number) => void;
}

const STEP_MS = 10_000;
/** Of the whole: a chapter that is shorter has no room for a letter of its name, which stands in the list beside. */
const NARROW = 0.03;
const named =
  (durationMs: number) =>
  ({ fromMs, toMs }: Chapter) =>
    toMs - fromMs > durationMs * NARROW;

/** The whole recording as one bar: chapters, breaks, markers, what was shown, where one is. A slider for keyboard and voice. */
export function Timeline({ durationMs, atMs, timeline, shown, onSeek }: TimelineProps) {
  const { t } = useTranslation('player');
  const { clock } = useFormat();
  const phase = usePhase();
  const share = (ms: number) => `${(100 * Math.min(Math.max(ms, 0), durationMs)) / Math.max(1, durationMs)}%`;
  const chapters = chaptersOf(timeline, durationMs);
  const here = chapters.findLast(({ fromMs }) => fromMs <= atMs);

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onSeek(((event.clientX - box.left) / box.width) * durationMs);
  };
  const keys = (event: KeyboardEvent<HTMLDivElement>) => {
    const to: Readonly<Record<string, number>> = {
      ArrowRight: atMs + STEP_MS,
      ArrowUp: atMs + STEP_MS,
      ArrowLeft: atMs - STEP_MS,
      ArrowDown: atMs - STEP_MS,
      PageUp: atMs + 6 * STEP_MS,
      PageDown: atMs - 6 * STEP_MS,
      Home: 0,
      End: durationMs,
    };
    const wanted = to[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSeek(wanted);
  };
  return (
    <div className="br-timeline">
      <div
        className="br-timeline-bar"
        role="slider"
        tabIndex={0}
        aria-label={t('place')}
        aria-valuemin={0}
        aria-valuemax={Math.round(durationMs / 1000)}
        aria-valuenow={Math.round(atMs / 1000)}
        aria-valuetext={[clock(atMs), here === undefined ? '' : phase(here.phase)].filter(Boolean).join(', ')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          point(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) point(event);
        }}
        onKeyDown={keys}
      >
        <div className="br-timeline-done" style={{ width: share(atMs) }} />
        {breaksOf(timeline, durationMs).map(({ fromMs, toMs }) => (
          <div
            key={fromMs}
            className="br-timeline-break"
            style={{ left: share(fromMs), width: share(toMs - fromMs) }}
          />
        ))}
        {chapters.slice(chapters[0]?.fromMs === 0 ? 1 : 0).map(({ phase: id, fromMs, toMs }) => (
          <div key={`${id} ${fromMs} ${toMs}`} className="br-timeline-edge" style={{ left: share(fromMs) }} />
        ))}
        <div className="br-timeline-head" style={{ left: share(atMs) }} />
      </div>
      <div className="br-timeline-shown" aria-hidden>
        {shown.map(([fromMs, toMs]) => (
          <div key={fromMs} style={{ left: share(fromMs), width: share(toMs - fromMs) }} />
        ))}
      </div>
      {momentsOf(timeline)
        .filter(({ type }) => type === 'marker' || type === 'note')
        .map(({ key, atMs: markMs, entry }) => (
          <button
            type="button"
            key={key}
            className="br-timeline-mark"
            style={{ left: share(markMs) }}
            onClick={() => onSeek(markMs)}
            aria-label={t('jump', { time: clock(markMs), label: entry.label })}
            title={`${clock(markMs)} · ${entry.label}`}
            tabIndex={-1}
          >
            <IconSquareRotatedFilled aria-hidden size={15} />
          </button>
        ))}
      <div className="br-timeline-names" aria-hidden>
        {chapters.filter(named(durationMs)).map(({ phase: id, fromMs, toMs }) => (
          <span key={`${id} ${fromMs}`} style={{ left: share(fromMs), width: share(toMs - fromMs) }} title={phase(id)}>
            {phase(id)}
          </span>
        ))}
      </div>
    </div>
  );
}
