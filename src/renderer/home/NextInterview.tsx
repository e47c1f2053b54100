import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Interview } from '../../shared/contract/cases.ts';
import { CheckChip } from '../selfTest/LightChip.tsx';
import { InterviewChip, NextStep, StateChip, useAsk, useFormat, useNames, useTime } from '../ui/index.ts';
import { isToday } from './agenda.ts';

/** The interview that is next, with what is to be done with it. */
export function NextInterview({ interview }: { readonly interview: Interview }) {
  const { t } = useTranslation(['home', 'common', 'plan']);
  const { time, date } = useFormat();
  const names = useNames();
  const now = useTime();
  const { child, room, state, plannedAt } = interview;
  const earlier = useAsk(`earlier ${child.id}`, (station) => station.interviews.earlier({ childId: child.id }));
  const checks = useAsk('checks', (station) => station.selfTest.last(), 30_000).data;
  const before = earlier.data?.filter(({ exhibit }) => exhibit !== interview.exhibit).length ?? null;
  const people = [...new Set(interview.participants.map(({ capacity }) => t(`common:capacity.${capacity}`)))].join(
    ', ',
  );
  const kicker =
    state === 'recording'
      ? t('next.now', { room: room.name })
      : isToday(plannedAt, now)
        ? t('next.kicker', { time: time(plannedAt), room: room.name })
        : t('next.day', { date: `${date(plannedAt)}, ${time(plannedAt)}`, room: room.name });
  const label =
    state === 'recording'
      ? t('next.goOn')
      : state === 'ended' || state === 'secured'
        ? t('next.seal')
        : t('next.prepare');
  const said = state === 'ended' || state === 'secured' ? t(`next.${state}`) : null;
  return (
    <NextStep
      kicker={kicker}
      title={t('next.title', {
        kind: names.kind(interview.kind),
        child: names.child(child.code),
        age: names.age(child.ageYears),
      })}
      text={said ?? [people, names.spoken(interview.language), interview.exhibit].filter(Boolean).join(' · ')}
      chips={
        <>
          {state === 'planned' ? null : <InterviewChip state={state} />}
          {state !== 'planned' || !isToday(plannedAt, now) ? null : (
            <Link href={`/rooms/${room.id}/check`} className="br-row-link">
              <CheckChip check={checks?.find((one) => one.room === room.id)} />
            </Link>
          )}
          {before === null ? null : before === 0 ? (
            <StateChip tone="good">{t('plan:earlier.noneShort')}</StateChip>
          ) : (
            <StateChip tone="warn">{t('plan:earlier.count', { count: before })}</StateChip>
          )}
        </>
      }
      act={{ label, to: `/interview/${interview.id}` }}
    />
  );
}
