import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedQuestion } from '../../shared/contract/questions.ts';
import { questionMay, wordsToAsk } from '../../shared/domain/questions.ts';
import { DecideRow } from './DecideRow.tsx';
import { QuestionLine } from './QuestionLine.tsx';
import type { Deciding } from './useDeciding.ts';
import type { QuestionWords } from './useQuestionWords.ts';

export interface OrderedQuestionsProps {
  readonly questions: readonly ListedQuestion[];
  readonly words: QuestionWords;
  readonly deciding: Deciding;
  readonly mayAct: boolean;
}

/** The questions in the order in which they are to be asked, which is changed by dragging or by two buttons each. */
export function OrderedQuestions({ questions, words, deciding, mayAct }: OrderedQuestionsProps) {
  const { t } = useTranslation('questions');
  const [dragged, setDragged] = useState<string | null>(null);
  const ids = questions.map(({ id }) => id);
  const move = (id: string, to: number) => {
    const others = ids.filter((one) => one !== id);
    if (to < 0 || to > others.length) return;
    void deciding.order([...others.slice(0, to), id, ...others.slice(to)]);
  };
  return (
    <ol className="br-question-list br-question-order">
      {questions.map((question, index) => (
        <QuestionLine
          key={question.id}
          question={question}
          words={words}
          line={{
            draggable: mayAct,
            'data-dragged': dragged === question.id || undefined,
            onDragStart: () => setDragged(question.id),
            onDragEnd: () => setDragged(null),
            onDragOver: (event) => event.preventDefault(),
            onDrop: () => {
              if (dragged !== null) move(dragged, index);
              setDragged(null);
            },
          }}
        >
          {mayAct ? (
            <div className="br-question-order-acts">
              <DecideRow question={question} deciding={deciding} before />
              <span className="br-question-moves">
                {questionMay(question.state, 'withdrawn') ? (
                  <Button size="compact-md" variant="subtle" onClick={() => void deciding.withdraw(question)}>
                    {t('act.withdraw')}
                  </Button>
                ) : null}
                <ActionIcon
                  variant="default"
                  size={30}
                  disabled={index === 0}
                  aria-label={t('act.up', { text: wordsToAsk(question) })}
                  onClick={() => move(question.id, index - 1)}
                >
                  <IconChevronUp aria-hidden size={18} />
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  size={30}
                  disabled={index === questions.length - 1}
                  aria-label={t('act.down', { text: wordsToAsk(question) })}
                  onClick={() => move(question.id, index + 1)}
                >
                  <IconChevronDown aria-hidden size={18} />
                </ActionIcon>
              </span>
            </div>
          ) : null}
        </QuestionLine>
      ))}
    </ol>
  );
}
