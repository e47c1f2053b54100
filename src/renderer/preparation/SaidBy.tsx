import { useTranslation } from 'react-i18next';
import type { PreparationEntry } from '../../shared/contract/preparation.ts';
import { useFormat } from '../ui/index.ts';

/** Who answered and when, and what somebody else had answered before: two people may have filled in the list. */
export function SaidBy({ entry }: { readonly entry: PreparationEntry | null }) {
  const { t } = useTranslation('preparation');
  const { time } = useFormat();
  if (entry === null) return null;
  const { before } = entry;
  const state = before !== null && 'state' in before.answer ? t(`answer.${before.answer.state}`) : null;
  const what = before === null ? '' : [state, before.words].filter((part) => part !== null).join(', ');
  return (
    <span className="br-soft br-prep-said">
      {t('by', { by: entry.by, time: time(entry.at) })}
      {before === null ? null : <span>{t('before', { by: before.by, time: time(before.at), what })}</span>}
    </span>
  );
}
