import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOpen, questionReasons } from '../../shared/domain/questions.ts';
import { SentenceError } from '../ui/index.ts';
import { DecideRow } from './DecideRow.tsx';
import './questions.css';
import { QuestionLine } from './QuestionLine.tsx';
import { useDeciding } from './useDeciding.ts';
import { useQuestions } from './useQuestions.ts';
import { useQuestionWords } from './useQuestionWords.ts';

/**
 * What has no answer yet, before the recording ends: afterwards nothing can be decided any more. It never stands in the
 * way of stopping.
 */
export function OpenQuestions({ interview }: { readonly interview: string }) {
  const { t } = useTranslation('questions');
  const { view, take } = useQuestions(interview);
  const deciding = useDeciding(interview, take);
  const words = useQuestionWords(view?.askers ?? []);
  const [leaving, setLeaving] = useState(false);
  const open = (view?.questions ?? []).filter(isOpen);
  if (open.length === 0) return null;
  const leaveAll = async (reason: string) => {
    setLeaving(true);
    for (const question of open) if (!(await deciding.decide(question, { to: 'not-asked', reason }))) break;
    setLeaving(false);
  };
  return (
    <section className="br-open-questions" aria-labelledby="open-questions">
      <h2 id="open-questions">{t('open.title', { count: open.length })}</h2>
      <p className="br-soft">{t('open.text')}</p>
      <SentenceError trouble={deciding.trouble} />
      <ol className="br-question-list">
        {open.map((question) => (
          <QuestionLine key={question.id} question={question} words={words}>
            <DecideRow question={question} deciding={deciding} />
          </QuestionLine>
        ))}
      </ol>
      <div className="br-chips">
        <span>{t('open.leaveAll')}</span>
        {questionReasons['not-asked']
          .filter((one) => one !== 'mistake')
          .map((one) => (
            <Button key={one} size="compact-md" variant="default" disabled={leaving} onClick={() => void leaveAll(one)}>
              {t(`reason.${one}`)}
            </Button>
          ))}
      </div>
    </section>
  );
}
