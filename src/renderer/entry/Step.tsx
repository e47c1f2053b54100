import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Faults } from './setUpForm.ts';

export interface StepFrameProps {
  readonly title: string;
  readonly text?: string;
  readonly faults: Faults;
  readonly next: () => void;
  readonly back?: (() => void) | undefined;
  readonly nextLabel?: string;
  readonly busy?: boolean;
  /** Gets what is wrong with a field, in words; nothing before the person tried to go on. */
  readonly children: (fault: (field: string) => string | null) => ReactNode;
}

/** One step of the wizard: a question, its fields, and the way on. What is wrong is said when one tries to go on. */
export function Step({ title, text, faults, next, back, nextLabel, busy = false, children }: StepFrameProps) {
  const { t } = useTranslation(['entry', 'common']);
  const [tried, setTried] = useState(false);
  const words = {
    missing: t('person.missing'),
    passwordShort: t('person.passwordShort'),
    differs: t('person.differs'),
    sameLogin: t('person.sameLogin'),
    idWrong: t('station.idWrong'),
    languagesWrong: t('court.languagesWrong'),
  };
  const fault = (field: string) => {
    const found = faults[field];
    return tried && found !== undefined ? words[found] : null;
  };
  return (
    <form
      className="br-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (Object.keys(faults).length === 0) next();
      }}
    >
      <div>
        <h2 className="br-setup-question">{title}</h2>
        {text === undefined ? null : <p className="br-soft">{text}</p>}
      </div>
      {children(fault)}
      <div className="br-form-end">
        {back === undefined ? null : (
          <Button variant="default" onClick={back} disabled={busy}>
            {t('common:back')}
          </Button>
        )}
        <Button type="submit" loading={busy}>
          {nextLabel ?? t('common:continue')}
        </Button>
      </div>
    </form>
  );
}
