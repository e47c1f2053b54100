import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Interview } from '../../shared/contract/cases.ts';
import { InterviewChip, useFormat, useNames, useTime } from '../ui/index.ts';
import { isToday } from './agenda.ts';

/** One interview in a list: when, what, of which child, where it stands. */
export function InterviewRow({ interview }: { readonly interview: Interview }) {
  const { t } = useTranslation('home');
  const { time, date } = useFormat();
  const names = useNames();
  const now = useTime();
  const { child, plannedAt } = interview;
  const today = isToday(plannedAt, now);
  return (
    <li className="br-row">
      <span className="br-row-lead br-num">{time(plannedAt)}</span>
      <div className="br-row-words">
        <Link href={`/interview/${interview.id}`} className="br-row-link">
          {t('next.title', {
            kind: names.kind(interview.kind),
            child: names.child(child.code),
            age: names.age(child.ageYears),
          })}
        </Link>
        <div className="br-soft">
          {today ? null : `${date(plannedAt)} · `}
          {interview.room.name} · {names.spoken(interview.language)}
        </div>
      </div>
      <div className="br-row-aside">
        <InterviewChip state={interview.state} />
      </div>
    </li>
  );
}
