import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Hearing } from '../../shared/contract/hearings.ts';
import { useStation } from '../app/client.ts';
import { NextStep, Page, Panel, SentenceError, useAct, useFormat } from '../ui/index.ts';
import { ExhibitRows } from './ExhibitRows.tsx';
import { playedIn, ShownLine } from './ShownLine.tsx';

export interface HearingDoorProps {
  readonly hearing: Hearing;
  readonly onChange: (hearing: Hearing) => void;
}

/** Before a hearing is opened, and after it was closed: what is admitted, what was shown, and the way in. */
export function HearingDoor({ hearing, onChange }: HearingDoorProps) {
  const { t } = useTranslation('hearing');
  const { dateTime } = useFormat();
  const station = useStation();
  const open = useAct(async () => onChange(await station.hearings.open({ hearing: hearing.id })));
  const closed = hearing.state === 'closed';
  const act = { label: closed ? t('reopen') : t('open'), run: () => void open.run(), busy: open.busy };
  return (
    <div className="br-hearing-door">
      <Page
        title={t('title', { number: hearing.number })}
        lead={`${dateTime(hearing.plannedAt)} · ${t('case', { number: hearing.caseNumber })}`}
        back={{ to: '/hearings', label: t('back') }}
      >
        <SentenceError trouble={open.trouble} />
        <NextStep
          title={closed ? t('closed.title') : t('planned.title')}
          text={closed ? t('closed.text') : t('planned.text')}
          {...(closed ? {} : { act })}
        />
        <Panel title={t('admitted')}>
          <ExhibitRows exhibits={hearing.exhibits} aside={() => null} />
          {hearing.exhibits.map(({ number }) => (
            <ShownLine key={number} ranges={playedIn(hearing, number)} many />
          ))}
        </Panel>
        {closed ? (
          <div>
            <Button variant="default" onClick={act.run} loading={act.busy}>
              {act.label}
            </Button>
          </div>
        ) : null}
      </Page>
    </div>
  );
}
