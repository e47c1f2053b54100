import type { Sessions } from '../../accounts/index.ts';
import type { Asker, QuestionsService } from '../../questions/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import type { ScreenRegistry } from '../screens.ts';

export interface QuestionHandlersNeeds {
  readonly questions: QuestionsService;
  readonly sessions: Sessions;
  readonly screens: ScreenRegistry;
}

/** A paired screen is nobody's account: it stands for itself. */
const askerOf = ({ screen, session }: CallContext): Asker =>
  session === null ? { id: screen.id, role: screen.kind } : { id: session.person.code, role: session.person.role };

/** Handlers of `questions`. */
export function questionHandlers(os: Implementer, { questions, sessions, screens }: QuestionHandlersNeeds) {
  const { questions: of } = os;
  /** A stream outlives the request that began it: it ends with the session or the pairing that was allowed to see it. */
  const mayStill = (call: CallContext, interview: string) => () =>
    call.screen.kind === 'desk'
      ? sessions.find(call.sessionToken, { touch: false }) !== null
      : screens.list(interview).some(({ screen }) => screen.id === call.screen.id);
  return {
    list: of.list.handler(({ input, context: { call } }) => questions.view(input.interview, askerOf(call))),
    live: of.live.handler(({ input, signal, context: { call } }) =>
      questions.live(input.interview, askerOf(call), { signal, may: mayStill(call, input.interview) }),
    ),
    send: of.send.handler(({ input, context: { call } }) => questions.send(input, askerOf(call))),
    decide: of.decide.handler(({ input, context: { call } }) => questions.decide(input, askerOf(call))),
    withdraw: of.withdraw.handler(({ input, context: { call } }) =>
      questions.withdraw(input.interview, input, askerOf(call)),
    ),
    order: of.order.handler(({ input, context: { call } }) =>
      questions.order(input.interview, input.questions, askerOf(call)),
    ),
  };
}
