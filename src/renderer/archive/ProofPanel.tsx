import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import { VerificationResult } from '../../shared/evidence/verification.ts';
import { useStation } from '../app/client.ts';
import { JobProgress, Panel, SentenceError, useAct, useFormat } from '../ui/index.ts';
import { VerificationResultView } from './result/VerificationResultView.tsx';

/** Reads the stored exhibit through, on every disk, and says what came of it. */
export function ProofPanel({ exhibit }: { readonly exhibit: Exhibit }) {
  const { t } = useTranslation('archive');
  const { exact } = useFormat();
  const station = useStation();
  const [job, setJob] = useState<string | null>(null);
  const [found, setFound] = useState<{ result: VerificationResult; at: Date } | null>(null);
  const check = useAct(async () => {
    setFound(null);
    setJob((await station.archive.verify({ exhibit: exhibit.number })).job);
  });
  const done = (value: unknown) => {
    const parsed = VerificationResult.safeParse(value);
    if (!parsed.success) return;
    setFound({ result: parsed.data, at: new Date() });
    setJob(null);
  };
  return (
    <Panel
      title={t('proof.title')}
      aside={found === null ? null : <span className="br-soft">{t('proof.now', { at: exact(found.at) })}</span>}
    >
      {found === null ? (
        <p className="br-soft">{t('proof.none')}</p>
      ) : (
        <VerificationResultView result={found.result} checkedAt={found.at} of="stored" />
      )}
      <SentenceError trouble={check.trouble} />
      {job === null ? (
        <div>
          <Button variant="default" onClick={() => void check.run()} loading={check.busy}>
            {t('proof.act')}
          </Button>
        </div>
      ) : (
        <JobProgress key={job} job={job} label={t('proof.working')} onDone={done} />
      )}
    </Panel>
  );
}
