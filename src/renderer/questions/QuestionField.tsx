import { Textarea, type TextareaProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { plainQuestion, QUESTION_LENGTH } from '../../shared/domain/questions.ts';

export interface QuestionFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (text: string) => void;
  /** Ctrl+Enter. */
  readonly onSubmit?: () => void;
  readonly autofocus?: boolean;
  readonly field?: TextareaProps;
}

/** True where the station would take this text. */
export function isQuestion(text: string): boolean {
  const plain = plainQuestion(text);
  return plain !== '' && plain.length <= QUESTION_LENGTH;
}

/** The words of a question, with how many characters are left. What is too long stays as it was typed, and is not sent. */
export function QuestionField({ label, value, onValue, onSubmit, autofocus = false, field }: QuestionFieldProps) {
  const { t } = useTranslation('questions');
  const count = plainQuestion(value).length;
  const over = count > QUESTION_LENGTH;
  return (
    <Textarea
      {...field}
      label={label}
      value={value}
      autosize
      minRows={2}
      maxRows={6}
      error={over ? t('tooLong', { count, most: QUESTION_LENGTH }) : null}
      description={over ? null : t('count', { count, most: QUESTION_LENGTH })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onValue(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit?.();
      }}
      data-autofocus={autofocus || undefined}
    />
  );
}
