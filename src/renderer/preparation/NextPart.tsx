import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
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

/** The same step again, small, where the list ends: nobody has to go back up to go on. */
export function NextAtEnd({ view: { next, open, interview } }: { readonly view: PreparationView }) {
  const { t } = useTranslation('preparation');
  return (
    <div className="br-form-end">
      {next === null || !open ? (
        <ToInterview interview={interview.id} />
      ) : (
        <Button size="lg" variant="default" rightSection={<Arrow />} onClick={() => goToSection(next)}>
          {t('next.title', { section: t(`section.${next}`) })}
        </Button>
      )}
    </div>
  );
}

/** Back to the interview, once the list is through: where the list of parts ends, which is always in sight, and where the page ends. */
export function ToInterview({ interview }: { readonly interview: string }) {
  const { t } = useTranslation('preparation');
  return (
    <Button component={Link} href={`/interview/${interview}`} size="lg" mt="md" rightSection={<Arrow />}>
      {t('next.toInterview')}
    </Button>
  );
}

const Arrow = () => <IconArrowRight aria-hidden size={20} />;
