import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomCalendar } from '../../shared/contract/planning.ts';
import { useTime } from '../ui/index.ts';
import { BlockView } from './BlockView.tsx';
import { blocksOf, type Column, freeRows, type Hours, hoursOf, nowRow, STEP, startOf, timeOf } from './grid.ts';

export interface HeadedColumn extends Column {
  readonly label: string;
}

export interface CalendarGridProps {
  readonly calendar: RoomCalendar;
  readonly columns: readonly HeadedColumn[];
  /** Plans at a free place; null for who only reads. */
  readonly plan: ((column: HeadedColumn, at: Date) => void) | null;
  readonly label: string;
}

/** An hour and the heading stand above what is scrolled to. */
const LEAD_PX = 140;

/** Columns of quarters of an hour. Arrow keys go from place to place, Enter opens or plans. */
export function CalendarGrid({ calendar, columns, plan, label }: CalendarGridProps) {
  const root = useRef<HTMLDivElement>(null);
  const now = useTime();
  const { slots, zone } = calendar;
  const hours = hoursOf(slots, columns, zone);
  const rows = ((hours[1] - hours[0]) * 60) / STEP;
  // What a day is looked up for: now, or its first taken time. The free hours before it are a scroll away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each day that is shown, not as the time goes on
  useEffect(() => {
    const grid = root.current;
    const sought =
      grid?.querySelector<HTMLElement>('.br-calendar-now') ?? grid?.querySelector<HTMLElement>('.br-calendar-block');
    if (grid !== null && sought) grid.scrollTop = Math.max(0, sought.offsetTop - LEAD_PX);
  }, [label]);
  const style = {
    gridTemplateColumns: `56px repeat(${columns.length}, minmax(${columns.length > 4 ? 110 : 170}px, 1fr))`,
    gridTemplateRows: `auto repeat(${rows}, 24px)`,
  };
  return (
    <section className="br-calendar" aria-label={label} ref={root} onKeyDown={(event) => move(root.current, event)}>
      <div className="br-calendar-grid" style={style}>
        <div className="br-calendar-head br-calendar-corner" style={{ gridColumn: 1, gridRow: 1 }} aria-hidden />
        <Times hours={hours} />
        {columns.map((column, index) => (
          <ColumnView key={`${column.room} ${column.day}`} {...{ column, index, calendar, hours, now, plan }} />
        ))}
      </div>
    </section>
  );
}

function Times({ hours }: { readonly hours: Hours }) {
  const perHour = 60 / STEP;
  return Array.from({ length: hours[1] - hours[0] }, (_, hour) => timeOf(hour * perHour, hours)).map((time, hour) => (
    <div
      key={time}
      className="br-calendar-time br-num"
      style={{ gridColumn: 1, gridRow: `${2 + hour * perHour} / span ${perHour}` }}
      aria-hidden
    >
      {time}
    </div>
  ));
}

interface ColumnViewProps extends Pick<CalendarGridProps, 'calendar' | 'plan'> {
  readonly column: HeadedColumn;
  readonly index: number;
  readonly hours: Hours;
  readonly now: Date;
}

function ColumnView({ column, index, calendar, hours, now, plan }: ColumnViewProps): ReactNode {
  const { t } = useTranslation('calendar');
  const { slots, zone } = calendar;
  const blocks = blocksOf(slots, column, zone, hours);
  const free = freeRows(blocks, column, zone, hours, now);
  const at = nowRow(column.day, now, zone, hours);
  const place = (row: number, count = 1) => ({ gridColumn: index + 2, gridRow: `${row + 2} / span ${count}` });
  const rows = ((hours[1] - hours[0]) * 60) / STEP;
  return (
    <>
      <h3 className="br-calendar-head" style={{ gridColumn: index + 2, gridRow: 1 }}>
        {column.label}
      </h3>
      <div className="br-calendar-back" style={place(0, rows)} aria-hidden />
      {free.map((row) =>
        plan === null ? null : (
          <button
            key={row}
            type="button"
            className="br-calendar-free"
            style={place(row)}
            data-column={index}
            data-row={row}
            tabIndex={index === 0 && row === free[0] ? 0 : -1}
            aria-label={t('free', { column: column.label, time: timeOf(row, hours) })}
            onClick={() => {
              const start = startOf(column, row, hours, zone);
              if (start !== null) plan(column, start);
            }}
          >
            <span aria-hidden>{t('freeShort', { time: timeOf(row, hours) })}</span>
          </button>
        ),
      )}
      {blocks.map((block) => (
        <BlockView
          key={`${block.slot.from} ${block.slot.room}`}
          {...{ block, zone, index }}
          style={place(block.row, block.rows)}
        />
      ))}
      {at === null ? null : (
        <div className="br-calendar-now" style={{ ...place(0, rows), top: `${(at / rows) * 100}%` }} title={t('now')} />
      )}
    </>
  );
}

/** Moves the focus with the arrow keys: up and down in a column, left and right to the nearest place of the next one. */
function move(root: HTMLElement | null, event: KeyboardEvent): void {
  const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  const from = event.target;
  if (root === null || step === undefined || !(from instanceof HTMLElement)) return;
  const [column, row] = [Number(from.dataset['column']), Number(from.dataset['row'])];
  if (Number.isNaN(column) || Number.isNaN(row)) return;
  const [across = 0, down = 0] = step;
  const there = [...root.querySelectorAll<HTMLElement>('[data-row]')]
    .map((element) => ({ element, column: Number(element.dataset['column']), row: Number(element.dataset['row']) }))
    .filter((one) => one.column === column + across && (down === 0 || Math.sign(one.row - row) === down))
    .toSorted((a, b) => Math.abs(a.row - row) - Math.abs(b.row - row))[0];
  if (there === undefined) return;
  event.preventDefault();
  for (const other of root.querySelectorAll<HTMLElement>('[data-row]')) other.tabIndex = -1;
  there.element.tabIndex = 0;
  there.element.focus();
}
