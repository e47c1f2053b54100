import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PreparationView } from '../../shared/contract/preparation.ts';
import { NextStep } from '../ui/index.ts';
import { useGapWords } from './gapWords.ts';

/** How far the preparation is, in words, and the way to it: on the interview's own screen. */
export function PreparationPanel({ view }: { readonly view: PreparationView }) {
  const { t } = useTranslation('preparation');
  const [far, misses] = useStanding(view);
  return (
    <div className="br-prep-panel">
      <p>
        {far} <span className="br-soft">{misses}</span>
      </p>
      <Button component={Link} href={placeOf(view)} variant="default" size="md">
        {t('panel.open')}
      </Button>
    </div>
  );
}

/** The same as the next step of a screen: the checklist comes before the room is switched on. */
export function PreparationStep({ view }: { readonly view: PreparationView }) {
  const { t } = useTranslation('preparation');
  const standing = useStanding(view).join(' ');
  return (
    <NextStep
      title={t('panel.step')}
      text={
        <>
          {t('panel.stepText')} {standing}
        </>
      }
      act={{ label: t('panel.open'), to: placeOf(view) }}
    />
  );
}

const placeOf = ({ interview }: PreparationView): string => `/interview/${interview.id}/preparation`;

/** How many are answered, and what misses first; empty where nothing does. */
function useStanding({ standing: { sections, gaps }, next }: PreparationView): [string, string] {
  const { t } = useTranslation('preparation');
  const gapWords = useGapWords();
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const [done, of] = [sum(sections.map((one) => one.done)), sum(sections.map((one) => one.of))];
  return [
    gaps.length === 0 ? t('panel.all') : t('panel.text', { done, of }),
    next === null ? '' : (gapWords(gaps, next)[0] ?? ''),
  ];
}
