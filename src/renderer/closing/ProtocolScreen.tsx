import { useTranslation } from 'react-i18next';
import { Language } from '../../shared/contract/common.ts';
import { useSettings } from '../app/settings.ts';
import { Asking, NamesOfCase, Page, useAsk } from '../ui/index.ts';
import './closing.css';
import { ProtocolEditor } from './ProtocolEditor.tsx';

/** The draft protocol of one exhibit. */
export function ProtocolScreen({ exhibit }: { readonly exhibit: string }) {
  const { t } = useTranslation('closing');
  const own = useSettings((settings) => settings.language);
  const asked = useAsk(`protocol ${exhibit} ${own}`, async (station) => {
    const { language, caseId } = await station.exhibits.get({ exhibit });
    const spoken = Language.safeParse(language);
    const paper = spoken.success ? spoken.data : own;
    return { paper, caseId, view: await station.protocol.open({ exhibit, language: paper }) };
  });
  return (
    <Page
      title={asked.data?.view.title ?? t('protocol.title')}
      lead={exhibit}
      back={{ to: `/exhibit/${exhibit}`, label: exhibit }}
    >
      <Asking asked={asked}>
        {({ view, paper, caseId }) => (
          <NamesOfCase caseId={caseId}>
            <ProtocolEditor key={exhibit} view={view} language={paper} />
          </NamesOfCase>
        )}
      </Asking>
    </Page>
  );
}
