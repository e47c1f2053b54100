import type { LiHTMLAttributes, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedQuestion } from '../../shared/contract/questions.ts';
import { wordsToAsk } from '../../shared/domain/questions.ts';
import { type ChipTone, StateChip, useFormat } from '../ui/index.ts';
import type { QuestionWords } from './useQuestionWords.ts';

const tones: Readonly<Record<ListedQuestion['state'], ChipTone>> = {
  sent: 'waits',
  accepted: 'act',
  reworded: 'act',
  declined: 'quiet',
  withdrawn: 'quiet',
  asked: 'good',
  'not-asked': 'quiet',
};

export interface QuestionLineProps {
  readonly question: ListedQuestion;
  readonly words: QuestionWords;
  /** Without the chip, where a heading says the state already. */
  readonly plain?: boolean;
  /** Says which ones this screen sent. */
  readonly tellsOwn?: boolean;
  /** What else the line is, such as something that is dragged. */
  readonly line?: LiHTMLAttributes<HTMLLIElement> & { readonly 'data-dragged'?: boolean | undefined };
  readonly children?: ReactNode;
}

/** One question: its words, who asks, what became of it. What was typed is shown as characters, never as markup. */
export function QuestionLine({ question, words, plain = false, tellsOwn = false, line, children }: QuestionLineProps) {
  const { t } = useTranslation('questions');
  const { clock } = useFormat();
  const { state, wording, text, by, priority, letter, reason, sentMs, fromExhibit } = question;
  return (
    <li {...line} className="br-question" data-state={state}>
      <p className="br-question-text">{wordsToAsk(question)}</p>
      {wording === null ? null : <p className="br-soft">{t('sentAs', { text })}</p>}
      <p className="br-question-meta">
        {plain ? null : <StateChip tone={tones[state]}>{t(`state.${state}`)}</StateChip>}
        {priority === 'high' ? <StateChip tone="warn">{t('high')}</StateChip> : null}
        <span className="br-soft">
          {[
            words.asker(by),
            tellsOwn && question.own ? t('own') : null,
            fromExhibit !== null
              ? t('carried', { exhibit: fromExhibit })
              : sentMs === null
                ? t('before')
                : clock(sentMs),
            letter === null ? null : t('letterNo', { letter }),
          ]
            .filter((one) => one !== null)
            .join(' · ')}
        </span>
      </p>
      {reason === null ? null : <p className="br-soft">{t('because', { reason: words.reason(reason) })}</p>}
      {children}
    </li>
  );
}
