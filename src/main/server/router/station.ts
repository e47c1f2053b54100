import { done } from '../../../shared/contract/common.ts';
import type { StationAdministration } from '../../administration/index.ts';
import type { Levelling } from '../../archive/index.ts';
import type { Implementer } from '../implement.ts';
import type { Jobs } from '../jobs.ts';

export interface StationHandlersNeeds {
  readonly administration: StationAdministration;
  readonly jobs: Jobs;
  readonly levelling: Levelling;
}

/** Handlers of `station` and `jobs`. */
export function stationHandlers(os: Implementer, needs: StationHandlersNeeds) {
  const { administration, jobs, levelling } = needs;
  return {
    station: {
      info: os.station.info.handler(() => administration.info()),
      practicePeople: os.station.practicePeople.handler(() => administration.practicePeople()),
      capabilities: os.station.capabilities.handler(({ context: { call } }) => ({
        screen: call.screen.kind,
        of: call.screen.of,
      })),
      setUp: os.station.setUp.handler(({ input }) => administration.setUp(input)),
      targets: os.station.targets.handler(() => administration.targetStates()),
      setTargets: os.station.setTargets.handler(async ({ input, context: { call } }) => {
        await administration.setTargets(input.paths, { id: call.person.code, role: call.person.role });
        void levelling.refresh();
        return await administration.targetStates();
      }),
      levelling: os.station.levelling.handler(() => {
        void levelling.refresh();
        return levelling.view();
      }),
      bringLevel: os.station.bringLevel.handler(async ({ context: { call } }) => {
        await levelling.begin({ id: call.person.code, role: call.person.role });
        return levelling.view();
      }),
      cancelLevelling: os.station.cancelLevelling.handler(() => {
        levelling.cancel();
        return levelling.view();
      }),
    },
    jobs: {
      state: os.jobs.state.handler(({ input, context: { call } }) => jobs.state(input.job, call.person.id)),
      pause: os.jobs.pause.handler(({ input, context: { call } }) =>
        jobs.pause(input.job, call.person.id, input.paused),
      ),
      cancel: os.jobs.cancel.handler(({ input, context: { call } }) => {
        jobs.cancel(input.job, call.person.id);
        return done;
      }),
    },
  };
}
