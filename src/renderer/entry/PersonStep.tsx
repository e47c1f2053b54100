import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NewPassword } from './NewPassword.tsx';
import { Step } from './Step.tsx';
import { type PersonForm, personFaults } from './setUpForm.ts';

type HolderRole = 'investigator' | 'judge' | 'clerk';
const holderRoles: readonly HolderRole[] = ['investigator', 'judge', 'clerk'];

export interface PersonStepProps {
  readonly who: 'administrator' | 'keyHolder';
  readonly person: PersonForm;
  readonly change: (person: PersonForm) => void;
  readonly role?: HolderRole;
  readonly changeRole?: (role: HolderRole) => void;
  readonly otherLogin?: string;
  readonly next: () => void;
  readonly back: () => void;
  readonly busy?: boolean;
}

/** One of the first two people of a station; each types their own password. */
export function PersonStep(props: PersonStepProps) {
  const { who, person, change, role, changeRole, otherLogin, next, back, busy = false } = props;
  const { t } = useTranslation(['entry', 'roles']);
  const set = (part: Partial<PersonForm>) =>
    change({ name: person.name, login: person.login, password: person.password, again: person.again, ...part });
  return (
    <Step
      title={t(`${who}.title`)}
      text={t(`${who}.text`)}
      faults={personFaults(person, otherLogin ?? null)}
      next={next}
      back={back}
      busy={busy}
      {...(who === 'keyHolder' ? { nextLabel: t('setUp.make') } : {})}
    >
      {(fault) => (
        <>
          <div className="br-form-two">
            <TextInput
              label={t('person.name')}
              value={person.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              error={fault('name')}
              autoComplete="off"
              autoFocus
            />
            <TextInput
              label={t('person.login')}
              value={person.login}
              onChange={(event) => set({ login: event.currentTarget.value })}
              error={fault('login')}
              autoComplete="off"
              spellCheck={false}
            />
          </div>
          {role === undefined || changeRole === undefined ? null : (
            <Select
              label={t('person.role')}
              data={holderRoles.map((value) => ({ value, label: t(`roles:${value}`) }))}
              value={role}
              onChange={(chosen) => {
                const found = holderRoles.find((one) => one === chosen);
                if (found !== undefined) changeRole(found);
              }}
            />
          )}
          <NewPassword
            password={person.password}
            again={person.again}
            change={set}
            faults={{ password: fault('password'), again: fault('again') }}
          />
          {busy ? (
            <p role="status" className="br-soft">
              {t('setUp.working')}
            </p>
          ) : null}
        </>
      )}
    </Step>
  );
}
