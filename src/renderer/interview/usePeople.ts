import { useTranslation } from 'react-i18next';
import type { Interview } from '../../shared/contract/cases.ts';

export interface PersonHere {
  readonly code: string;
  /** The capacity in words; numbered where there are several of it. */
  readonly name: string;
  readonly place: 'interview' | 'observation';
}

/** The planned people by their capacity: their names are sealed away and do not stand on this screen. */
export function usePeople(participants: Interview['participants']): readonly PersonHere[] {
  const { t } = useTranslation();
  return participants.map(({ code, capacity, place }) => {
    const same = participants.filter((one) => one.capacity === capacity);
    const number = same.findIndex((one) => one.code === code) + 1;
    const name = t(`capacity.${capacity}`);
    return { code, name: same.length > 1 ? `${name} ${number}` : name, place };
  });
}
