import type { Labels, ProtocolService } from '../../protocol/index.ts';
import type { TranscriptsService } from '../../transcripts/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import type { Jobs } from '../jobs.ts';
import { handOf } from './handOf.ts';

export interface ClosingHandlersNeeds {
  readonly protocol: ProtocolService;
  readonly labels: Labels;
  readonly transcripts: TranscriptsService;
  readonly jobs: Jobs;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

/** Handlers of `protocol` and `transcripts`. Keys are taken before a job starts: a lock in between does not break it. */
export function closingHandlers(os: Implementer, { protocol, labels, transcripts, jobs }: ClosingHandlersNeeds) {
  return {
    protocol: {
      open: os.protocol.open.handler(async ({ input, context: { call } }) =>
        protocol.open(input.exhibit, input.language, actorOf(call), await call.keys.vaultIdentity()),
      ),
      save: os.protocol.save.handler(({ input, context: { call } }) =>
        protocol.save(input.exhibit, input.base, input.draft, actorOf(call)),
      ),
      write: os.protocol.write.handler(async ({ input, context: { call } }) => {
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('paper', call.person.id, ({ signal }) =>
          protocol.write(input, actorOf(call), vaultIdentity, signal),
        );
      }),
      file: os.protocol.file.handler(async ({ input, context: { call } }) => {
        const hand = await handOf(call);
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('paper', call.person.id, ({ signal }) => protocol.file(input, hand, vaultIdentity, signal));
      }),
      label: os.protocol.label.handler(({ input, context: { call } }) =>
        jobs.start('paper', call.person.id, ({ signal }) => labels.make(input, actorOf(call), signal)),
      ),
    },
    transcripts: {
      open: os.transcripts.open.handler(async ({ input, context: { call } }) =>
        transcripts.open(input.exhibit, actorOf(call), await call.keys.vaultIdentity()),
      ),
      save: os.transcripts.save.handler(({ input, context: { call } }) =>
        transcripts.save(input.exhibit, input.base, input.cues, actorOf(call)),
      ),
      write: os.transcripts.write.handler(async ({ input, context: { call } }) => {
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('paper', call.person.id, () => transcripts.write(input, actorOf(call), vaultIdentity));
      }),
      file: os.transcripts.file.handler(async ({ input, context: { call } }) => {
        const hand = await handOf(call);
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('paper', call.person.id, () => transcripts.file(input, hand, vaultIdentity));
      }),
      filed: os.transcripts.filed.handler(({ input, context: { call } }) =>
        transcripts.filed(input.exhibit, () => call.keys.vaultIdentity()),
      ),
    },
  };
}
