import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Capacity, Place } from '../../shared/contract/cases.ts';
import { Panel } from '../ui/index.ts';
import { type PersonRow, usualPlace } from './planForm.ts';
import type { PanelProps } from './WhatPanel.tsx';

/** Who will be in which room, besides the child and the officer. */
export function PeoplePanel({
  form,
  change,
  fault,
}: PanelProps & { readonly fault: (field: string) => string | null }) {
  const { t } = useTranslation(['plan', 'common']);
  const set = (key: number, part: Partial<PersonRow>) =>
    change({ people: form.people.map((person) => (person.key === key ? { ...person, ...part } : person)) });
  const add = () => {
    const taken = new Set(form.people.map(({ capacity }) => capacity));
    const capacity = Capacity.options.find((one) => one !== 'investigator' && !taken.has(one)) ?? 'other';
    const key = 1 + Math.max(0, ...form.people.map((person) => person.key));
    change({ people: [...form.people, { key, capacity, place: usualPlace(capacity), name: '' }] });
  };
  return (
    <Panel title={t('people.title')}>
      <p className="br-soft">{t('people.text')}</p>
      {form.people.map((person) => {
        const who = t(`common:capacity.${person.capacity}`);
        return (
          <fieldset className="br-fieldset br-person" key={person.key}>
            <legend className="br-unseen">{who}</legend>
            <Select
              label={t('people.capacity')}
              data={Capacity.options.map((value) => ({ value, label: t(`common:capacity.${value}`) }))}
              value={person.capacity}
              onChange={(value) => {
                const capacity = Capacity.safeParse(value);
                if (capacity.success) set(person.key, { capacity: capacity.data, place: usualPlace(capacity.data) });
              }}
            />
            <TextInput
              label={t('people.name')}
              value={person.name}
              onChange={(event) => set(person.key, { name: event.currentTarget.value })}
              error={fault(`person ${person.key}`)}
              autoComplete="off"
            />
            <Select
              label={t('people.place')}
              data={Place.options.map((value) => ({ value, label: t(`common:seats.${value}`) }))}
              value={person.place}
              onChange={(value) => {
                const place = Place.safeParse(value);
                if (place.success) set(person.key, { place: place.data });
              }}
            />
            <ActionIcon
              variant="subtle"
              size={44}
              aria-label={t('people.remove', { who })}
              onClick={() => change({ people: form.people.filter(({ key }) => key !== person.key) })}
            >
              <IconX aria-hidden size={20} />
            </ActionIcon>
          </fieldset>
        );
      })}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus aria-hidden size={18} />}
          onClick={add}
          disabled={form.people.length >= 30}
        >
          {t('people.add')}
        </Button>
      </div>
    </Panel>
  );
}
