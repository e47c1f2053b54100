import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import { JobProgress, Panel } from '../ui/index.ts';
import { ExportDialog } from './ExportDialog.tsx';

const Written = z.object({ path: z.string() });

/** Handing out a bag, and where it was written. */
export function ExportPanel({ exhibit }: { readonly exhibit: Exhibit }) {
  const { t } = useTranslation('archive');
  const [asking, setAsking] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const done = (value: unknown) => {
    const parsed = Written.safeParse(value);
    if (parsed.success) setPath(parsed.data.path);
  };
  return (
    <Panel title={t('export.title')}>
      <p className="br-soft">{t('export.text')}</p>
      {job === null ? null : <JobProgress key={job} job={job} label={t('export.working')} onDone={done} />}
      {path === null ? null : <p className="br-note">{t('export.done', { path })}</p>}
      <div>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('export.act')}
        </Button>
      </div>
      {asking ? (
        <ExportDialog
          exhibit={exhibit.number}
          onClose={() => setAsking(false)}
          onStarted={(started) => {
            setPath(null);
            setJob(started);
            setAsking(false);
          }}
        />
      ) : null}
    </Panel>
  );
}
