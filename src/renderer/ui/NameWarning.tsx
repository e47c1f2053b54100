import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import './nameWarning.css';

/** How long typing rests before the station is asked. */
const RESTS_MS = 600;

/** The case whose children's names are looked for; null where there is none, and then nothing is asked. */
const CaseOfNames = createContext<string | null>(null);

/** Says of which case the screen is, for every `NameWarning` on it. */
export function NamesOfCase({ caseId, children }: { readonly caseId: string; readonly children: ReactNode }) {
  return <CaseOfNames value={caseId}>{children}</CaseOfNames>;
}

export interface NameWarningProps {
  /** What is being typed into a field that ends where others read it: the record, the protocol, a list of the court. */
  readonly text: string;
}

/**
 * Says under a field that what is typed seems to hold the name of a child of the case. The station compares it under a secret
 * key and tells no name; where it cannot, nothing is said.
 */
export function NameWarning({ text }: NameWarningProps) {
  const { t } = useTranslation();
  const station = useStation();
  const caseId = useContext(CaseOfNames);
  const [mentions, setMentions] = useState(false);
  useEffect(() => {
    if (caseId === null || text.trim() === '') return setMentions(false);
    let stopped = false;
    const timer = setTimeout(() => {
      station.cases.mentions({ caseId, text: text.slice(0, 20_000) }).then(
        (found) => stopped || setMentions(found),
        // Only a warning: a station whose keys are closed, or a person who may not ask, types on without it.
        () => stopped || setMentions(false),
      );
    }, RESTS_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [station, caseId, text]);
  return (
    <div className="br-name-warning" aria-live="polite">
      {mentions ? <p className="br-note br-note-warn">{t('nameWarning')}</p> : null}
    </div>
  );
}
