import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../../shared/i18n/index.ts';
import type { Trouble } from '../app/client.ts';
import { useSettings } from '../app/settings.ts';

export interface SentenceErrorProps {
  readonly trouble: Trouble | null;
  /** What may be done about it, as a quiet button. */
  readonly children?: ReactNode;
}

/** A refusal in words: what happened, what is safe, what to do. Read out at once; nothing is shown where nothing is wrong. */
export function SentenceError({ trouble, children }: SentenceErrorProps) {
  const language = useSettings((settings) => settings.language);
  const { t } = useTranslation();
  if (trouble === null) return null;
  const sentence =
    trouble.code === 'UNREACHABLE' ? t('error.unreachable') : sentenceOf(language, trouble.code, trouble.params);
  return (
    <Alert
      role="alert"
      className="br-error"
      variant="default"
      icon={<IconAlertCircle aria-hidden size={22} />}
      radius="md"
      data-code={trouble.code}
    >
      {sentence}
      {children === undefined ? null : <div className="br-error-acts">{children}</div>}
    </Alert>
  );
}
