import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { useStation } from '../app/client.ts';
import { Panel } from '../ui/index.ts';
import { PaperDialog } from './PaperDialog.tsx';
import { PaperJob } from './PaperJob.tsx';

/** What is written beside a sealed recording: its protocol, its transcript, its label. */
export function ClosingPanel({ exhibit, role }: { readonly exhibit: Exhibit; readonly role: Role | undefined }) {
  const { t } = useTranslation('closing');
  const station = useStation();
  const [asking, setAsking] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const { number } = exhibit;
  return (
    <Panel title={t('panel.title')}>
      <p className="br-soft">{t(role === 'investigator' ? 'panel.text' : 'panel.textOthers')}</p>
      {job === null ? null : <PaperJob key={job} job={job} />}
      <div className="br-chips">
        {role === 'investigator' ? (
          <Button variant="default" component={Link} href={`/exhibit/${number}/protocol`}>
            {t('panel.protocol')}
          </Button>
        ) : null}
        <Button variant="default" component={Link} href={`/exhibit/${number}/transcript`}>
          {t('panel.transcript')}
        </Button>
        {role === 'judge' ? null : (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('panel.label')}
          </Button>
        )}
      </div>
      {asking ? (
        <PaperDialog
          title={t('panel.label')}
          language={exhibit.language}
          forms={(['a6', 'two'] as const).map((sheet) => ({ value: sheet, label: t(`label.${sheet}`) }))}
          onClose={() => setAsking(false)}
          onStart={async ({ form, ...request }) => {
            const sheet = form === 'two' ? 'two' : 'a6';
            setJob((await station.protocol.label({ exhibit: number, sheet, ...request })).job);
            setAsking(false);
          }}
        />
      ) : null}
    </Panel>
  );
}
