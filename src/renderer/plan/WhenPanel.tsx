import { NumberInput, Select } from '@mantine/core';
import { DateInput, TimePicker } from '@mantine/dates';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Asking, EmptyState, Panel, SimulatedBadge, useAsk } from '../ui/index.ts';
import type { WhenForm } from './planForm.ts';
import { ZoneNote } from './ZoneNote.tsx';

export interface WhenPanelProps {
  readonly form: WhenForm;
  readonly change: (part: Partial<WhenForm>) => void;
  readonly fault: (field: string) => string | null;
  readonly zone: string;
}

/** Room, day, time and length. */
export function WhenPanel({ form, change, fault, zone }: WhenPanelProps) {
  const { t } = useTranslation(['plan', 'common']);
  const asked = useAsk('rooms', (station) => station.rooms.list());
  const first = asked.data?.[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the rooms arrive, not at each change of the form
  useEffect(() => {
    if (first !== undefined && form.room === '') change({ room: first });
  }, [first]);
  return (
    <Panel title={t('when.title')}>
      <Asking asked={asked}>
        {(rooms) => {
          if (rooms.length === 0) return <EmptyState>{t('when.noRoom')}</EmptyState>;
          const chosen = rooms.find(({ id }) => id === form.room);
          return (
            <>
              <Select
                label={t('when.room')}
                data={rooms.map(({ id, name, simulated }) => ({
                  value: id,
                  label: simulated ? `${name} · ${t('common:simulated')}` : name,
                }))}
                value={form.room === '' ? null : form.room}
                onChange={(room) => change({ room: room ?? '' })}
                error={fault('room')}
              />
              {chosen?.simulated ? (
                <p className="br-simulated">
                  <SimulatedBadge /> <span className="br-soft">{t('when.simulated')}</span>
                </p>
              ) : null}
            </>
          );
        }}
      </Asking>
      <div className="br-when">
        <DateInput
          size="md"
          label={t('when.date')}
          value={form.date}
          onChange={(date) => change({ date: date ?? '' })}
          valueFormat="DD.MM.YYYY"
          error={fault('time')}
        />
        <TimePicker
          size="md"
          label={t('when.time')}
          value={form.time}
          onChange={(time) => change({ time: time.slice(0, 5) })}
          format="24h"
          minutesStep={5}
        />
        <NumberInput
          label={t('when.minutes')}
          description={t('when.minutesHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.minutes}
          onChange={(minutes) => change({ minutes: typeof minutes === 'number' ? minutes : Number.NaN })}
          min={5}
          max={480}
          step={5}
          allowDecimal={false}
          error={fault('minutes')}
        />
      </div>
      <ZoneNote zone={zone} />
    </Panel>
  );
}
