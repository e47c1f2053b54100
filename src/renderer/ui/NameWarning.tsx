import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';

/** How long typing rests before the station is asked. */
const RESTS_MS = 600;

export interface NameWarningProps {
  readonly interview: string;
  /** What is being typed into a field that everybody sees. */
  readonly text: string;
}

/**
 * Says under a field that what is typed seems to hold the name of a child of the interview's case. The station compares it
 * under a secret key and tells no name; where it cannot, nothing is said.
 */
export function NameWarning({ interview, text }: NameWarningProps) {
  const { t } = useTranslation();
  const station = useStation();
  const [mentions, setMentions] = useState(false);
  useEffect(() => {
    if (text.trim() === '') return setMentions(false);
    let stopped = false;
    const timer = setTimeout(() => {
      station.cases.mentions({ interview, text: text.slice(0, 20_000) }).then(
        (found) => stopped || setMentions(found),
        // Only a warning: a station whose keys are closed, or a person who may not ask, types on without it.
        () => stopped || setMentions(false),
      );
    }, RESTS_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [station, interview, text]);
  return <div aria-live="polite">{mentions ? <p className="br-note br-note-warn">{t('nameWarning')}</p> : null}</div>;
}
