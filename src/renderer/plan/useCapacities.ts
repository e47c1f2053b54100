import { useTranslation } from 'react-i18next';
import { useSettings } from '../app/settings.ts';
import type { PersonRow } from './planForm.ts';

type Capacity = PersonRow['capacity'];

/** Capacities in the screen's words: `Teacher or psychologist`. */
export function useCapacities() {
  const { t } = useTranslation(['common', 'jurisdiction']);
  const language = useSettings((settings) => settings.language);
  const one = (capacity: Capacity) => t(`common:capacity.${capacity}`).toLocaleLowerCase(language);
  const anyOf = (list: readonly Capacity[]) => {
    // Browsers have no list words for Kazakh, so the "or" is ours.
    const text = list.map(one).join(` ${t('jurisdiction:or')} `);
    return text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
  };
  return { one, anyOf };
}
