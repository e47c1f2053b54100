import { makePeople } from '../../../src/main/cli/people.ts';
import { jobResult, type Seat, takeSeat } from '../../../src/main/cli/seat.ts';
import { composeStation, type Station } from '../../../src/main/composition.ts';
import { newLog } from '../../../src/main/platform/log.ts';
import { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { preparedPeople, seated } from '../../support/preparedPeople.ts';
import { cheapCost } from '../../support/testStation.ts';

/** A station in the test's own process, started: what a crash left is settled. */
export async function openStation(folder: string, { create = false }: { create?: boolean } = {}): Promise<Station> {
  const station = await composeStation({ folder, create, log: newLog('test', 'silent'), cost: cheapCost });
  try {
    await station.start();
    return station;
  } catch (error) {
    await station.stop();
    throw error;
  }
}

/** A new station with one account a role, named `id`; the demo's is a copy of one that this run made once. */
export async function newStation(folder: string, id = 'demo') {
  const told = id === 'demo' ? await preparedPeople(folder) : null;
  const station = await openStation(folder, { create: told === null });
  return { station, people: told === null ? await makePeople(station, { id }) : await seated(station, told) };
}

/** A seat on which this person has signed in. */
export async function signIn(station: Station, login: string, password: string): Promise<Seat> {
  const seat = takeSeat(station);
  await seat.client.session.signIn({ login, password });
  return seat;
}

/** The court's vault identity, out of the keys of somebody who is signed in and holds it. */
export async function vaultIdentityOf(station: Station, seat: Seat): Promise<string> {
  const keys = station.http.sessions.find(seat.token(), { touch: true })?.keys ?? null;
  if (keys === null) throw new Error('nobody is signed in on this seat');
  return await keys.vaultIdentity();
}

/** Verifies an exhibit where it lies; the names of the checks that failed. */
export async function failedInPlace(seat: Seat, exhibit: string): Promise<string[]> {
  const { job } = await seat.client.archive.verify({ exhibit });
  const { checks } = VerificationResult.parse(await jobResult(seat.client, job));
  return checks.filter((check) => check.status === 'fail').map((check) => check.name);
}

/** Every segment of every track of what a judge opened in a hearing, as the player gets it; bytes by track and part. */
export async function everySegment(
  station: Station,
  judge: Seat,
  exhibit: string,
  tracks: readonly string[],
): Promise<Map<string, Buffer>> {
  const viewer = { screen: judge.screen, session: station.http.sessions.find(judge.token(), { touch: true }) };
  const parts = new Map<string, Buffer>();
  for (const track of tracks) {
    const playlist = await station.http.media.playlist(viewer, exhibit, track);
    for (const [, part = '', line = ''] of playlist.matchAll(/(\d+)\/(\d+)\.mp4/g)) {
      const bytes = await station.http.media.segment(viewer, exhibit, track, Number(part), Number(line));
      const key = `${track}.${part}`;
      parts.set(key, Buffer.concat([parts.get(key) ?? Buffer.alloc(0), bytes]));
    }
  }
  return parts;
}
