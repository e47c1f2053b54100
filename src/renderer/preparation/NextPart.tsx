import { useTranslation } from 'react-i18next';
import type { PreparationView } from '../../shared/contract/preparation.ts';
import { NextStep } from '../ui/index.ts';
import { useGapWords } from './gapWords.ts';
import { goToSection } from './PartOf.tsx';

/** The one next step of the checklist, and what misses there. */
export function NextPart({ view }: { readonly view: PreparationView }) {
  const { t } = useTranslation('preparation');
  const gapWords = useGapWords();
  const { next } = view;
  const back = { label: t('next.toInterview'), to: `/interview/${view.interview.id}` };
  if (!view.open) return <NextStep title={t('next.closed')} text={t('next.closedText')} act={back} />;
  if (next === null) return <NextStep title={t('next.none')} text={t('next.noneText')} act={back} />;
  return (
    <NextStep
      title={t('next.title', { section: t(`section.${next}`) })}
      text={gapWords(view.standing.gaps, next).join(' ')}
      act={{ label: t('next.act'), run: () => goToSection(next) }}
    />
  );
}
