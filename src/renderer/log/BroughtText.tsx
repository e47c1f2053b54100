import { Button, FileButton, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface BroughtTextProps {
  readonly label: string;
  readonly hint: string;
  readonly act: string;
  readonly busy: boolean;
  /** Gives the text; true when it was taken, and the field is emptied. */
  readonly onText: (text: string) => Promise<boolean>;
}

/** Something that was brought from another station: a file, or text that a scanner types or a person pastes. */
export function BroughtText({ label, hint, act, busy, onText }: BroughtTextProps) {
  const { t } = useTranslation('witness');
  const [text, setText] = useState('');
  const give = async () => {
    if (await onText(text)) setText('');
  };
  return (
    <form
      className="br-form"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <Textarea
        label={label}
        description={hint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={4}
        maxLength={20_000}
        spellCheck={false}
        classNames={{ input: 'br-carried-input' }}
      />
      <div className="br-form-end">
        <FileButton onChange={(file) => void file?.text().then(setText)}>
          {(props) => (
            <Button variant="default" {...props}>
              {t('openFile')}
            </Button>
          )}
        </FileButton>
        <Button type="submit" loading={busy} disabled={text.trim() === ''}>
          {act}
        </Button>
      </div>
    </form>
  );
}
