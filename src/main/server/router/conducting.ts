import { done } from '../../../shared/contract/common.ts';
import { interviewerView, type OwnNotes, type RecordingService } from '../../recording/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';

export interface ConductingHandlersNeeds {
  readonly recording: RecordingService;
  readonly ownNotes: OwnNotes;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });
const authorOf = ({ person, keys }: CallContext) => ({ account: person.id, pair: keys.pair() });
/** Who a timeline entry names: the person, or the interviewer's screen, which is nobody's account. */
export const byOf = (call: CallContext) => (call.screen.kind === 'desk' ? call.person.code : call.screen.kind);

/** Handlers of `conducting`. */
export function conductingHandlers(os: Implementer, { recording, ownNotes }: ConductingHandlersNeeds) {
  const { conducting: of } = os;
  return {
    arrive: of.arrive.handler(({ input, context: { call } }) => recording.marks.arrive(input, actorOf(call))),
    overrun: of.overrun.handler(({ input, context: { call } }) => recording.marks.giveReason(input, actorOf(call))),
    keepNote: of.keepNote.handler(({ input, context: { call } }) =>
      ownNotes.keep({ ...input, atMs: recording.views.elapsedMs(input.interview) }, authorOf(call)),
    ),
    ownNotes: of.ownNotes.handler(({ input, context: { call } }) => ownNotes.of(input.interview, authorOf(call))),
    dropNote: of.dropNote.handler(({ input, context: { call } }) => {
      ownNotes.drop(input.interview, input.note, call.person.id);
      return done;
    }),
    watch: of.watch.handler(({ input }) => interviewerView(recording.views.view(input.interview))),
    press: of.press.handler(({ input, context: { call } }) => recording.marks.mark(input, byOf(call))),
  };
}
