import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Capacity } from '../../shared/contract/cases.ts';

type AnyOf = readonly z.infer<typeof Capacity>[];

/** "Teacher or psychologist": someone of these capacities. */
export function useWho(): (anyOf: AnyOf) => string {
  const { t } = useTranslation(['preparation', 'common']);
  return (anyOf) =>
    anyOf
      .map((capacity) => t(`common:capacity.${capacity}`))
      .reduce((a, b) => t('or', { a, b: b.toLocaleLowerCase() }));
}
