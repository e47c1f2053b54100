import type { ReactNode } from 'react';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import { SimulatedBadge, useFormat, useNames } from '../ui/index.ts';

export interface ExhibitRowsProps {
  readonly exhibits: readonly Exhibit[];
  readonly aside: (exhibit: Exhibit) => ReactNode;
}

/** The recordings of a hearing: number, what it is, of whom, how long. */
export function ExhibitRows({ exhibits, aside }: ExhibitRowsProps) {
  const names = useNames();
  const { duration, dateTime } = useFormat();
  return (
    <ul className="br-rows">
      {exhibits.map((exhibit) => (
        <li className="br-row" key={exhibit.number}>
          <div className="br-row-words">
            <strong className="br-num">{exhibit.number}</strong>
            <div className="br-soft br-num">
              {names.kind(exhibit.kind)}, {names.child(exhibit.childCode)}
              {exhibit.startedAt === null ? null : ` · ${dateTime(exhibit.startedAt)}`}
              {exhibit.durationMs === null ? null : ` · ${duration(exhibit.durationMs)}`}
            </div>
          </div>
          <div className="br-row-aside">
            {exhibit.simulated ? <SimulatedBadge /> : null}
            {aside(exhibit)}
          </div>
        </li>
      ))}
    </ul>
  );
}
