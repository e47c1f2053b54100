import { useTranslation } from 'react-i18next';
import { isToAsk, isWaiting } from '../../shared/domain/questions.ts';
import { SentenceError, StateChip, useShortcut } from '../ui/index.ts';
import { DecideRow } from './DecideRow.tsx';
import './questions.css';
import { QuestionLine } from './QuestionLine.tsx';
import { useDeciding } from './useDeciding.ts';
import type { Questions } from './useQuestions.ts';
import { useQuestionWords } from './useQuestionWords.ts';

export interface InboxProps {
  readonly interview: string;
  readonly questions: Questions;
  /** May decide, or only watches. */
  readonly mayAct: boolean;
}

/** The questions at the desk: what waits first, then what is to be asked, then what is done with. */
export function Inbox({ interview, questions, mayAct }: InboxProps) {
  const { t } = useTranslation('questions');
  const { view, trouble, take } = questions;
  const deciding = useDeciding(interview, take);
  const words = useQuestionWords(view?.askers ?? []);
  const all = view?.questions ?? [];
  const waiting = all.filter(isWaiting);
  const toAsk = all.filter(isToAsk);
  const done = all.filter((one) => !isWaiting(one) && !isToAsk(one)).toReversed();
  const [first, next] = [waiting[0], toAsk[0]];
  useShortcut('KeyK', () => first && void deciding.decide(first, { to: 'accepted' }), mayAct && first !== undefined);
  useShortcut('KeyA', () => next && void deciding.decide(next, { to: 'asked' }), mayAct && next !== undefined);
  return (
    <div className="br-questions">
      {trouble === null ? null : <StateChip tone="warn">{t('away')}</StateChip>}
      <SentenceError trouble={deciding.trouble} />
      {all.length === 0 ? <p className="br-soft">{t('none')}</p> : null}
      {(
        [
          ['waiting', waiting],
          ['toAsk', toAsk],
          ['done', done],
        ] as const
      ).map(([part, list]) =>
        list.length === 0 ? null : (
          <section key={part} aria-label={t(`part.${part}`)}>
            <h3 className="br-questions-part">{t(`part.${part}`)}</h3>
            <ol className="br-question-list">
              {list.map((question) => (
                <QuestionLine key={question.id} question={question} words={words} plain={part !== 'done'}>
                  {mayAct ? (
                    <DecideRow
                      question={question}
                      deciding={deciding}
                      shortcut={question === first || question === next}
                    />
                  ) : null}
                </QuestionLine>
              ))}
            </ol>
          </section>
        ),
      )}
    </div>
  );
}
