import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Certified, type Exhibit } from '../../shared/contract/exhibits.ts';
import { JobProgress, Panel } from '../ui/index.ts';
import { CertificateDialog } from './CertificateDialog.tsx';

/** A certificate of authenticity as a paper for the court, and where it was written. */
export function CertificatePanel({ exhibit }: { readonly exhibit: Exhibit }) {
  const { t } = useTranslation('certificate');
  const [asking, setAsking] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const [made, setMade] = useState<Certified | null>(null);
  const done = (value: unknown) => {
    const parsed = Certified.safeParse(value);
    if (parsed.success) setMade(parsed.data);
  };
  return (
    <Panel title={t('panel.title')}>
      <p className="br-soft">{t('panel.text')}</p>
      {job === null ? null : <JobProgress key={job} job={job} label={t('panel.working')} onDone={done} />}
      {made === null ? null : (
        <div className="br-note" role="status">
          <p>{t('panel.done', { path: made.path, interpolation: { escapeValue: false } })}</p>
          {made.outcome === 'trusted' ? null : <p>{t('panel.unestablished')}</p>}
        </div>
      )}
      <div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('panel.act')}
        </Button>
      </div>
      {asking ? (
        <CertificateDialog
          exhibit={exhibit}
          onClose={() => setAsking(false)}
          onStarted={(started) => {
            setMade(null);
            setJob(started);
            setAsking(false);
          }}
        />
      ) : null}
    </Panel>
  );
}
