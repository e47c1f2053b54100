import { useTranslation } from 'react-i18next';
import type { PreparationReading } from '../../shared/contract/preparation.ts';
import { filledWords } from '../../shared/domain/readingWords.ts';
import { useSession } from '../app/sessionStore.ts';
import { useTime } from '../ui/index.ts';
import type { Checklist } from './checklistPart.ts';
import { openingValues } from './openingValues.ts';

/** The words of a reading as they are said now: in the interview's language, whatever the screen's is. */
export function useReadingText({
  view,
  names,
}: Pick<Checklist, 'view' | 'names'>): (reading: PreparationReading) => string {
  const { i18n } = useTranslation();
  const court = useSession((state) => state.info?.court ?? null);
  const now = useTime(60_000);
  const { language } = view.interview;
  const said = { t: i18n.getFixedT(language, 'preparation'), common: i18n.getFixedT(language, 'common') };
  const values = openingValues(view, { now, court, names, ...said });
  return ({ words }) => filledWords(words, values);
}
