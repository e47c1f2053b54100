import { done } from '../../../shared/contract/common.ts';
import type { StationAdministration } from '../../administration/index.ts';
import type { Implementer } from '../implement.ts';
import type { Jobs } from '../jobs.ts';

/** Handlers of `station` and `jobs`. */
export function stationHandlers(os: Implementer, needs: { administration: StationAdministration; jobs: Jobs }) {
  const { administration, jobs } = needs;
  return {
    station: {
      info: os.station.info.handler(() => administration.info()),
      capabilities: os.station.capabilities.handler(({ context: { call } }) => ({
        screen: call.screen.kind,
        of: call.screen.of,
      })),
      setUp: os.station.setUp.handler(({ input }) => administration.setUp(input)),
      targets: os.station.targets.handler(() => administration.targetStates()),
      setTargets: os.station.setTargets.handler(async ({ input, context: { call } }) => {
        await administration.setTargets(input.paths, { id: call.person.code, role: call.person.role });
        return await administration.targetStates();
      }),
    },
    jobs: {
      state: os.jobs.state.handler(({ input, context: { call } }) => jobs.state(input.job, call.person.id)),
      cancel: os.jobs.cancel.handler(({ input, context: { call } }) => {
        jobs.cancel(input.job, call.person.id);
        return done;
      }),
    },
  };
}
