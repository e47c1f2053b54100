import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedQuestion } from '../../shared/contract/questions.ts';
import { isToAsk, questionMay } from '../../shared/domain/questions.ts';
import { Kbd } from '../ui/index.ts';
import { DecideDialog, type DecideDialogProps } from './DecideDialog.tsx';
import type { Deciding } from './useDeciding.ts';

export interface DecideRowProps {
  readonly question: ListedQuestion;
  readonly deciding: Deciding;
  /** The single keys stand for this question. */
  readonly shortcut?: boolean;
  /** Nothing is asked yet. */
  readonly before?: boolean;
  /** For fingers. */
  readonly large?: boolean;
}

/** The buttons of a question, by what may become of it next. */
export function DecideRow({ question, deciding, shortcut = false, before = false, large = false }: DecideRowProps) {
  const { t } = useTranslation('questions');
  const [dialog, setDialog] = useState<DecideDialogProps['to'] | null>(null);
  const size = large ? 'md' : 'compact-md';
  const may = (to: ListedQuestion['state']) => questionMay(question.state, to);
  const toAsk = isToAsk(question);
  const again = question.state === 'declined' || question.state === 'not-asked';
  return (
    <div className="br-question-acts">
      {may('accepted') ? (
        <Button
          size={size}
          variant={again ? 'subtle' : 'light'}
          onClick={() => void deciding.decide(question, { to: 'accepted' })}
          rightSection={shortcut ? <Kbd>K</Kbd> : null}
        >
          {again ? t('act.again') : t('act.accept')}
        </Button>
      ) : null}
      {toAsk && !before ? (
        <Button
          size={size}
          variant="light"
          onClick={() => void deciding.decide(question, { to: 'asked' })}
          rightSection={shortcut ? <Kbd>A</Kbd> : null}
        >
          {t('act.asked')}
        </Button>
      ) : null}
      {may('reworded') && !again ? (
        <Button size={size} variant="default" onClick={() => setDialog('reworded')}>
          {t('act.reword')}
        </Button>
      ) : null}
      {may('declined') ? (
        <Button size={size} variant="default" onClick={() => setDialog('declined')}>
          {t('act.decline')}
        </Button>
      ) : null}
      {toAsk || question.state === 'asked' ? (
        <Button size={size} variant={toAsk ? 'default' : 'subtle'} onClick={() => setDialog('not-asked')}>
          {toAsk ? t('act.leave') : t('act.notAsked')}
        </Button>
      ) : null}
      {dialog === null ? null : (
        <DecideDialog question={question} to={dialog} deciding={deciding} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}
