import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Filed, PaperWritten } from '../../shared/contract/protocol.ts';
import { JobProgress } from '../ui/index.ts';

interface PaperJobProps {
  readonly job: string;
  readonly onFiled?: (filed: Filed) => void;
}

/** What became of a paper: where it stands, or that it was filed. */
export function PaperJob({ job, onFiled }: PaperJobProps) {
  const { t } = useTranslation('closing');
  const [said, setSaid] = useState<string | null>(null);
  const done = (value: unknown) => {
    const written = PaperWritten.safeParse(value);
    const filed = Filed.safeParse(value);
    if (written.success) {
      setSaid(t('paper.done', { path: written.data.path, interpolation: { escapeValue: false } }));
    } else if (filed.success) {
      setSaid(t('file.done', { n: filed.data.n }));
      onFiled?.(filed.data);
    }
  };
  return (
    <>
      {said === null ? (
        <JobProgress job={job} label={t('paper.working')} onDone={done} />
      ) : (
        <p className="br-note" role="status">
          {said}
        </p>
      )}
    </>
  );
}
