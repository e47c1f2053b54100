import type { TFunction } from 'i18next';
import type { PreparationView } from '../../shared/contract/preparation.ts';
import { dateWriter } from '../ui/dates.ts';
import type { OpenedNames } from './checklistPart.ts';

export interface Occasion {
  readonly now: Date;
  readonly court: string | null;
  readonly names: OpenedNames | null;
  /** Words in the interview's language, whatever the screen's is. */
  readonly t: TFunction<'preparation'>;
  readonly common: TFunction<'common'>;
}

type Asked = Pick<PreparationView, 'interview' | 'rules' | 'entries'>;

/** What is said in place of `{{…}}` of a reading: data of the interview, in its language, by the clock of the rules' zone. */
export function openingValues({ interview, rules, entries }: Asked, occasion: Occasion): Record<string, string | null> {
  const { language, officer, participants } = interview;
  const { t, common, names, now, court } = occasion;
  const absent = new Set(
    entries.flatMap(({ answer }) => (answer.about === 'person' && answer.state === 'absent' ? [answer.code] : [])),
  );
  const here = participants.filter(({ code }) => !absent.has(code));
  const person = (capacity: (typeof here)[number]['capacity'], name: string | undefined) => {
    const said = common(`capacity.${capacity}`).toLocaleLowerCase(language);
    return name === undefined ? said : t('opening.person', { capacity: said, name });
  };
  const named = (one: (typeof here)[number]) => person(one.capacity, names?.people.get(one.code));
  const first = (capacity: (typeof here)[number]['capacity']) => here.find((one) => one.capacity === capacity);
  const [interviewer, interpreter] = [first('interviewer'), first('interpreter')];
  const inRoom = [
    person('investigator', officer.name),
    ...here.filter(({ place }) => place === 'interview').map(named),
  ].join(', ');
  const watching = here.filter(({ place }) => place === 'observation').map(named);
  return {
    date: dateWriter(language, 'date', rules.timeZone)(now),
    time: dateWriter(language, 'time', rules.timeZone)(now),
    place: [interview.room.name, court].filter((part) => part !== null).join(', '),
    case: interview.caseNumber,
    child: names?.called ?? interview.child.code,
    officer: officer.name,
    interviewer: interviewer === undefined ? officer.name : named(interviewer),
    interpreter: interpreter === undefined ? t('opening.nobody') : named(interpreter),
    persons: watching.length === 0 ? inRoom : t('opening.watching', { here: inRoom, watching: watching.join(', ') }),
    language: common(`spoken.${language}`),
  };
}
