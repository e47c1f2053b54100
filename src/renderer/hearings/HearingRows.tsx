import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Hearing } from '../../shared/contract/hearings.ts';
import { StateChip, useFormat } from '../ui/index.ts';

const tones = { planned: 'quiet', open: 'act', closed: 'good' } as const;

export interface HearingRowsProps {
  readonly hearings: readonly Hearing[];
  /** Where a hearing leads; null where the reader may not go in. */
  readonly link: ((id: string) => string) | null;
}

/** Hearings by time: number, judge, how many recordings are admitted, where it stands. */
export function HearingRows({ hearings, link }: HearingRowsProps) {
  const { t } = useTranslation('hearings');
  const { dateTime } = useFormat();
  return (
    <ul className="br-rows">
      {hearings.map((hearing) => {
        const title = t('row.title', { number: hearing.number });
        return (
          <li className="br-row" key={hearing.id}>
            <div className="br-row-words">
              {link === null ? (
                <strong>{title}</strong>
              ) : (
                <Link href={link(hearing.id)} className="br-row-link">
                  {title}
                </Link>
              )}
              <div className="br-soft br-num">
                {dateTime(hearing.plannedAt)} · {t('row.case', { number: hearing.caseNumber })}
              </div>
              <div className="br-soft">
                {hearing.judge.name} · {t('row.exhibits', { count: hearing.exhibits.length })}
              </div>
            </div>
            <div className="br-row-aside">
              <StateChip tone={tones[hearing.state]}>{t(`state.${hearing.state}`)}</StateChip>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
