import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isToAsk, isWaiting, wordsToAsk } from '../../shared/domain/questions.ts';
import { SentenceError, StateChip } from '../ui/index.ts';
import { DecideRow } from './DecideRow.tsx';
import './questions.css';
import { QuestionLine } from './QuestionLine.tsx';
import { useDeciding } from './useDeciding.ts';
import { useQuestions } from './useQuestions.ts';
import { useQuestionWords } from './useQuestionWords.ts';

/** The interviewer's: the one next question, large, and below it, small, what else is to be asked and what waits. */
export function InterviewerInbox({ interview }: { readonly interview: string }) {
  const { t } = useTranslation('questions');
  const { view, trouble, take } = useQuestions(interview);
  const deciding = useDeciding(interview, take);
  const words = useQuestionWords(view?.askers ?? []);
  const all = view?.questions ?? [];
  const [next, ...later] = all.filter(isToAsk);
  const waiting = all.filter(isWaiting);
  return (
    <section className="br-interviewer-questions" aria-label={t('title')}>
      {trouble === null ? null : <StateChip tone="warn">{t('away')}</StateChip>}
      <SentenceError trouble={deciding.trouble} />
      {next === undefined ? (
        <p className="br-soft">{waiting.length === 0 ? t('none') : t('noneAccepted')}</p>
      ) : (
        <div className="br-next-question">
          <span className="br-soft">{t('next', { who: words.asker(next.by) })}</span>
          <p>{wordsToAsk(next)}</p>
          <Button size="lg" onClick={() => void deciding.decide(next, { to: 'asked' })} disabled={deciding.busy}>
            {t('act.asked')}
          </Button>
        </div>
      )}
      {waiting.length + later.length === 0 ? null : (
        <ol className="br-question-list">
          {[...waiting, ...later].map((question) => (
            <QuestionLine key={question.id} question={question} words={words}>
              <DecideRow question={question} deciding={deciding} large />
            </QuestionLine>
          ))}
        </ol>
      )}
    </section>
  );
}
