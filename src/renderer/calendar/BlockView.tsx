import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat, useNames } from '../ui/index.ts';
import type { Block } from './grid.ts';

export interface BlockViewProps {
  readonly block: Block;
  readonly zone: string;
  readonly index: number;
  readonly style: CSSProperties;
}

/** A stay in a room: what is held there, or only that the room is taken. */
export function BlockView({ block: { slot, row }, zone, index, style }: BlockViewProps) {
  const { t } = useTranslation(['calendar', 'common']);
  const { time } = useFormat(zone);
  const names = useNames();
  const { interview, state } = slot;
  const span = `${time(slot.from)}–${time(slot.until)}`;
  if (interview === null) {
    return (
      <div className="br-calendar-block br-calendar-taken" style={style}>
        <span className="br-num">{span}</span> {t('taken')}
      </div>
    );
  }
  return (
    <Link
      href={state === 'sealed' ? `/exhibit/${interview.exhibit}` : `/interview/${interview.id}`}
      className="br-calendar-block"
      style={style}
      data-state={state}
      data-column={index}
      data-row={row}
    >
      <strong className="br-num">{span}</strong> {names.child(interview.child)}
      <span className="br-calendar-more">
        {names.kind(interview.kind)} · {interview.officer} · {t(`common:interviewState.${state}`)} · {interview.exhibit}
      </span>
    </Link>
  );
}
