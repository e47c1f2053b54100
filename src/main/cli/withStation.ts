import { Refusal } from '../../shared/errors.ts';
import { composeStation, type Station } from '../composition.ts';
import { newLog } from '../platform/log.ts';
import { type Arguments, passwordOf } from './arguments.ts';
import { type Seat, takeSeat } from './seat.ts';

/**
 * Opens the station in this process, settles what a crash left, does `work`, and lets go of the folder again; a recording
 * that is under way goes on.
 */
export async function withStation<T>(
  args: Arguments,
  { create }: { create: boolean },
  work: (station: Station) => Promise<T>,
): Promise<T> {
  const station = await composeStation({ folder: args.required('station'), create, log: newLog('station', 'warn') });
  try {
    await station.start();
    return await work(station);
  } finally {
    await station.stop();
  }
}

/** A seat on which the person of `--as` has signed in with the password of `--password-file`. */
export async function signedIn(station: Station, args: Arguments): Promise<Seat> {
  const seat = takeSeat(station);
  const { configured } = await seat.client.station.info();
  if (!configured) throw new Refusal('STATION_NOT_SET_UP');
  await seat.client.session.signIn({ login: args.required('as'), password: await passwordOf(args) });
  return seat;
}
