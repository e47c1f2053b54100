import { useTranslation } from 'react-i18next';
import type { PreparationAnswer } from '../../shared/domain/preparationAnswers.ts';
import { Choice } from './Choice.tsx';
import type { Checklist } from './checklistPart.ts';
import { SaidBy } from './SaidBy.tsx';
import { WordsField } from './WordsField.tsx';

type AnyState = 'yes' | 'no' | 'none' | 'some' | 'not-asked';

interface AskedItemProps<State extends AnyState> {
  readonly list: Checklist;
  readonly label: string;
  /** The item's name in the checklist. */
  readonly item: string;
  readonly states: readonly State[];
  readonly stateOf: (answer: PreparationAnswer) => State | null;
  readonly answerOf: (state: State) => PreparationAnswer;
  /** Answers that ask for words; the first is meant where somebody writes before they choose. */
  readonly worded: readonly [State, ...State[]];
}

/** A question with a few answers, and room for words where an answer asks for them or words stand there. */
export function AskedItem<State extends AnyState>(props: AskedItemProps<State>) {
  const { list, label, item, states, stateOf, answerOf, worded } = props;
  const { t } = useTranslation('preparation');
  const given = list.entry(item);
  const state = given === null ? null : stateOf(given.answer);
  const disabled = !list.view.open;
  const said = (one: AnyState) => t(`answer.${one}`);
  return (
    <li className="br-prep-item">
      <div className="br-prep-row">
        <span className="br-prep-grow">
          {label} <SaidBy entry={given} />
        </span>
        <Choice
          label={label}
          options={states.map((value) => ({ value, label: said(value) }))}
          value={state}
          disabled={disabled}
          onChoose={(chosen) => void list.answer(answerOf(chosen), given?.words)}
        />
      </div>
      {(state !== null && worded.includes(state)) || given?.words ? (
        <WordsField
          label={t('words')}
          saved={given?.words ?? null}
          {...{ busy: list.busy, disabled }}
          onSave={(words) => list.answer(answerOf(state ?? worded[0]), words)}
        />
      ) : null}
    </li>
  );
}
