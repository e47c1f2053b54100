import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Outbox } from './outbox.ts';

/** After the end: the questions that never reached the station, in words, so that they can still be spoken of. */
export function UnsentQuestions({ interview }: { readonly interview: string }) {
  const { t } = useTranslation('questions');
  const unsent = useMemo(() => new Outbox(interview, sessionStorage).read(), [interview]);
  if (unsent.length === 0) return null;
  return (
    <section className="br-questions-unsent">
      <p>{t('neverSent', { count: unsent.length })}</p>
      <ul>
        {unsent.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
