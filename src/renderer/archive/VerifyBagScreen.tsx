import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VerificationResult } from '../../shared/evidence/verification.ts';
import { useStation } from '../app/client.ts';
import { JobProgress, Page, Panel, SentenceError, useAct } from '../ui/index.ts';
import './archive.css';
import { BagFields, type BagForm, bagInput, emptyBag } from './BagFields.tsx';
import { VerificationResultView } from './result/VerificationResultView.tsx';

/** Checks any bag on this machine: where it is, whom the reader trusts, what came of it. */
export function VerifyBagScreen() {
  const { t } = useTranslation('archive');
  const station = useStation();
  const [bag, setBag] = useState<BagForm>(emptyBag);
  const [job, setJob] = useState<string | null>(null);
  const [result, setResult] = useState<{ result: VerificationResult; at: Date } | null>(null);
  const start = useAct(async () => {
    setResult(null);
    setJob((await station.archive.verifyBag(bagInput(bag))).job);
  });
  const done = (value: unknown) => {
    const parsed = VerificationResult.safeParse(value);
    if (!parsed.success) return;
    setResult({ result: parsed.data, at: new Date() });
    setJob(null);
  };
  return (
    <Page title={t('verify.title')} lead={t('verify.lead')} width="narrow">
      {result === null ? null : (
        <Panel title={bag.path}>
          <VerificationResultView result={result.result} checkedAt={result.at} of="bag" />
        </Panel>
      )}
      <form
        className="br-form"
        onSubmit={(event) => {
          event.preventDefault();
          void start.run();
        }}
      >
        <Panel title={result === null ? t('verify.start') : t('verify.another')}>
          <BagFields bag={bag} onBag={setBag} />
          <SentenceError trouble={start.trouble} />
          {job === null ? null : <JobProgress key={job} job={job} label={t('verify.working')} onDone={done} />}
          <div className="br-form-end">
            <Button type="submit" disabled={bag.path.trim() === ''} loading={start.busy}>
              {t('verify.start')}
            </Button>
          </div>
        </Panel>
      </form>
    </Page>
  );
}
