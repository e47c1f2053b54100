import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDesktop } from '../app/desktop.ts';

export interface PathFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly what: 'folder' | 'file';
  readonly error?: string | null;
}

/** A folder or file of this machine: chosen in the system's dialog where there is one, and always typed by hand. */
export function PathField({ label, description, value, onChange, what, error = null }: PathFieldProps) {
  const { t } = useTranslation();
  const desktop = useDesktop();
  const dialog = what === 'folder' ? desktop.chooseFolder : desktop.chooseFile;
  return (
    <div className="br-path">
      <TextInput
        label={label}
        description={description}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        spellCheck={false}
        autoComplete="off"
      />
      {dialog === null ? null : (
        <Button
          variant="default"
          onClick={() => {
            void dialog(label).then((path) => (path === null ? undefined : onChange(path)));
          }}
        >
          {t('choose')}
        </Button>
      )}
    </div>
  );
}
