import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../shared/contract/cases.ts';
import { NextStep, useAsk, useFormat, useNames } from '../ui/index.ts';

/** What a case asks for: a child, an interview of a child that has none, or the interview that comes. */
export function CaseNextStep({ of, addChild }: { readonly of: CaseSummary; readonly addChild: () => void }) {
  const { t } = useTranslation('cases');
  const { dateTime } = useFormat();
  const names = useNames();
  const asked = useAsk('interviews', (station) => station.interviews.list(), 20_000);
  const own = (asked.data ?? []).filter(({ caseId }) => caseId === of.id);
  const open = own
    .filter(({ state }) => !['sealed', 'cancelled', 'refused'].includes(state))
    .toSorted((a, b) => a.plannedAt.localeCompare(b.plannedAt))[0];
  if (of.children.length === 0) {
    return (
      <NextStep
        title={t('next.childTitle')}
        text={t('next.childText')}
        act={{ label: t('next.childAct'), run: addChild }}
      />
    );
  }
  if (asked.data === null) return null;
  if (open !== undefined) {
    return (
      <NextStep
        title={t('next.interviewTitle', { kind: names.kind(open.kind).toLocaleLowerCase() })}
        text={t('next.interviewText', {
          date: dateTime(open.plannedAt),
          room: open.room.name,
          child: names.child(open.child.code),
        })}
        act={{ label: t('next.interviewAct'), to: `/interview/${open.id}` }}
      />
    );
  }
  const unheard = of.children.find((child) => !own.some((interview) => interview.child.id === child.id));
  if (unheard === undefined) return null;
  return (
    <NextStep
      title={t('next.planTitle')}
      text={t('next.planText', { code: unheard.code, age: names.age(unheard.ageYears) })}
      act={{ label: t('next.planAct'), to: `/cases/${of.id}/plan?child=${unheard.id}` }}
    />
  );
}
