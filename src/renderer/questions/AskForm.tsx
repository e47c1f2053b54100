import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Capacity } from '../../shared/contract/cases.ts';
import type { QuestionsView, SendInput } from '../../shared/contract/questions.ts';
import { usePeople } from '../interview/usePeople.ts';
import { isQuestion, QuestionField } from './QuestionField.tsx';

/** What the form asks for. */
export type Asked = Pick<(typeof SendInput)['_zod']['output'], 'text' | 'by' | 'priority' | 'letter'>;

export interface AskFormProps {
  readonly askers: QuestionsView['askers'];
  /** Who asked last; chosen again by itself. */
  readonly by: string;
  readonly onBy: (by: string) => void;
  /** True where it was taken: the field is empty again. */
  readonly onAsk: (asked: Asked) => Promise<boolean> | boolean;
  readonly busy?: boolean;
  /** Asks for the number of a letter too. */
  readonly letters?: boolean;
  readonly children?: (text: string) => React.ReactNode;
}

/** A question being written: the words, who asks, whether it is urgent. */
export function AskForm({ askers, by, onBy, onAsk, busy = false, letters = false, children }: AskFormProps) {
  const { t } = useTranslation(['questions', 'common']);
  const people = usePeople(askers);
  const [text, setText] = useState('');
  const [letter, setLetter] = useState('');
  const [high, setHigh] = useState(false);
  const ready = isQuestion(text) && by !== '';
  const ask = async () => {
    if (!ready || busy) return;
    const asked = {
      text,
      by,
      priority: high ? 'high' : 'normal',
      letter: letter.trim() === '' ? null : letter,
    } as const;
    if (!(await onAsk(asked))) return;
    setText('');
    setHigh(false);
  };
  return (
    <form
      className="br-ask"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <QuestionField label={t('text')} value={text} onValue={setText} onSubmit={() => void ask()} />
      {children?.(text)}
      <NativeSelect
        label={t('by')}
        value={by}
        onChange={(event) => onBy(event.currentTarget.value)}
        data={[
          { value: '', label: t('byChoose') },
          ...(people.length === 0
            ? []
            : [{ group: t('byPlanned'), items: people.map(({ code, name }) => ({ value: code, label: name })) }]),
          {
            group: t('byOther'),
            items: Capacity.options.map((one) => ({ value: one, label: t(`common:capacity.${one}`) })),
          },
        ]}
      />
      {letters ? (
        <TextInput
          label={t('letter')}
          value={letter}
          maxLength={200}
          onChange={(event) => setLetter(event.currentTarget.value)}
        />
      ) : null}
      <div className="br-ask-end">
        <Checkbox label={t('urgent')} checked={high} onChange={(event) => setHigh(event.currentTarget.checked)} />
        <Button type="submit" disabled={!ready} loading={busy}>
          {letters ? t('add') : t('send')}
        </Button>
      </div>
    </form>
  );
}
