import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import type { CaseSummary } from '../../shared/contract/cases.ts';
import { wallTime } from '../../shared/domain/zoneTime.ts';
import { useStation } from '../app/client.ts';
import { useSession } from '../app/sessionStore.ts';
import { Asking, NamesOfCase, Page, SentenceError, useAct, useAsk } from '../ui/index.ts';
import { EarlierPanel } from './EarlierPanel.tsx';
import { FreeTimes } from './FreeTimes.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { PerhapsPanel } from './PerhapsPanel.tsx';
import { type PlanForm, planFaults, planInput, suggestedStart } from './planForm.ts';
import { toFirstFault } from './toFirstFault.ts';
import { useFreeStart } from './useFreeStart.ts';
import { useExpected, useSuggestedPeople } from './usePlanRules.ts';
import { WhatPanel } from './WhatPanel.tsx';
import { WhenPanel } from './WhenPanel.tsx';
import './plan.css';

/** Plans one interview of a case. */
export function PlanScreen({ caseId }: { readonly caseId: string }) {
  const asked = useAsk(`case and rules ${caseId}`, async (station) => ({
    of: await station.cases.get({ caseId }),
    zone: (await station.jurisdiction.inForce()).profile.timeZone.zone,
  }));
  return (
    <Asking asked={asked}>
      {({ of, zone }) => (
        <NamesOfCase caseId={of.id}>
          <PlanForOne of={of} zone={zone} />
        </NamesOfCase>
      )}
    </Asking>
  );
}

/** Child, room and time may be chosen already where one comes from a case or the calendar. */
function useBegun(of: CaseSummary, zone: string): PlanForm {
  const language = useSession((state) => state.info?.languages[0] ?? 'kk');
  const asked = new URLSearchParams(useSearch());
  const at = new Date(asked.get('at') ?? '');
  return {
    childId: of.children.find(({ id }) => id === asked.get('child'))?.id ?? of.children[0]?.id ?? '',
    kind: 'investigation',
    language,
    room: asked.get('room') ?? '',
    ...(Number.isNaN(at.getTime()) ? suggestedStart(new Date(), zone) : wallTime(at, zone)),
    minutes: 60,
    ...{ people: [], touched: false, absent: {} },
    ...{ reason: '', authority: '', otherLead: '' },
  };
}

function PlanForOne({ of, zone }: { readonly of: CaseSummary; readonly zone: string }) {
  const { t } = useTranslation('plan');
  const station = useStation();
  const [, go] = useLocation();
  const begun = useBegun(of, zone);
  const [form, setForm] = useState<PlanForm>(begun);
  const change = (part: Partial<PlanForm>) => setForm((before) => ({ ...before, ...part }));
  const [tried, setTried] = useState(false);
  const before = useAsk(`earlier ${form.childId}`, async ({ interviews, planning }) =>
    form.childId === ''
      ? { earlier: [], perhaps: [] }
      : {
          earlier: await interviews.earlier({ childId: form.childId }),
          perhaps: await planning.perhaps({ childId: form.childId }),
        },
  );
  const expected = useExpected(form, zone);
  useSuggestedPeople(expected.data, form, change);
  useFreeStart(form, { zone, suggested: !new URLSearchParams(useSearch()).has('at'), change });
  const asked = expected.data?.presence ?? [];
  const asking = { further: (before.data?.earlier.length ?? 0) > 0, zone, asked };
  const undecided = before.data === null || before.data.perhaps.length > 0;
  const faults = planFaults(form, asking);
  const fault = (field: string) => {
    const found = faults[field];
    return tried && found !== undefined ? t(`fault.${found}`) : null;
  };
  const plan = useAct(async () => {
    const input = planInput(of.id, form, asking);
    if (input === null) return;
    await station.interviews.plan(input);
    go(`/cases/${of.id}`);
  });
  return (
    <Page title={t('title')} width="narrow" back={{ to: `/cases/${of.id}`, label: t('back', { number: of.number }) }}>
      <form
        className="br-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (Object.keys(faults).length > 0) toFirstFault(event.currentTarget);
          else if (!undecided) void plan.run();
        }}
      >
        <EarlierPanel
          {...{ of, form, change, before, fault }}
          uncompared={expected.data?.uncompared ?? 0}
          otherLeadAsked={plan.trouble?.code === 'OTHER_LEAD_NEEDS_REASON' || form.otherLead !== ''}
        />
        <PerhapsPanel childId={form.childId} perhaps={before.data?.perhaps ?? []} decided={before.again} />
        <WhatPanel form={form} change={change} kinds={expected.data?.kinds ?? null} />
        <WhenPanel form={form} change={change} fault={fault} zone={zone} />
        <PeoplePanel form={form} change={change} fault={fault} asked={asked} />
        <SentenceError trouble={expected.trouble} />
        <SentenceError trouble={plan.trouble} />
        {plan.trouble?.code === 'ROOM_BUSY' ? (
          <FreeTimes
            form={form}
            zone={zone}
            take={(when) => {
              change(when);
              plan.clear();
            }}
          />
        ) : null}
        <div className="br-form-end">
          {undecided && before.data !== null ? <span className="br-soft">{t('perhaps.first')}</span> : null}
          <Button type="submit" size="lg" loading={plan.busy} disabled={undecided || expected.data === null}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Page>
  );
}
