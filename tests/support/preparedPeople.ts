import { z } from 'zod';
import { type DemoPeople, demoLogin, makePeople } from '../../src/main/cli/people.ts';
import { type Seat, takeSeat } from '../../src/main/cli/seat.ts';
import { composeStation, type Station } from '../../src/main/composition.ts';
import { newLog } from '../../src/main/platform/log.ts';
import { SetUpResult } from '../../src/shared/contract/station.ts';
import { Role } from '../../src/shared/domain/roles.ts';
import { copyOfPrepared } from './prepared.ts';
import { cheapCost } from './testStation.ts';

const Told = z.object({
  accounts: z.array(z.object({ name: z.string(), role: Role, password: z.string() })).readonly(),
  setUp: SetUpResult,
});
/** The people of a prepared station, of whom nobody is signed in. */
export type ToldPeople = z.infer<typeof Told>;

/**
 * Fills `folder` with a station that was set up as the demo's is, one account a role, with no room and no case. What its
 * passwords cost is little; what they cost people stands in tests of its own.
 */
export async function preparedPeople(folder: string): Promise<ToldPeople> {
  const make = async (place: string): Promise<ToldPeople> => {
    const station = await composeStation({
      ...{ folder: place, create: true, cost: cheapCost },
      log: newLog('station', 'silent'),
    });
    try {
      await station.start();
      const { accounts, setUp } = await makePeople(station);
      return { accounts: [...accounts], setUp };
    } finally {
      await station.stop();
    }
  };
  return await copyOfPrepared(folder, { name: 'people', make, told: Told });
}

/** Signs everybody in, each on a seat of their own: who opens the station's keys first. */
export async function seated(station: Station, people: ToldPeople): Promise<DemoPeople> {
  const seat = async (role: Role): Promise<Seat> => {
    const own = takeSeat(station);
    const password = people.accounts.find((one) => one.role === role)?.password ?? '';
    await own.client.session.signIn({ login: demoLogin(role), password });
    return own;
  };
  const clerk = await seat('clerk');
  const seats = {
    clerk,
    administrator: await seat('administrator'),
    investigator: await seat('investigator'),
    judge: await seat('judge'),
    operator: await seat('operator'),
    auditor: await seat('auditor'),
  };
  return { ...people, seats };
}
