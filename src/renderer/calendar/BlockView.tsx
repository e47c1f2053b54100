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

/** A stay in a room: what is held there, the more telling first, or only that the room is taken. */
export function BlockView({ block: { slot, row }, zone, index, style }: BlockViewProps) {
  const { t } = useTranslation(['calendar', 'common']);
  const { time } = useFormat(zone);
  const names = useNames();
  const { interview, state } = slot;
  const span = `${time(slot.from)}–${time(slot.until)}`;
  if (interview === null) {
    return (
      <div className="br-calendar-block br-calendar-taken" style={style}>
        <div className="br-calendar-lines">
          <span className="br-num">{span}</span> {t('taken')}
        </div>
      </div>
    );
  }
  const child = names.child(interview.child);
  const more = [names.kind(interview.kind), interview.officer, t(`common:interviewState.${state}`)].join(' · ');
  return (
    <Link
      href={state === 'sealed' ? `/exhibit/${interview.exhibit}` : `/interview/${interview.id}`}
      className="br-calendar-block"
      style={style}
      title={[span, child, interview.exhibit, more].join(' · ')}
      data-state={state}
      data-column={index}
      data-row={row}
    >
      <div className="br-calendar-lines">
        <span>
          <strong className="br-num">{span}</strong> {child}
        </span>{' '}
        <span className="br-num">{interview.exhibit}</span>
        <span className="br-calendar-more">{more}</span>
      </div>
    </Link>
  );
}
