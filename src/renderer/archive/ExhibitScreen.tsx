import { useTranslation } from 'react-i18next';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { ExhibitKeyPanel } from '../access/ExhibitKeyPanel.tsx';
import { useAccount } from '../app/sessionStore.ts';
import { ClosingPanel } from '../closing/ClosingPanel.tsx';
import { ExhibitTimePanel } from '../time/ExhibitTimePanel.tsx';
import { Asking, Page, SimulatedBadge, StateChip, useAsk, useNames } from '../ui/index.ts';
import './archive.css';
import { BesidePanel } from './BesidePanel.tsx';
import { CertificatePanel } from './CertificatePanel.tsx';
import { CopiesPanel } from './CopiesPanel.tsx';
import { CustodyPanel } from './CustodyPanel.tsx';
import { ExhibitFacts } from './ExhibitFacts.tsx';
import { ExhibitNext } from './ExhibitNext.tsx';
import { ExportPanel } from './ExportPanel.tsx';
import { ProofPanel } from './ProofPanel.tsx';
import { ReceiptCard } from './ReceiptCard.tsx';

export interface ExhibitScreenProps {
  readonly exhibit: string;
}

const tones = { recording: 'act', ended: 'waits', secured: 'warn', sealed: 'good' } as const;

/** One exhibit: what it is in plain words, the next step for who reads it, its proof, what was done with it. */
export function ExhibitScreen({ exhibit: number }: ExhibitScreenProps) {
  const { t } = useTranslation('archive');
  const names = useNames();
  const account = useAccount();
  const asked = useAsk(`exhibit ${number}`, (station) => station.exhibits.get({ exhibit: number }), 15_000);
  const role = account?.role;
  return (
    <Asking asked={asked}>
      {(exhibit) => (
        <Page
          title={exhibit.number}
          lead={t('exhibit.title', { kind: names.kind(exhibit.kind), child: names.child(exhibit.childCode) })}
          back={
            role === 'clerk'
              ? { to: '/archive', label: t('back') }
              : { to: `/cases/${exhibit.caseId}`, label: t('backCase') }
          }
          aside={
            <>
              {exhibit.simulated ? <SimulatedBadge /> : null}
              <StateChip tone={tones[exhibit.state]}>{t(`exhibit.state.${exhibit.state}`)}</StateChip>
              {exhibit.state === 'sealed' ? (
                <StateChip tone={exhibit.archive === 'accepted' ? 'good' : 'waits'}>
                  {t(`exhibit.archive.${exhibit.archive}`)}
                </StateChip>
              ) : null}
            </>
          }
        >
          <ExhibitNext exhibit={exhibit} role={role} onChange={asked.again} />
          <div className="br-columns">
            <div className="br-stack">
              <ExhibitFacts exhibit={exhibit} />
              {exhibit.state === 'sealed' && exhibit.origin === 'here' ? (
                <ExhibitTimePanel exhibit={exhibit.number} />
              ) : null}
              {exhibit.receipt === null ? null : <ReceiptCard receipt={exhibit.receipt} />}
            </div>
            <div className="br-stack">
              {exhibit.state === 'sealed' && (role === 'clerk' || role === 'investigator') ? (
                <>
                  <ProofPanel exhibit={exhibit} />
                  {role === 'investigator' || exhibit.archive === 'accepted' ? <ExportPanel exhibit={exhibit} /> : null}
                </>
              ) : null}
              {mayOpen(exhibit, role) ? <ClosingPanel exhibit={exhibit} role={role} /> : null}
              {mayOpen(exhibit, role) || (exhibit.state !== 'sealed' && role === 'investigator') ? (
                <BesidePanel exhibit={exhibit} role={role} onChange={asked.again} />
              ) : null}
              {mayOpen(exhibit, role) ? <CertificatePanel exhibit={exhibit} /> : null}
              {mayOpen(exhibit, role) ? <CopiesPanel exhibit={exhibit} onChange={asked.again} /> : null}
              {exhibit.archive === 'accepted' && (role === 'clerk' || role === 'judge') ? (
                <ExhibitKeyPanel exhibit={exhibit.number} onChange={asked.again} />
              ) : null}
            </div>
          </div>
          <CustodyPanel exhibit={exhibit.number} />
        </Page>
      )}
    </Asking>
  );
}

/** Whoever may open the recording itself: the officer of the case, the clerk once it is in the archive, the judge of a hearing. */
function mayOpen(exhibit: Exhibit, role: Role | undefined): boolean {
  if (exhibit.state !== 'sealed') return false;
  return role === 'investigator' || role === 'judge' || (role === 'clerk' && exhibit.archive === 'accepted');
}
