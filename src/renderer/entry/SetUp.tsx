import { Stepper } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import { refresh, useSession } from '../app/sessionStore.ts';
import { SentenceError, useAct } from '../ui/index.ts';
import { CourtStep } from './CourtStep.tsx';
import './entry.css';
import { PersonStep } from './PersonStep.tsx';
import { RecoveryStep } from './RecoveryStep.tsx';
import { StationStep } from './StationStep.tsx';
import { emptySetUp, type SetUpForm, setUpInput } from './setUpForm.ts';

type Result = Awaited<ReturnType<ReturnType<typeof useStation>['station']['setUp']>>;

/** The first run: a new station gets its name, its people and its keys. */
export function SetUp() {
  const { t } = useTranslation('entry');
  const station = useStation();
  const [step, setStep] = useState(0);
  const [form, setForm] = useState<SetUpForm>(emptySetUp);
  const [result, setResult] = useState<Result | null>(null);
  const change = (part: Partial<SetUpForm>) => setForm((before) => ({ ...before, ...part }));
  const next = () => setStep((before) => before + 1);
  const back = () => setStep((before) => before - 1);

  const make = useAct(async () => {
    // From here the station is set up and would show the sign-in; the recovery key must be seen and printed first.
    useSession.setState({ settingUp: true });
    try {
      setResult(await station.station.setUp(setUpInput(form)));
      next();
    } catch (error) {
      useSession.setState({ settingUp: false });
      throw error;
    }
  });
  const finish = () => {
    useSession.setState({ settingUp: false, info: null });
    void refresh(station);
  };

  return (
    <main className="br-setup">
      <header className="br-setup-head br-noprint">
        <div>
          <h1>{t('setUp.title')}</h1>
          <p className="br-soft">{t('setUp.lead')}</p>
        </div>
        <LanguageSwitch />
      </header>
      <Stepper active={step} size="sm" className="br-noprint br-setup-steps" aria-label={t('setUp.steps')}>
        <Stepper.Step label={t('step.station')} allowStepSelect={false} />
        <Stepper.Step label={t('step.court')} allowStepSelect={false} />
        <Stepper.Step label={t('step.administrator')} allowStepSelect={false} />
        <Stepper.Step label={t('step.keyHolder')} allowStepSelect={false} />
        <Stepper.Step label={t('step.recovery')} allowStepSelect={false} />
      </Stepper>
      <div className="br-setup-body">
        <SentenceError trouble={make.trouble} />
        {step === 0 ? <StationStep form={form} change={change} next={next} /> : null}
        {step === 0 ? <p className="br-soft">{t('setUp.fromBackup')}</p> : null}
        {step === 1 ? <CourtStep form={form} change={change} next={next} back={back} /> : null}
        {step === 2 ? (
          <PersonStep
            key="administrator"
            who="administrator"
            person={form.administrator}
            change={(administrator) => change({ administrator })}
            next={next}
            back={back}
          />
        ) : null}
        {step === 3 ? (
          <PersonStep
            key="keyHolder"
            who="keyHolder"
            person={form.keyHolder}
            change={(person) => change({ keyHolder: { ...form.keyHolder, ...person } })}
            role={form.keyHolder.role}
            changeRole={(role) => change({ keyHolder: { ...form.keyHolder, role } })}
            otherLogin={form.administrator.login}
            next={() => void make.run()}
            back={back}
            busy={make.busy}
          />
        ) : null}
        {step === 4 && result !== null ? <RecoveryStep form={form} result={result} finish={finish} /> : null}
      </div>
    </main>
  );
}
