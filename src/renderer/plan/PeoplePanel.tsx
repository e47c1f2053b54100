import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Capacity, Place } from '../../shared/contract/cases.ts';
import type { ExpectedPerson } from '../../shared/contract/planning.ts';
import { Panel } from '../ui/index.ts';
import { type PeopleForm, type PersonRow, usualPlace } from './planForm.ts';
import { SeatsAsked } from './SeatsAsked.tsx';

export interface PeoplePanelProps {
  readonly form: PeopleForm;
  readonly change: (part: Partial<PeopleForm>) => void;
  readonly fault: (field: string) => string | null;
  /** Whom the rules ask for; empty while that is not known. */
  readonly asked: readonly ExpectedPerson[];
}

/** Who will be in which room, besides the child and the officer, and whom the rules ask for. */
export function PeoplePanel({ form, change, fault, asked }: PeoplePanelProps) {
  const { t } = useTranslation(['plan', 'common']);
  const set = (key: number, part: Partial<PersonRow>) =>
    change({
      people: form.people.map((person) => (person.key === key ? { ...person, ...part } : person)),
      touched: true,
    });
  const add = (capacity: PersonRow['capacity']) =>
    change({ people: [...form.people, newPerson(form.people, capacity)], touched: true });
  const another = () => {
    const taken = new Set(form.people.map(({ capacity }) => capacity));
    add(Capacity.options.find((one) => one !== 'investigator' && !taken.has(one)) ?? 'other');
  };
  return (
    <Panel title={t('people.title')}>
      <p className="br-soft">{t('people.text')}</p>
      {form.people.map((person) => (
        <PersonFields
          key={person.key}
          person={person}
          set={(part) => set(person.key, part)}
          remove={() => change({ people: form.people.filter(({ key }) => key !== person.key), touched: true })}
          error={fault(`person ${person.key}`)}
        />
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus aria-hidden size={18} />}
          onClick={another}
          disabled={form.people.length >= 30}
        >
          {t('people.add')}
        </Button>
      </div>
      {asked.length === 0 ? null : (
        <>
          <h3>{t('seat.title')}</h3>
          <SeatsAsked
            form={form}
            asked={asked}
            add={add}
            excuse={(key, reason) => change({ absent: { ...form.absent, [key]: reason } })}
            fault={fault}
          />
        </>
      )}
    </Panel>
  );
}

/** A row for one more person. */
export function newPerson(people: readonly PersonRow[], capacity: PersonRow['capacity']): PersonRow {
  const key = 1 + Math.max(0, ...people.map((person) => person.key));
  return { key, capacity, place: usualPlace(capacity), name: '', code: null };
}

interface PersonFieldsProps {
  readonly person: PersonRow;
  readonly set: (part: Partial<PersonRow>) => void;
  readonly remove: () => void;
  readonly error: string | null;
}

function PersonFields({ person, set, remove, error }: PersonFieldsProps) {
  const { t } = useTranslation(['plan', 'common']);
  const who = t(`common:capacity.${person.capacity}`);
  const sealed = person.code !== null;
  return (
    <fieldset className="br-fieldset br-person">
      <legend className="br-unseen">{who}</legend>
      <Select
        label={t('people.capacity')}
        data={Capacity.options.map((value) => ({ value, label: t(`common:capacity.${value}`) }))}
        value={person.capacity}
        disabled={sealed}
        onChange={(value) => {
          const capacity = Capacity.safeParse(value);
          if (capacity.success) set({ capacity: capacity.data, place: usualPlace(capacity.data) });
        }}
      />
      <TextInput
        label={t('people.name')}
        value={sealed ? t('people.sealed') : person.name}
        disabled={sealed}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={error}
        autoComplete="off"
      />
      <Select
        label={t('people.place')}
        data={Place.options.map((value) => ({ value, label: t(`common:seats.${value}`) }))}
        value={person.place}
        onChange={(value) => {
          const place = Place.safeParse(value);
          if (place.success) set({ place: place.data });
        }}
      />
      <ActionIcon variant="subtle" size={44} aria-label={t('people.remove', { who })} onClick={remove}>
        <IconX aria-hidden size={20} />
      </ActionIcon>
    </fieldset>
  );
}
