import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NameWarning } from '../ui/index.ts';

interface WordsFieldProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly saved: string | null;
  readonly busy: boolean;
  readonly disabled: boolean;
  /** Closed to the court's vault: a name is in its place here. */
  readonly sealed?: boolean;
  readonly onSave: (words: string) => Promise<boolean>;
}

/** A few words of a person, saved with the button beside them; what somebody else saved meanwhile comes in while nothing is typed. */
export function WordsField({ label, description, saved, busy, disabled, sealed = false, onSave }: WordsFieldProps) {
  const { t } = useTranslation('preparation');
  const [typed, setTyped] = useState<string | null>(null);
  const words = typed ?? saved ?? '';
  useEffect(() => {
    if (saved !== null) setTyped((before) => (before?.trim() === saved ? null : before));
  }, [saved]);
  const changed = typed !== null && typed.trim() !== '' && typed.trim() !== saved;
  const save = async () => {
    if (changed && (await onSave(typed.trim()))) setTyped(null);
  };
  return (
    <form
      className="br-prep-words"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        label={label}
        description={description}
        value={words}
        maxLength={1000}
        disabled={disabled}
        size="md"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {sealed ? null : <NameWarning text={typed ?? ''} />}
      {changed ? (
        <Button type="submit" variant="light" size="md" loading={busy}>
          {t('save')}
        </Button>
      ) : null}
    </form>
  );
}
