import { useTranslation } from 'react-i18next';
import { SentenceError, useFormat } from '../ui/index.ts';
import type { DraftState } from './useDraft.ts';

/** Whether what stands on the screen is saved, and since when. */
export function SavedLine({
  draft: { saved, dirty, trouble },
}: {
  readonly draft: Pick<DraftState<unknown>, 'saved' | 'dirty' | 'trouble'>;
}) {
  const { t } = useTranslation('closing');
  const { time } = useFormat();
  const said = dirty
    ? t('saved.not')
    : saved === null
      ? t('saved.never')
      : t('saved.at', { time: time(saved.savedAt), by: saved.savedBy });
  return (
    <>
      <p className="br-soft br-closing-saved" role="status">
        {said}
      </p>
      <SentenceError trouble={trouble} />
    </>
  );
}
