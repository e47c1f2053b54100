import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Interview } from '../../shared/contract/cases.ts';
import type { PlanFacts } from '../../shared/contract/planning.ts';
import { wallTime } from '../../shared/domain/zoneTime.ts';
import { useStation } from '../app/client.ts';
import { Asking, EmptyState, NamesOfCase, Page, SentenceError, useAct, useAsk } from '../ui/index.ts';
import { FreeTimes } from './FreeTimes.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { absencesIn, instantOf, type PeopleForm, peopleFaults, type WhenForm, whenFaults } from './planForm.ts';
import { seatKey } from './seats.ts';
import { toFirstFault } from './toFirstFault.ts';
import { useExpected } from './usePlanRules.ts';
import { WhenPanel } from './WhenPanel.tsx';
import './plan.css';

/** Changes room, time and people of an interview that has not begun. */
export function ChangeScreen({ interview }: { readonly interview: string }) {
  const asked = useAsk(`plan of ${interview}`, async (station) => ({
    interview: await station.interviews.get({ interview }),
    facts: await station.planning.facts({ interview }),
  }));
  return (
    <Asking asked={asked}>
      {(plan) => (
        <NamesOfCase caseId={plan.interview.caseId}>
          <ChangeOne {...plan} />
        </NamesOfCase>
      )}
    </Asking>
  );
}

function formOf({ participants, plannedAt, plannedMinutes, room }: Interview, facts: PlanFacts): WhenForm & PeopleForm {
  return {
    ...{ room: room.id, minutes: plannedMinutes },
    ...wallTime(new Date(plannedAt), facts.zone),
    people: participants.map((one, key) => ({ ...one, key, name: '' })),
    touched: true,
    absent: Object.fromEntries(
      facts.missing.flatMap((one) => (one.reason === null ? [] : [[seatKey(one), one.reason]])),
    ),
  };
}

function ChangeOne({ interview, facts }: { readonly interview: Interview; readonly facts: PlanFacts }) {
  const { t } = useTranslation('plan');
  const station = useStation();
  const [, go] = useLocation();
  const { zone } = facts;
  const [form, setForm] = useState(() => formOf(interview, facts));
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const [tried, setTried] = useState(false);
  const expected = useExpected({ ...form, childId: interview.child.id, kind: interview.kind }, zone);
  const asked = expected.data?.presence ?? [];
  const faults = { ...whenFaults(form, zone), ...peopleFaults(form, asked) };
  const fault = (field: string) => {
    const found = faults[field];
    return tried && found !== undefined ? t(`fault.${found}`) : null;
  };
  const save = useAct(async () => {
    const plannedAt = instantOf(form.date, form.time, zone);
    if (plannedAt === null) return;
    await station.planning.change({
      ...{ interview: interview.id, room: form.room, plannedMinutes: form.minutes, plannedAt },
      participants: form.people.map(({ code, capacity, place, name }) =>
        code === null ? { capacity, place, name } : { code, place },
      ),
      missing: absencesIn(form, asked),
    });
    go(`/interview/${interview.id}`);
  });
  const back = { to: `/cases/${interview.caseId}`, label: t('back', { number: interview.caseNumber }) };
  const title = t('change.title', { exhibit: interview.exhibit });
  if (interview.state !== 'planned' && interview.state !== 'ready') {
    return (
      <Page title={title} width="narrow" back={back}>
        <EmptyState>{t('change.begun')}</EmptyState>
      </Page>
    );
  }
  return (
    <Page title={title} width="narrow" back={back}>
      <form
        className="br-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (Object.keys(faults).length > 0) toFirstFault(event.currentTarget);
          else void save.run();
        }}
      >
        {interview.state === 'ready' ? (
          <p className="br-note">{t('change.ready')}</p>
        ) : (
          <WhenPanel form={form} change={change} fault={fault} zone={zone} />
        )}
        <PeoplePanel form={form} change={change} fault={fault} asked={asked} />
        <SentenceError trouble={expected.trouble} />
        <SentenceError trouble={save.trouble} />
        {save.trouble?.code === 'ROOM_BUSY' ? <FreeTimes form={form} zone={zone} take={change} /> : null}
        <div className="br-form-end">
          <Button type="submit" size="lg" loading={save.busy} disabled={expected.data === null}>
            {t('change.save')}
          </Button>
        </div>
      </form>
    </Page>
  );
}
