import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { useStation } from '../app/client.ts';
import { Asking, JobProgress, NextStep, Panel, SentenceError, useAct, useAsk } from '../ui/index.ts';

export interface ExhibitNextProps {
  readonly exhibit: Exhibit;
  readonly role: Role | undefined;
  readonly onChange: () => void;
}

/** The one next step, by who reads and how far the exhibit has come. */
export function ExhibitNext({ exhibit, role, onChange }: ExhibitNextProps) {
  switch (role) {
    case 'investigator':
      return <OfficerNext exhibit={exhibit} onChange={onChange} />;
    case 'clerk':
      return <ClerkNext exhibit={exhibit} onChange={onChange} />;
    case 'judge':
      return <JudgeNext exhibit={exhibit} />;
    case 'operator':
    case 'auditor':
    case 'administrator':
    case undefined:
      return null;
  }
}

type PartProps = Pick<ExhibitNextProps, 'exhibit' | 'onChange'>;

function OfficerNext({ exhibit, onChange }: PartProps) {
  const { t } = useTranslation('archive');
  const station = useStation();
  const [job, setJob] = useState<string | null>(null);
  const { number } = exhibit;
  const handOver = useAct(async () => {
    await station.archive.handOver({ exhibit: number });
    onChange();
  });
  const recover = useAct(async () => setJob((await station.exhibits.recover({ exhibit: number })).job));
  if (exhibit.state === 'recording') return null;
  if (exhibit.state === 'ended') return <NextStep title={t('next.seal.title')} text={t('next.seal.text')} />;
  if (exhibit.state === 'secured' || job !== null) {
    const act = { label: t('next.recover.act'), run: () => void recover.run(), busy: recover.busy };
    return (
      <>
        <SentenceError trouble={recover.trouble} />
        {exhibit.state === 'secured' ? (
          <NextStep title={t('next.recover.title')} text={t('next.recover.text')} {...(job === null ? { act } : {})} />
        ) : null}
        {job === null ? null : (
          <Panel title={t('next.recover.working')}>
            <JobProgress key={job} job={job} label={t('next.recover.working')} onDone={onChange} />
          </Panel>
        )}
      </>
    );
  }
  if (exhibit.archive === 'with-officer') {
    return (
      <>
        <SentenceError trouble={handOver.trouble} />
        <NextStep
          title={t('next.handOver.title')}
          text={t('next.handOver.text')}
          act={{ label: t('next.handOver.act'), run: () => void handOver.run(), busy: handOver.busy }}
        />
      </>
    );
  }
  const which = exhibit.archive === 'offered' ? 'offered' : 'kept';
  return <NextStep title={t(`next.${which}.title`)} text={t(`next.${which}.text`)} />;
}

function ClerkNext({ exhibit, onChange }: PartProps) {
  const { t } = useTranslation('archive');
  const station = useStation();
  const [job, setJob] = useState<string | null>(null);
  const accept = useAct(async () => setJob((await station.archive.accept({ exhibit: exhibit.number })).job));
  if (exhibit.archive === 'accepted') {
    return (
      <NextStep
        title={t('next.schedule.title')}
        text={t('next.schedule.text')}
        act={{ label: t('next.schedule.act'), to: '/hearings' }}
      />
    );
  }
  return (
    <>
      <SentenceError trouble={accept.trouble} />
      <NextStep
        title={t('next.accept.title')}
        text={t('next.accept.text')}
        act={{ label: t('next.accept.act'), run: () => void accept.run(), busy: accept.busy }}
      />
      {job === null ? null : (
        <Panel title={t('next.accept.act')}>
          <JobProgress key={job} job={job} label={t('next.accept.working')} onDone={onChange} />
        </Panel>
      )}
    </>
  );
}

function JudgeNext({ exhibit }: { readonly exhibit: Exhibit }) {
  const { t } = useTranslation('archive');
  const asked = useAsk('hearings', (station) => station.hearings.list(), 30_000);
  return (
    <Asking asked={asked}>
      {(hearings) => {
        const own = hearings.filter(({ exhibits }) => exhibits.some(({ number }) => number === exhibit.number));
        const hearing =
          own.find(({ state }) => state === 'open') ?? own.find(({ state }) => state === 'planned') ?? own[0];
        if (hearing === undefined)
          return <NextStep title={t('next.noHearing.title')} text={t('next.noHearing.text')} />;
        return (
          <NextStep
            title={t('next.hearing.title', { number: hearing.number })}
            text={t('next.hearing.text')}
            act={{ label: t('next.hearing.act'), to: `/hearing/${hearing.id}` }}
          />
        );
      }}
    </Asking>
  );
}
