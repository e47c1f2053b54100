import type { Interview } from '../../shared/contract/cases.ts';
import type { Hearing } from '../../shared/contract/hearings.ts';
import { isRefusal } from '../../shared/errors.ts';
import type { PairingPurpose } from '../network/index.ts';

/** Where a hearing or an interview is looked up; both refuse an id that is not there. */
export interface SubjectNeeds {
  readonly hearings: { get(hearing: string): Pick<Hearing, 'state'> };
  readonly interviews: { get(interview: string): Pick<Interview, 'state' | 'exhibit'> };
}

/**
 * What a paired screen is about, as the custody log names it; null where that is over, and where it is not there at all:
 * a timer asks, and nobody would catch its refusal.
 */
export function screenSubjects({ hearings, interviews }: SubjectNeeds) {
  return ({ kind, of }: PairingPurpose) => {
    try {
      if (kind === 'courtroom') {
        return hearings.get(of).state === 'closed' ? null : ({ type: 'hearing', id: of } as const);
      }
      const { state, exhibit } = interviews.get(of);
      // Until its recording is over, screens may be connected to an interview.
      const goesOn = state === 'planned' || state === 'ready' || state === 'recording';
      return goesOn ? ({ type: 'exhibit', id: exhibit } as const) : null;
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  };
}
