import type { TimestampSettings, Timestamps } from '../../timestamps/index.ts';
import type { Implementer } from '../implement.ts';

export interface TimestampHandlersNeeds {
  readonly timestamps: Timestamps;
  readonly timestampSettings: TimestampSettings;
}

/** Handlers of `timestamps`. */
export function timestampHandlers(os: Implementer, { timestamps, timestampSettings }: TimestampHandlersNeeds) {
  const { timestamps: of } = os;
  return {
    queue: of.queue.handler(() => timestamps.view()),
    tryNow: of.tryNow.handler(() => {
      timestamps.tryNow();
      return timestamps.view();
    }),
    ofExhibit: of.ofExhibit.handler(({ input }) => timestamps.ofExhibit(input.exhibit)),
    authorities: of.authorities.handler(() => timestampSettings.list()),
    setAuthorities: of.setAuthorities.handler(({ input, context: { call } }) =>
      timestampSettings.set(input.authorities, { id: call.person.code, role: call.person.role }),
    ),
    test: of.test.handler(({ input }) => timestampSettings.test(input)),
  };
}
