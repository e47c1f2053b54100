import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedQuestion } from '../../shared/contract/questions.ts';
import { wordsToAsk } from '../../shared/domain/questions.ts';
import { ConfirmDialog, NameWarning } from '../ui/index.ts';
import { isQuestion, QuestionField } from './QuestionField.tsx';
import { ReasonField } from './ReasonField.tsx';
import type { Deciding } from './useDeciding.ts';

export interface DecideDialogProps {
  readonly question: ListedQuestion;
  readonly to: 'reworded' | 'declined' | 'not-asked';
  readonly deciding: Deciding;
  readonly onClose: () => void;
}

/** Asks for the words that a decision needs: another wording, or a reason. The sender's own words stay in the record. */
export function DecideDialog({ question, to, deciding, onClose }: DecideDialogProps) {
  const { t } = useTranslation('questions');
  const [words, setWords] = useState(to === 'reworded' ? wordsToAsk(question) : '');
  const ready = to === 'reworded' ? isQuestion(words) && words !== wordsToAsk(question) : words.trim() !== '';
  const save = async () => {
    const decided = to === 'reworded' ? { to, wording: words } : { to, reason: words.trim() };
    if (ready && (await deciding.decide(question, decided))) onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={t(`dialog.${to}.title`)}
      text={<p className="br-question-text">{wordsToAsk(question)}</p>}
      confirm={t(`dialog.${to}.confirm`)}
      onConfirm={() => void save()}
      onClose={onClose}
      busy={deciding.busy}
      trouble={deciding.trouble}
      ready={ready}
    >
      <div className="br-form">
        <p className="br-soft">{t(`dialog.${to}.text`)}</p>
        {to === 'reworded' ? (
          <>
            <QuestionField
              label={t('wording')}
              value={words}
              onValue={setWords}
              onSubmit={() => void save()}
              autofocus
            />
            <NameWarning text={words} />
          </>
        ) : (
          <ReasonField of={to} value={words} onValue={setWords} />
        )}
      </div>
    </ConfirmDialog>
  );
}
