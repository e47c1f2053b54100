import { done } from '../../../shared/contract/common.ts';
import type { Sessions } from '../../accounts/index.ts';
import type { RecordingService } from '../../recording/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import { byOf } from './conducting.ts';

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** A stream outlives the request that began it: it ends with the session that was allowed to see it. */
async function* whileSignedIn<T>(views: AsyncGenerator<T>, signedIn: () => boolean): AsyncGenerator<T> {
  for await (const view of views) {
    if (!signedIn()) return;
    yield view;
  }
}

/** Handlers of `recording`. */
export function recordingHandlers(os: Implementer, recording: RecordingService, sessions: Sessions) {
  // A refusal while the keys are fetched is the seal's to judge: the recording has ended by then, and waits for them.
  const officer = (call: CallContext) => async () => await call.keys.signer();
  return {
    recording: {
      prepare: os.recording.prepare.handler(({ input, context: { call } }) =>
        recording.prepare(input.interview, actorOf(call)),
      ),
      release: os.recording.release.handler(async ({ input, context: { call } }) => {
        await recording.release(input.interview, actorOf(call));
        return done;
      }),
      begin: os.recording.begin.handler(({ input, context: { call } }) =>
        recording.begin(input.interview, actorOf(call), {
          single: input.singleTargetConfirmed,
          missing: input.missingConfirmed ?? [],
        }),
      ),
      mark: os.recording.mark.handler(({ input, context: { call } }) => recording.marks.mark(input, byOf(call))),
      stop: os.recording.stop.handler(({ input, context: { call } }) =>
        recording.stop(input.interview, actorOf(call), input.confirmed, officer(call)),
      ),
      seal: os.recording.seal.handler(({ input, context: { call } }) =>
        recording.seal(input.interview, actorOf(call), officer(call)),
      ),
      view: os.recording.view.handler(({ input }) => recording.views.view(input.interview)),
      live: os.recording.live.handler(({ input, signal, context: { call } }) =>
        whileSignedIn(
          recording.views.live(input.interview, signal),
          () => sessions.find(call.sessionToken, { touch: false }) !== null,
        ),
      ),
      card: os.recording.card.handler(({ input }) => recording.card(input.interview)),
    },
  };
}
