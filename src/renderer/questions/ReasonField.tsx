import { Button, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { questionReasons } from '../../shared/domain/questions.ts';
import { NameWarning } from '../ui/index.ts';

export interface ReasonFieldProps {
  readonly of: keyof typeof questionReasons;
  readonly value: string;
  readonly onValue: (reason: string) => void;
}

/** Why a question is not asked: one of the usual reasons by a press, or in own words. */
export function ReasonField({ of, value, onValue }: ReasonFieldProps) {
  const { t } = useTranslation('questions');
  const id = useId();
  const usual: readonly (typeof questionReasons)[typeof of][number][] = questionReasons[of];
  const chosen = usual.find((one) => one === value);
  return (
    <div className="br-question-reason">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame of its own */}
      <div className="br-chips" role="group" aria-labelledby={id}>
        <span id={id} className="br-unseen">
          {t('why')}
        </span>
        {usual.map((one) => (
          <Button
            key={one}
            size="compact-md"
            variant={chosen === one ? 'light' : 'default'}
            aria-pressed={chosen === one}
            onClick={() => onValue(one)}
          >
            {t(`reason.${one}`)}
          </Button>
        ))}
      </div>
      <TextInput
        label={t('ownWords')}
        value={chosen === undefined ? value : ''}
        maxLength={200}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
      <NameWarning text={chosen === undefined ? value : ''} />
    </div>
  );
}
