import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../app/sessionStore.ts';
import { Asking, NamesOfCase, Page, useAsk, useFormat } from '../ui/index.ts';
import { AddChildDialog } from './AddChildDialog.tsx';
import { CaseExhibits } from './CaseExhibits.tsx';
import { CaseNextStep } from './CaseNextStep.tsx';
import { CasePeople } from './CasePeople.tsx';
import { ChildrenPanel } from './ChildrenPanel.tsx';
import { InterviewsPanel } from './InterviewsPanel.tsx';

export interface CaseScreenProps {
  readonly caseId: string;
  readonly account: AccountView;
}

/** One case: its children by code, its interviews or recordings, the people on it. */
export function CaseScreen({ caseId, account }: CaseScreenProps) {
  const { t } = useTranslation('cases');
  const { date } = useFormat();
  const [adding, setAdding] = useState(false);
  const asked = useAsk(`case ${caseId}`, (station) => station.cases.get({ caseId }), 20_000);
  const investigator = account.role === 'investigator';
  return (
    <Asking asked={asked}>
      {(one) => (
        <Page
          title={t('case.title', { number: one.number })}
          lead={t('case.opened', { court: one.court, date: date(one.openedAt) })}
          back={{ to: '/cases', label: t('case.back') }}
        >
          {investigator ? <CaseNextStep of={one} addChild={() => setAdding(true)} /> : null}
          <div className="br-columns">
            <ChildrenPanel of={one} mayAdd={investigator} addChild={() => setAdding(true)} />
            {investigator ? (
              <NamesOfCase caseId={caseId}>
                <InterviewsPanel caseId={caseId} />
              </NamesOfCase>
            ) : null}
            <CaseExhibits caseId={caseId} />
            <CasePeople of={one} mayAssign={investigator} changed={asked.again} />
          </div>
          {investigator ? (
            <AddChildDialog opened={adding} caseId={caseId} onClose={() => setAdding(false)} added={asked.again} />
          ) : null}
        </Page>
      )}
    </Asking>
  );
}
