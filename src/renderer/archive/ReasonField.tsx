import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Why something is taken away, in a person's own words. */
export function ReasonField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation('supplements');
  return (
    <Textarea
      label={t('reason')}
      value={value}
      maxLength={1000}
      autosize
      minRows={2}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-autofocus
    />
  );
}
