import { useTranslation } from 'react-i18next';
import { PasswordField } from '../ui/index.ts';

export interface NewPasswordProps {
  readonly password: string;
  readonly again: string;
  readonly change: (part: { readonly password?: string; readonly again?: string }) => void;
  /** What is wrong with each, in words; nothing before it is time to say so. */
  readonly faults: { readonly password: string | null; readonly again: string | null };
  readonly labels?: { readonly password: string; readonly again: string };
  readonly size?: 'sm' | 'lg';
}

/** A password that somebody chooses, typed twice: at the first run, with an invitation, in place of the one so far. */
export function NewPassword({ password, again, change, faults, labels, size = 'sm' }: NewPasswordProps) {
  const { t } = useTranslation('entry');
  return (
    <>
      <PasswordField
        size={size}
        label={labels?.password ?? t('person.password')}
        description={t('person.passwordHint')}
        value={password}
        onChange={(event) => change({ password: event.currentTarget.value })}
        error={faults.password}
        autoComplete="new-password"
      />
      <PasswordField
        size={size}
        label={labels?.again ?? t('person.again')}
        value={again}
        onChange={(event) => change({ again: event.currentTarget.value })}
        error={faults.again}
        autoComplete="new-password"
      />
    </>
  );
}
