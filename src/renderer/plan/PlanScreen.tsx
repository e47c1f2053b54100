import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import type { CaseSummary } from '../../shared/contract/cases.ts';
import { useStation } from '../app/client.ts';
import { useSession } from '../app/sessionStore.ts';
import { Asking, Page, SentenceError, useAct, useAsk } from '../ui/index.ts';
import { EarlierPanel } from './EarlierPanel.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import { type PlanForm, planFaults, planInput, suggestedStart } from './planForm.ts';
import { WhatPanel } from './WhatPanel.tsx';
import { WhenPanel } from './WhenPanel.tsx';
import './plan.css';

/** Plans one interview of a case. */
export function PlanScreen({ caseId }: { readonly caseId: string }) {
  const asked = useAsk(`case ${caseId}`, (station) => station.cases.get({ caseId }));
  return <Asking asked={asked}>{(one) => <PlanForOne of={one} />}</Asking>;
}

function PlanForOne({ of }: { readonly of: CaseSummary }) {
  const { t } = useTranslation('plan');
  const station = useStation();
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('child');
  const language = useSession((state) => state.info?.languages[0] ?? 'kk');
  const [form, setForm] = useState<PlanForm>(() => ({
    childId: of.children.find(({ id }) => id === asked)?.id ?? of.children[0]?.id ?? '',
    kind: 'investigation',
    language,
    room: '',
    ...suggestedStart(new Date()),
    minutes: 60,
    people: [{ key: 0, capacity: 'psychologist', place: 'interview', name: '' }],
    reason: '',
    authority: '',
  }));
  const change = (part: Partial<PlanForm>) => setForm((before) => ({ ...before, ...part }));
  const [tried, setTried] = useState(false);
  const earlier = useAsk(`earlier ${form.childId}`, (client) =>
    form.childId === '' ? Promise.resolve([]) : client.interviews.earlier({ childId: form.childId }),
  );
  const further = (earlier.data?.length ?? 0) > 0;
  const faults = planFaults(form, further);
  const fault = (field: string) => {
    const found = faults[field];
    return tried && found !== undefined ? t(`fault.${found}`) : null;
  };
  const plan = useAct(async () => {
    const input = planInput(of.id, form, further);
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
          if (Object.keys(faults).length === 0 && earlier.data !== null) void plan.run();
        }}
      >
        <EarlierPanel of={of} form={form} change={change} earlier={earlier} fault={fault} />
        <WhatPanel form={form} change={change} />
        <WhenPanel form={form} change={change} fault={fault} />
        <PeoplePanel form={form} change={change} fault={fault} />
        <SentenceError trouble={plan.trouble} />
        <div className="br-form-end">
          <Button type="submit" size="lg" loading={plan.busy} disabled={earlier.data === null}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Page>
  );
}
