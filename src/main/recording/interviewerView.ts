import type { InterviewerView } from '../../shared/contract/conducting.ts';
import type { RecordingView } from '../../shared/contract/recording.ts';
import { wishIn } from '../../shared/domain/childWishes.ts';
import { stretchOf } from '../../shared/domain/interviewStates.ts';
import { breaksOf } from '../../shared/domain/timeGuard.ts';

/** What the interviewer's screen shows of a recording: the time, the phase, the break, the child's wish. */
export function interviewerView(view: RecordingView): InterviewerView {
  const { timeline, elapsedMs, phase, phases, guard } = view;
  const on = breaksOf(timeline).at(-1)?.toMs === null ? timeline.findLast(({ type }) => type === 'break') : undefined;
  const begun = timeline.findLast((entry) => entry.type === 'break' && entry['begins'] === true);
  const state = stretchOf(view.interview.state);
  return {
    ...{ state, elapsedMs, phase, phases },
    guard: state === 'over' ? null : guard,
    pause: on === undefined || begun === undefined ? null : { sinceMs: begun.at_ms, label: begun.label },
    wish: wishIn(timeline),
    markers: timeline.filter((entry) => entry.type === 'marker' && typeof entry['number'] === 'number').length,
  };
}
