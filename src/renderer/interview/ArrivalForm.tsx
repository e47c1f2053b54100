import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Capacity, Place } from '../../shared/contract/cases.ts';
import { useStation } from '../app/client.ts';
import { SentenceError, useAct } from '../ui/index.ts';

const choices = Capacity.options.filter((one) => one !== 'investigator');

/** Somebody comes who was not planned: in which capacity, to which room, and the name, which is sealed as it arrives. */
export function ArrivalForm({ interview }: { readonly interview: string }) {
  const { t } = useTranslation(['interview', 'common']);
  const station = useStation();
  const [name, setName] = useState('');
  const [capacity, setCapacity] = useState<z.infer<typeof Capacity>>('other');
  const [place, setPlace] = useState<z.infer<typeof Place>>('observation');
  const arrive = useAct(async () => {
    await station.conducting.arrive({ interview, capacity, place, name: name.trim() });
    setName('');
  });
  return (
    <form
      className="br-form br-arrival"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void arrive.run();
      }}
    >
      <h2>{t('arrival.title')}</h2>
      <div className="br-arrival-fields">
        <Select
          label={t('arrival.capacity')}
          data={choices.map((value) => ({ value, label: t(`common:capacity.${value}`) }))}
          value={capacity}
          allowDeselect={false}
          onChange={(value) => setCapacity(Capacity.parse(value))}
        />
        <Select
          label={t('arrival.place')}
          data={Place.options.map((value) => ({ value, label: t(`common:seats.${value}`) }))}
          value={place}
          allowDeselect={false}
          onChange={(value) => setPlace(Place.parse(value))}
        />
        <TextInput
          label={t('arrival.name')}
          description={t('arrival.sealed')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={arrive.busy} disabled={name.trim() === ''}>
          {t('arrival.act')}
        </Button>
      </div>
      <SentenceError trouble={arrive.trouble} />
    </form>
  );
}
