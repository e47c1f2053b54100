import { useTranslation } from 'react-i18next';
import type { InterviewState } from '../../shared/domain/interviewStates.ts';
import { type ChipTone, StateChip } from './StateChip.tsx';

const tones: Readonly<Record<InterviewState, ChipTone>> = {
  planned: 'quiet',
  ready: 'act',
  recording: 'act',
  ended: 'waits',
  secured: 'warn',
  sealed: 'good',
  cancelled: 'quiet',
  refused: 'quiet',
};

/** Where an interview stands. */
export function InterviewChip({ state }: { readonly state: InterviewState }) {
  const { t } = useTranslation();
  return <StateChip tone={tones[state]}>{t(`interviewState.${state}`)}</StateChip>;
}
