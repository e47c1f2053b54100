import { expect, it } from 'vitest';
import { screenSubjects } from '../../../src/main/composition/screenSubjects.ts';
import type { InterviewState } from '../../../src/shared/domain/interviewStates.ts';
import { Refusal } from '../../../src/shared/errors.ts';

const gone = (code: 'HEARING_UNKNOWN' | 'INTERVIEW_UNKNOWN') => () => {
  throw new Refusal(code);
};
const of = 'the-id';

it('a screen of a hearing or an interview that is not there is over, as one that has ended', () => {
  const missing = screenSubjects({
    hearings: { get: gone('HEARING_UNKNOWN') },
    interviews: { get: gone('INTERVIEW_UNKNOWN') },
  });
  for (const kind of ['courtroom', 'observer', 'interviewer', 'child'] as const) {
    expect(missing({ kind, of }), kind).toBeNull();
  }
});

it('a screen is about its interview until the recording has ended', () => {
  const standing = (state: InterviewState) =>
    screenSubjects({
      hearings: { get: gone('HEARING_UNKNOWN') },
      interviews: { get: () => ({ state, exhibit: 'X-1' }) },
    })({ kind: 'observer', of });
  expect(standing('recording')).toEqual({ type: 'exhibit', id: 'X-1' });
  for (const state of ['ended', 'sealed', 'cancelled'] as const) expect(standing(state), state).toBeNull();
});

it('what is wrong with the database itself is no end of a screen', () => {
  const broken = screenSubjects({
    hearings: { get: () => ({ state: 'open' }) },
    interviews: {
      get: () => {
        throw new Error('database disk image is malformed');
      },
    },
  });
  expect(() => broken({ kind: 'child', of })).toThrow('malformed');
});
