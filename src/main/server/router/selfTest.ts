import type { NamedTest, RoomCheck } from '../../../shared/contract/selfTest.ts';
import type { CheckByCode, KeptTest, SelfTestService } from '../../selfTest/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import type { Jobs } from '../jobs.ts';

export interface SelfTestHandlersNeeds {
  readonly selfTest: SelfTestService;
  readonly jobs: Jobs;
  /** The name behind an account's code, where it is known here. */
  readonly nameOf: (code: string) => string;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** Handlers of `selfTest`. */
export function selfTestHandlers(os: Implementer, { selfTest, jobs, nameOf }: SelfTestHandlersNeeds) {
  const { selfTest: of } = os;
  const named = ({ test, byCode }: KeptTest): NamedTest => ({ test, by: nameOf(byCode) });
  const check = ({ newest, ...rest }: CheckByCode): RoomCheck => ({
    ...rest,
    newest: newest === null ? null : named(newest),
  });
  return {
    run: of.run.handler(async ({ input, context: { call } }) => {
      const work = await selfTest.prepare(input.room, actorOf(call));
      return jobs.start('self-test', call.person.id, work);
    }),
    last: of.last.handler(() => selfTest.last().map(check)),
    history: of.history.handler(({ input }) => selfTest.history(input.room).map(named)),
    stills: of.stills.handler(({ input, context: { call } }) => selfTest.stills(input.test, actorOf(call))),
    setBaseline: of.setBaseline.handler(({ input, context: { call } }) =>
      check(selfTest.setBaseline(input.test, actorOf(call))),
    ),
  };
}
