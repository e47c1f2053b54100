import { useTranslation } from 'react-i18next';
import type { JurisdictionView } from '../../shared/contract/jurisdiction.ts';
import { useSettings } from '../app/settings.ts';
import { Asking, Page, Panel, useAsk, useFormat } from '../ui/index.ts';
import './admin.css';
import { JurisdictionChange } from './JurisdictionChange.tsx';
import { JurisdictionRules, UnconfirmedChip } from './JurisdictionRules.tsx';

/** The rules of law that the station follows, each with its source; what nobody has confirmed stands out. */
export function JurisdictionScreen() {
  const { t } = useTranslation('jurisdiction');
  const asked = useAsk('rules in force', (station) => station.jurisdiction.inForce());
  return (
    <Page title={t('title')} lead={t('lead')} width="narrow">
      <Asking asked={asked}>
        {(view) => (
          <>
            <InForce view={view} />
            <JurisdictionRules key={view.sha256} profile={view.profile} />
          </>
        )}
      </Asking>
      <JurisdictionChange sha256={asked.data?.sha256 ?? null} changed={asked.again} />
    </Page>
  );
}

function InForce({ view: { profile, since, sha256 } }: { readonly view: JurisdictionView }) {
  const { t } = useTranslation('jurisdiction');
  const { dateTime } = useFormat();
  const language = useSettings((settings) => settings.language);
  return (
    <Panel
      title={t('inForce', { name: profile.name[language], version: profile.version })}
      aside={<UnconfirmedChip profile={profile} />}
    >
      <p className="br-soft">{t('since', { at: dateTime(since) })}</p>
      <details className="br-soft">
        <summary>{t('digest')}</summary>
        <p className="br-mono">{sha256}</p>
      </details>
    </Panel>
  );
}
