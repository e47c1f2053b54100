import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTime } from '../ui/index.ts';
import { Step } from './Step.tsx';
import { type SetUpForm, stationFaults } from './setUpForm.ts';

export interface StepProps {
  readonly form: SetUpForm;
  readonly change: (part: Partial<SetUpForm>) => void;
  readonly next: () => void;
  readonly back?: () => void;
}

/** The station's names: one for people, one for exhibit numbers. */
export function StationStep({ form, change, next }: StepProps) {
  const { t } = useTranslation('entry');
  const year = useTime().getFullYear();
  return (
    <Step title={t('station.title')} text={t('station.text')} faults={stationFaults(form)} next={next}>
      {(fault) => (
        <>
          <TextInput
            label={t('station.name')}
            description={t('station.nameHint')}
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={fault('name')}
            data-autofocus
            autoFocus
          />
          <TextInput
            label={t('station.id')}
            description={t('station.idHint')}
            value={form.id}
            onChange={(event) => change({ id: event.currentTarget.value.toLowerCase() })}
            error={fault('id')}
            spellCheck={false}
            autoComplete="off"
            maxLength={20}
          />
          <p className="br-soft">{t('station.number', { number: `${form.id || '…'}-${year}-000001` })}</p>
        </>
      )}
    </Step>
  );
}
