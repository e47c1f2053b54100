import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';
import type { ListedQuestion } from '../../shared/contract/questions.ts';
import { useFormat } from '../ui/index.ts';
import type { QuestionWords } from './useQuestionWords.ts';

export interface PrintedQuestionsProps {
  readonly interview: Interview;
  readonly questions: readonly ListedQuestion[];
  readonly words: QuestionWords;
}

/** The list on paper; on the screen nothing of it is seen. */
export function PrintedQuestions({ interview, questions, words }: PrintedQuestionsProps) {
  const { t } = useTranslation('questions');
  const { dateTime } = useFormat();
  return createPortal(
    <section className="br-questions-paper">
      <h1>{t('beforeTitle')}</h1>
      <p>
        {interview.exhibit} · {interview.caseNumber} · {dateTime(interview.plannedAt)}
      </p>
      <ol>
        {questions.map(({ id, text, wording, by, letter, state, reason }) => (
          <li key={id}>
            <p>{wording ?? text}</p>
            {wording === null ? null : <p>{t('sentAs', { text })}</p>}
            <p>
              {[words.asker(by), letter === null ? null : t('letterNo', { letter }), t(`state.${state}`)]
                .filter((one) => one !== null)
                .join(' · ')}
              {reason === null ? null : ` · ${t('because', { reason: words.reason(reason) })}`}
            </p>
          </li>
        ))}
      </ol>
    </section>,
    document.body,
  );
}
