import type { Exhibit } from '../../../shared/contract/exhibits.ts';
import type { KeyDestruction } from '../../accounts/index.ts';
import type { ArchiveService, CertificateService, Exhibits } from '../../archive/index.ts';
import type { CustodyLog } from '../../custody/index.ts';
import type { Crashes } from '../../recording/index.ts';
import type { CallContext } from '../context.ts';
import type { Implementer } from '../implement.ts';
import type { Jobs } from '../jobs.ts';
import { handOf } from './handOf.ts';

export interface ArchiveHandlersNeeds {
  readonly exhibits: Exhibits;
  readonly archive: ArchiveService;
  readonly authenticity: CertificateService;
  readonly crashes: Crashes;
  readonly destruction: KeyDestruction;
  readonly jobs: Jobs;
  readonly custody: () => CustodyLog;
  /** This court's own age recipient. */
  readonly recipient: () => string;
  /** The name behind an account's code, where it is known here. */
  readonly nameOf: (code: string) => string;
}

const actorOf = ({ person }: CallContext) => ({ id: person.code, role: person.role });

function own(exhibits: Exhibits, { person }: CallContext): Exhibit[] {
  if (person.role === 'clerk') return exhibits.ofArchive();
  return person.role === 'judge' ? exhibits.ofJudge(person.id) : exhibits.ofInvestigator(person.id);
}

/** Handlers of `exhibits` and `archive`. Keys are taken before a job starts: a lock in between does not break it. */
export function archiveHandlers(os: Implementer, needs: ArchiveHandlersNeeds) {
  const { exhibits, archive, authenticity, jobs, crashes, destruction } = needs;
  /** Who disposes of a recording is one who could open it. ACCESS_NOT_GRANTED. */
  const disposing = async (call: CallContext, exhibit: string, act: () => void | Promise<void>) => {
    await call.keys.vaultIdentity();
    await act();
    return destruction.state(exhibit, call.person);
  };
  return {
    exhibits: {
      list: os.exhibits.list.handler(({ context: { call } }) => own(exhibits, call)),
      get: os.exhibits.get.handler(({ input }) => exhibits.get(input.exhibit)),
      custody: os.exhibits.custody.handler(({ input }) =>
        needs
          .custody()
          .eventsOf({ type: 'exhibit', id: input.exhibit })
          .map(({ index, event }) => ({
            index,
            at: event.at,
            action: event.action,
            role: event.actor.role,
            actor: needs.nameOf(event.actor.id),
          })),
      ),
      key: os.exhibits.key.handler(({ input, context: { call } }) => destruction.state(input.exhibit, call.person)),
      askDestruction: os.exhibits.askDestruction.handler(({ input, context: { call } }) =>
        disposing(call, input.exhibit, () => destruction.ask(input, call.person)),
      ),
      withdrawDestruction: os.exhibits.withdrawDestruction.handler(({ input, context: { call } }) =>
        disposing(call, input.exhibit, () => destruction.withdraw(input.exhibit, call.person)),
      ),
      destroyKey: os.exhibits.destroyKey.handler(({ input, context: { call } }) =>
        disposing(call, input.exhibit, () => destruction.destroy(input, call.person)),
      ),
      recover: os.exhibits.recover.handler(async ({ input, context: { call } }) => {
        const vaultIdentity = await call.keys.vaultIdentity();
        const signer = await call.keys.signer();
        return jobs.start('recover', call.person.id, async () => {
          await crashes.recover(
            input.exhibit,
            actorOf(call),
            async () => vaultIdentity,
            async () => signer,
          );
          return { exhibit: input.exhibit };
        });
      }),
    },
    archive: {
      handOver: os.archive.handOver.handler(async ({ input, context: { call } }) =>
        archive.handOver(input.exhibit, await handOf(call)),
      ),
      accept: os.archive.accept.handler(async ({ input, context: { call } }) => {
        const hand = await handOf(call);
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('accept', call.person.id, (control) =>
          archive.accept(input.exhibit, hand, vaultIdentity, control),
        );
      }),
      verify: os.archive.verify.handler(async ({ input, context: { call } }) => {
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('verify', call.person.id, (control) =>
          archive.verify(input.exhibit, actorOf(call), vaultIdentity, control),
        );
      }),
      export: os.archive.export.handler(async ({ input, context: { call } }) => {
        const hand = await handOf(call);
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('export', call.person.id, async (control) => {
          const { path } = await archive.export(input, hand, vaultIdentity, control);
          return { path };
        });
      }),
      certify: os.archive.certify.handler(async ({ input, context: { call } }) => {
        const maker = { hand: await handOf(call), name: call.person.name };
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('certify', call.person.id, (control) =>
          authenticity.certify(input, maker, vaultIdentity, control),
        );
      }),
      verifyBag: os.archive.verifyBag.handler(async ({ input, context: { call } }) => {
        // An encrypted bag to this court opens with the vault's key; without that, it says so.
        const identity = await call.keys.vaultIdentity().catch(() => null);
        return jobs.start('verify', call.person.id, (control) =>
          archive.verifyBag(input.path, input.trust, identity, control),
        );
      }),
      import: os.archive.import.handler(async ({ input, context: { call } }) => {
        const vaultIdentity = await call.keys.vaultIdentity();
        return jobs.start('import', call.person.id, (control) =>
          archive.import(input, actorOf(call), vaultIdentity, control),
        );
      }),
      recipient: os.archive.recipient.handler(() => ({ recipient: needs.recipient() })),
    },
  };
}
