import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../shared/contract/cases.ts';
import { Relation } from '../../shared/domain/roles.ts';
import { useStation } from '../app/client.ts';
import { Panel, SentenceError, useAct, useAsk } from '../ui/index.ts';

export interface CasePeopleProps {
  readonly of: CaseSummary;
  readonly mayAssign: boolean;
  readonly changed: () => void;
}

/** Who is on the case and why. */
export function CasePeople({ of, mayAssign, changed }: CasePeopleProps) {
  const { t } = useTranslation(['cases', 'common']);
  const [assigning, setAssigning] = useState(false);
  const relation = (word: string) => {
    const known = Relation.safeParse(word);
    return known.success ? t(`relation.${known.data}`) : word;
  };
  const aside = mayAssign ? (
    <Button variant="default" size="sm" onClick={() => setAssigning(true)}>
      {t('people.add')}
    </Button>
  ) : null;
  return (
    <Panel title={t('people.title')} aside={aside}>
      <ul className="br-rows">
        {of.people.map((person) => (
          <li className="br-row" key={person.account}>
            <div className="br-row-words">{person.name}</div>
            <div className="br-row-aside br-soft">{relation(person.relation)}</div>
          </li>
        ))}
      </ul>
      {assigning ? <AssignDialog of={of} onClose={() => setAssigning(false)} changed={changed} /> : null}
    </Panel>
  );
}

function AssignDialog({ of, onClose, changed }: Omit<CasePeopleProps, 'mayAssign'> & { readonly onClose: () => void }) {
  const { t } = useTranslation(['cases', 'common', 'roles']);
  const station = useStation();
  const people = useAsk('people', (client) => client.accounts.people());
  const [chosen, setChosen] = useState<string | null>(null);
  const assign = useAct(async () => {
    if (chosen === null) return;
    await station.cases.assign({ caseId: of.id, account: chosen });
    changed();
    onClose();
  });
  const there = new Set(of.people.map(({ account }) => account));
  const choices = (people.data ?? [])
    .filter(({ id, role }) => role === 'investigator' && !there.has(id))
    .map(({ id, name, role }) => ({ value: id, label: `${name} · ${t(`roles:${role}`)}` }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      classNames={{ title: 'br-dialog-title' }}
    >
      <form
        className="br-form"
        onSubmit={(event) => {
          event.preventDefault();
          void assign.run();
        }}
      >
        <p className="br-soft">{t('people.text')}</p>
        <SentenceError trouble={people.trouble ?? assign.trouble} />
        <Select
          label={t('people.choose')}
          data={choices}
          value={chosen}
          onChange={setChosen}
          nothingFoundMessage={t('people.nobody')}
          searchable
        />
        <div className="br-form-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={assign.busy} disabled={chosen === null}>
            {t('people.assign')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
