import { z } from 'zod';

/** The states of an interview (issue of the spine): one line from plan to seal, and the ways it may end before. */
export const InterviewState = z.enum([
  'planned',
  'ready',
  'recording',
  'ended',
  'secured',
  'sealed',
  'cancelled',
  'refused',
]);
export type InterviewState = z.infer<typeof InterviewState>;

/** Before, while, or after it is recorded; one that never will be counts as over. */
export function stretchOf(state: InterviewState): 'before' | 'recording' | 'over' {
  if (state === 'recording') return state;
  return state === 'planned' || state === 'ready' ? 'before' : 'over';
}

/** What may happen to an interview. */
export type InterviewAct = 'prepare' | 'release' | 'start' | 'stop' | 'seal' | 'secure' | 'cancel' | 'refuse';

const acts: Readonly<Record<InterviewState, Partial<Readonly<Record<InterviewAct, InterviewState>>>>> = {
  planned: { prepare: 'ready', cancel: 'cancelled', refuse: 'refused' },
  ready: { release: 'planned', start: 'recording', cancel: 'cancelled', refuse: 'refused', prepare: 'ready' },
  recording: { stop: 'ended', secure: 'secured' },
  ended: { seal: 'sealed', secure: 'secured' },
  secured: { seal: 'sealed', secure: 'secured' },
  sealed: {},
  cancelled: {},
  refused: {},
};

/** The state after `act`, or null where the act is not possible from `state`. */
export function after(state: InterviewState, act: InterviewAct): InterviewState | null {
  return acts[state][act] ?? null;
}
