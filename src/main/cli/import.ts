import { resolve } from 'node:path';
import { Exhibit } from '../../shared/contract/exhibits.ts';
import { type Arguments, usage } from './arguments.ts';
import { EXIT, type Output } from './output.ts';
import { jobResult } from './seat.ts';
import { signedIn, withStation } from './withStation.ts';

/** `birret import`: takes a bag of another station into this vault, as the clerk who is named. */
export async function importCommand(args: Arguments, output: Output): Promise<number> {
  const [path] = args.rest;
  if (path === undefined) throw usage('import BAG');
  return await withStation(args, { create: false }, async (station) => {
    const seat = await signedIn(station, args);
    const { job } = await seat.client.archive.import({
      path: resolve(path),
      trust: args.list('trust').map((root) => resolve(root)),
      unestablishedAccepted: args.flag('accept-unestablished'),
    });
    const exhibit = Exhibit.parse(await jobResult(seat.client, job));
    output.event({ event: 'imported', exhibit: exhibit.number }, `Exhibit ${exhibit.number} is in this archive now.`);
    return EXIT.done;
  });
}
