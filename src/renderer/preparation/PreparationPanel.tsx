import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PreparationView } from '../../shared/contract/preparation.ts';
import { useGapWords } from './gapWords.ts';

/** How far the preparation is, in words, and the way to it: on the interview's own screen. */
export function PreparationPanel({ view }: { readonly view: PreparationView }) {
  const { t } = useTranslation('preparation');
  const gapWords = useGapWords();
  const { sections, gaps } = view.standing;
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const [done, of] = [sum(sections.map((one) => one.done)), sum(sections.map((one) => one.of))];
  return (
    <div className="br-prep-panel">
      <p>
        {gaps.length === 0 ? t('panel.all') : t('panel.text', { done, of })}{' '}
        {view.next === null ? null : <span className="br-soft">{gapWords(gaps, view.next)[0]}</span>}
      </p>
      <Button component={Link} href={`/interview/${view.interview.id}/preparation`} variant="default" size="md">
        {t('panel.open')}
      </Button>
    </div>
  );
}
