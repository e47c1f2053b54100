import { Checkbox, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languages } from '../../shared/i18n/index.ts';
import type { StepProps } from './StationStep.tsx';
import { Step } from './Step.tsx';
import { courtFaults } from './setUpForm.ts';

/** The court's name as documents have it, and the languages of its documents. */
export function CourtStep({ form, change, next, back }: StepProps) {
  const { t } = useTranslation('entry');
  return (
    <Step title={t('court.title')} faults={courtFaults(form)} next={next} back={back}>
      {(fault) => (
        <>
          <TextInput
            label={t('court.name')}
            description={t('court.nameHint')}
            value={form.court}
            onChange={(event) => change({ court: event.currentTarget.value })}
            error={fault('court')}
            autoFocus
          />
          <Checkbox.Group
            label={t('court.languages')}
            description={t('court.languagesHint')}
            error={fault('languages')}
            value={[...form.languages]}
            onChange={(chosen) =>
              change({ languages: languages.map(({ id }) => id).filter((id) => chosen.includes(id)) })
            }
          >
            <Group mt="sm" gap="lg">
              {languages.map(({ id, name }) => (
                <Checkbox key={id} value={id} label={<span lang={id}>{name}</span>} />
              ))}
            </Group>
          </Checkbox.Group>
        </>
      )}
    </Step>
  );
}
