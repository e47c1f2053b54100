import { useTranslation } from 'react-i18next';
import { Capacity } from '../../shared/contract/cases.ts';
import type { QuestionsView } from '../../shared/contract/questions.ts';
import { questionReasons } from '../../shared/domain/questions.ts';
import { usePeople } from '../interview/usePeople.ts';

export interface QuestionWords {
  /** Who asks, by capacity. */
  readonly asker: (by: string) => string;
  /** Why: one of the known reasons in the screen's language, or a person's own words. */
  readonly reason: (reason: string) => string;
}

const known = [...questionReasons.declined, ...questionReasons['not-asked']];

export function useQuestionWords(askers: QuestionsView['askers']): QuestionWords {
  const { t } = useTranslation(['questions', 'common']);
  const people = usePeople(askers);
  return {
    asker: (by) => {
      const planned = people.find(({ code }) => code === by);
      if (planned !== undefined) return planned.name;
      const capacity = Capacity.safeParse(by);
      return capacity.success ? t(`common:capacity.${capacity.data}`) : t('askerGone');
    },
    reason: (reason) => {
      const one = known.find((word) => word === reason);
      return one === undefined ? reason : t(`reason.${one}`);
    },
  };
}
