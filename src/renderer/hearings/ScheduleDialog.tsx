import { Checkbox, Select, Stack, TextInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStation } from '../app/client.ts';
import { Asking, EmptyState, FormDialog, useAct, useAsk, useFormat, useNames } from '../ui/index.ts';

export interface ScheduleDialogProps {
  readonly onClose: () => void;
  readonly scheduled: () => void;
}

/** Schedules a hearing of a case whose recordings are in the archive, and admits some of them to it. */
export function ScheduleDialog({ onClose, scheduled }: ScheduleDialogProps) {
  const { t } = useTranslation('hearings');
  const station = useStation();
  const names = useNames();
  const { duration } = useFormat();
  const [exhibits, setExhibits] = useState<string[]>([]);
  const [caseId, setCaseId] = useState<string | null>(null);
  const [number, setNumber] = useState('');
  const [judge, setJudge] = useState<string | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const asked = useAsk('schedule', async (client) => {
    const [all, people] = await Promise.all([client.exhibits.list(), client.accounts.people()]);
    return {
      kept: all.filter(({ archive }) => archive === 'accepted'),
      judges: people.filter(({ role }) => role === 'judge'),
    };
  });
  const time = at === null ? null : new Date(at.replace(' ', 'T'));
  const schedule = useAct(async () => {
    if (caseId === null || judge === null || time === null) return;
    await station.hearings.schedule({ caseId, number: number.trim(), judge, plannedAt: time.toISOString(), exhibits });
    scheduled();
    onClose();
  });
  const ready = caseId !== null && judge !== null && time !== null && number.trim() !== '' && exhibits.length > 0;
  return (
    <FormDialog
      title={t('form.title')}
      size="lg"
      onClose={onClose}
      submit={t('form.save')}
      onSubmit={() => void schedule.run()}
      busy={schedule.busy}
      trouble={schedule.trouble}
      ready={ready}
    >
      <Asking asked={asked}>
        {({ kept, judges }) => {
          const cases = new Map(kept.map((exhibit) => [exhibit.caseId, exhibit.caseNumber]));
          if (cases.size === 0) return <EmptyState>{t('form.caseNone')}</EmptyState>;
          const own = kept.filter((exhibit) => exhibit.caseId === caseId);
          return (
            <>
              <div className="br-form-two">
                <Select
                  label={t('form.case')}
                  data={[...cases].map(([value, label]) => ({ value, label }))}
                  value={caseId}
                  onChange={(chosen) => {
                    setCaseId(chosen);
                    setExhibits(kept.filter((exhibit) => exhibit.caseId === chosen).map((exhibit) => exhibit.number));
                  }}
                />
                <TextInput
                  label={t('form.number')}
                  value={number}
                  onChange={(event) => setNumber(event.currentTarget.value)}
                />
                <Select
                  label={t('form.judge')}
                  data={judges.map(({ id, name }) => ({ value: id, label: name }))}
                  value={judge}
                  onChange={setJudge}
                />
                <DateTimePicker
                  size="md"
                  label={t('form.at')}
                  value={at}
                  onChange={setAt}
                  valueFormat="DD.MM.YYYY HH:mm"
                />
              </div>
              {caseId === null ? null : (
                <Checkbox.Group label={t('form.exhibits')} value={exhibits} onChange={setExhibits}>
                  <Stack gap="sm" mt="sm">
                    {own.map((exhibit) => (
                      <Checkbox
                        key={exhibit.number}
                        value={exhibit.number}
                        label={`${exhibit.number} · ${names.kind(exhibit.kind)} · ${names.child(exhibit.childCode)} · ${duration(exhibit.durationMs ?? 0)}`}
                      />
                    ))}
                  </Stack>
                </Checkbox.Group>
              )}
            </>
          );
        }}
      </Asking>
    </FormDialog>
  );
}
