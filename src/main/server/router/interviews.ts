import type { InterviewsService } from '../../cases/index.ts';
import type { Implementer } from '../implement.ts';

export interface InterviewHandlersNeeds {
  readonly interviews: InterviewsService;
  /** Ends the room's recorder where it was prepared for this interview; nothing was kept by it. */
  readonly releaseRoom: (interview: string) => Promise<void>;
}

/** Handlers of `interviews`. A prepared interview that is called off gives its room back. */
export function interviewHandlers(os: Implementer, { interviews, releaseRoom }: InterviewHandlersNeeds) {
  const { interviews: of } = os;
  return {
    list: of.list.handler(({ context: { call } }) => interviews.list(call.person)),
    get: of.get.handler(({ input }) => interviews.get(input.interview)),
    earlier: of.earlier.handler(({ input }) => interviews.earlier(input.childId)),
    plan: of.plan.handler(({ input, context: { call } }) => interviews.plan(input, call.person)),
    goOn: of.goOn.handler(({ input, context: { call } }) => interviews.goOn(input.interview, call.person)),
    cancel: of.cancel.handler(async ({ input, context: { call } }) => {
      const wasReady = interviews.get(input.interview).state === 'ready';
      const interview = interviews.cancel(input.interview, input.reason, call.person);
      if (wasReady) await releaseRoom(input.interview);
      return interview;
    }),
    refuse: of.refuse.handler(async ({ input, context: { call } }) => {
      const wasReady = interviews.get(input.interview).state === 'ready';
      const interview = interviews.refuse(input.interview, input.note, call.person);
      if (wasReady) await releaseRoom(input.interview);
      return interview;
    }),
  };
}
