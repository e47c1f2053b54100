import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { groupsOf, isGroup } from './recoveryGroups.ts';

export interface RecoveryCheckProps {
  readonly part1: string;
  readonly part2: string;
  readonly show: (part: 1 | 2) => void;
  readonly finish: () => void;
  /** What finishing does, in words; the first run's where none are given. */
  readonly finishLabel?: string;
}

const fields = ['first1', 'last1', 'first2', 'last2'] as const;
type Field = (typeof fields)[number];

/** The first and last group of each sheet, typed from the paper: whoever can do that has both sheets printed whole. */
export function RecoveryCheck({ part1, part2, show, finish, finishLabel }: RecoveryCheckProps) {
  const { t } = useTranslation('entry');
  const [typed, setTyped] = useState<Readonly<Record<Field, string>>>({ first1: '', last1: '', first2: '', last2: '' });
  const [tried, setTried] = useState(false);
  const expected: Readonly<Record<Field, string | undefined>> = {
    first1: groupsOf(part1).at(0),
    last1: groupsOf(part1).at(-1),
    first2: groupsOf(part2).at(0),
    last2: groupsOf(part2).at(-1),
  };
  const right = (field: Field) => isGroup(typed[field], expected[field]);
  return (
    <form
      className="br-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (fields.every(right)) finish();
      }}
    >
      <div>
        <h2 className="br-setup-question">{t('recovery.checkTitle')}</h2>
        <p className="br-soft">{t('recovery.checkText')}</p>
      </div>
      <div className="br-form-two">
        {fields.map((field) => (
          <TextInput
            key={field}
            name={field}
            label={t(`recovery.group.${field}`)}
            value={typed[field]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setTyped((before) => ({ ...before, [field]: value }));
            }}
            error={tried && !right(field) ? t('recovery.wrong') : null}
            spellCheck={false}
            autoComplete="off"
            classNames={{ input: 'br-mono' }}
          />
        ))}
      </div>
      <div className="br-form-end">
        <Button variant="default" onClick={() => show(1)}>
          {t('recovery.showAgain', { part: 1 })}
        </Button>
        <Button variant="default" onClick={() => show(2)}>
          {t('recovery.showAgain', { part: 2 })}
        </Button>
        <Button type="submit">{finishLabel ?? t('recovery.finish')}</Button>
      </div>
    </form>
  );
}
