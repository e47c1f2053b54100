import { useTranslation } from 'react-i18next';
import { Asking, Page, useAsk } from '../ui/index.ts';
import './closing.css';
import { TranscriptEditor } from './TranscriptEditor.tsx';

/** The transcript of one exhibit. */
export function TranscriptScreen({ exhibit }: { readonly exhibit: string }) {
  const { t } = useTranslation('closing');
  const asked = useAsk(`transcript ${exhibit}`, async (station) => {
    const { language } = await station.exhibits.get({ exhibit });
    return { language, view: await station.transcripts.open({ exhibit }) };
  });
  return (
    <Page title={t('transcript.title')} lead={exhibit} back={{ to: `/exhibit/${exhibit}`, label: exhibit }}>
      <Asking asked={asked}>
        {({ view, language }) => <TranscriptEditor key={exhibit} view={view} language={language} />}
      </Asking>
    </Page>
  );
}
