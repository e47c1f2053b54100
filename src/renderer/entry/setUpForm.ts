import { Line } from '../../shared/contract/common.ts';
import { SetUpInput } from '../../shared/contract/station.ts';

/** What a person typed into the wizard so far. */
export interface SetUpForm {
  readonly name: string;
  readonly id: string;
  readonly court: string;
  readonly languages: readonly ('kk' | 'ru' | 'en')[];
  readonly administrator: PersonForm;
  readonly keyHolder: PersonForm & { readonly role: 'investigator' | 'judge' | 'clerk' };
}

export interface PersonForm {
  readonly name: string;
  readonly login: string;
  readonly password: string;
  readonly again: string;
}

const nobody: PersonForm = { name: '', login: '', password: '', again: '' };
export const emptySetUp: SetUpForm = {
  name: '',
  id: '',
  court: '',
  languages: ['kk', 'ru'],
  administrator: nobody,
  keyHolder: { ...nobody, role: 'investigator' },
};

/** The least length of a password; the station decides and has further rules. */
export const shortestPassword = 10;

/** What is wrong with a field, as the last part of a key of `entry`. */
export type Fault = 'missing' | 'passwordShort' | 'differs' | 'sameLogin' | 'idWrong' | 'languagesWrong';
export type Faults = Readonly<Partial<Record<string, Fault>>>;

const isLine = (text: string) => Line.safeParse(text).success;

export function stationFaults(form: SetUpForm): Faults {
  return {
    ...(isLine(form.name) ? {} : { name: 'missing' }),
    ...(SetUpInput.shape.id.safeParse(form.id).success ? {} : { id: 'idWrong' }),
  };
}

export function courtFaults(form: SetUpForm): Faults {
  return {
    ...(isLine(form.court) ? {} : { court: 'missing' }),
    ...(form.languages.length > 0 ? {} : { languages: 'languagesWrong' }),
  };
}

export function personFaults(person: PersonForm, otherLogin: string | null = null): Faults {
  return {
    ...(isLine(person.name) ? {} : { name: 'missing' }),
    ...(isLine(person.login) ? {} : { login: 'missing' }),
    ...(otherLogin !== null && isLine(person.login) && person.login.trim() === otherLogin.trim()
      ? { login: 'sameLogin' }
      : {}),
    ...(person.password.length >= shortestPassword ? {} : { password: 'passwordShort' }),
    ...(person.password === person.again ? {} : { again: 'differs' }),
  };
}

/** What is sent to the station. */
export function setUpInput(form: SetUpForm) {
  const person = ({ name, login, password }: PersonForm) => ({ name: name.trim(), login: login.trim(), password });
  return {
    id: form.id,
    name: form.name.trim(),
    court: form.court.trim(),
    languages: [...form.languages],
    administrator: person(form.administrator),
    keyHolder: { ...person(form.keyHolder), role: form.keyHolder.role },
  };
}
