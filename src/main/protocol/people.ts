import { timeMark } from '../../shared/domain/transcript.ts';
import { fill, visible } from '../../shared/evidence/reportWords.ts';
import type { Block, FactRow } from '../papers/index.ts';
import type { ProtocolData } from './data.ts';
import type { Saying } from './saying.ts';

type Said = Pick<Saying, 'text' | 'common'>;

/** Everyone whom the protocol names, when they were there, and in which room. */
export function peopleOf(data: ProtocolData, saying: Saying): Block[] {
  const { persons } = saying.text;
  const rows = data.people.map(({ code, name, place }): FactRow => {
    const lines = [name ?? persons.unnamed, ...about(data, saying, code)];
    const room = place === null ? [] : [saying.common.seats[place]];
    const values = [...lines, ...[...room, ...presence(data, saying, code)].filter((one) => one !== '')];
    return {
      label: capacityOf(data, saying, code),
      values: values.map((value, index) => ({ text: visible(value), ...(index === 0 ? {} : { soft: true }) })),
    };
  });
  return [{ kind: 'facts', rows }];
}

function about({ record }: ProtocolData, { text: { persons } }: Saying, code: string): string[] {
  const coded = fill(persons.code, { code: code === 'child' ? record.child.code : code });
  if (code === 'officer') return [];
  if (code !== 'child') return [coded];
  const age = record.child.age_years;
  return [[coded, persons[record.child.role], ...(age === null ? [] : [fill(persons.age, { age })])].join(', ')];
}

/** When somebody was there, as the record's roster has it; nothing for those whom it does not name. */
function presence({ record }: ProtocolData, { text: { persons } }: Saying, code: string): string[] {
  const there = record.roster.filter((one) => one.code === code);
  if (there.length === 0) return [];
  return [
    there
      .map(({ entered_ms, left_ms }) => {
        const from = timeMark(entered_ms);
        if (left_ms !== null) return fill(persons.fromTo, { from, to: timeMark(left_ms) });
        return entered_ms <= 0 ? persons.throughout : fill(persons.from, { from });
      })
      .join('; '),
  ];
}

/** What somebody was there as, in words. */
export function capacityOf({ people }: Pick<ProtocolData, 'people'>, { text, common }: Said, code: string): string {
  if (code === 'child') return text.persons.child;
  if (code === 'officer') return text.persons.officer;
  const known: Readonly<Record<string, string>> = common.capacity;
  const capacity = people.find((one) => one.code === code)?.capacity ?? code;
  return known[capacity] ?? capacity;
}

/** Name and capacity of a person; the capacity and the code where there is no name. A word that is no code stands as it is. */
export function personWords(data: Pick<ProtocolData, 'people'>, said: Said, code: string): string {
  const person = data.people.find((one) => one.code === code);
  const capacity = capacityOf(data, said, code);
  if (person === undefined) return visible(capacity);
  return visible(`${person.name ?? person.code}, ${capacity.toLocaleLowerCase()}`);
}
