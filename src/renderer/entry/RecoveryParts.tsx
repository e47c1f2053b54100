import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface Parts {
  readonly part1: string;
  readonly part2: string;
}

export const noParts: Parts = { part1: '', part2: '' };

/** Both printed sheets as they are typed from the paper. */
export function RecoveryParts({ parts, change }: { readonly parts: Parts; readonly change: (parts: Parts) => void }) {
  const { t } = useTranslation('access');
  return (
    <>
      {(['part1', 'part2'] as const).map((part) => (
        <Textarea
          rows={2}
          key={part}
          label={t(`recovery.${part}`)}
          value={parts[part]}
          onChange={(event) => change({ ...parts, [part]: event.currentTarget.value })}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: 'br-mono' }}
        />
      ))}
    </>
  );
}
