import type { Arguments } from './arguments.ts';
import { EXIT, type Output } from './output.ts';
import { jobResult } from './seat.ts';
import { signedIn, withStation } from './withStation.ts';

/**
 * `birret recover`: what a crash cut off is secured as soon as the station opens; with a key holder's password it is
 * sealed too. Without one it says what is secured and what that waits for.
 */
export async function recover(args: Arguments, output: Output): Promise<number> {
  return await withStation(args, { create: false }, async (station) => {
    const wanted = args.text('exhibit');
    const secured = station.securedExhibits().filter((exhibit) => wanted === null || exhibit === wanted);
    for (const exhibit of secured)
      output.event({ event: 'secured', exhibit }, `Exhibit ${exhibit} is secured: nothing of it can change.`);
    if (secured.length === 0) {
      output.event({ event: 'nothing' }, 'Nothing waits to be recovered.');
      return EXIT.done;
    }
    if (args.text('as') === null) {
      output.event(
        { event: 'waits', exhibits: secured, for: 'key-holder' },
        'To seal it, run this again with --as and --password-file of an officer of the case whose key opens recordings.',
      );
      return EXIT.done;
    }
    const seat = await signedIn(station, args);
    for (const exhibit of secured) {
      const { job } = await seat.client.exhibits.recover({ exhibit });
      await jobResult(seat.client, job);
      output.event({ event: 'sealed', exhibit }, `Exhibit ${exhibit} is sealed; its record says what was lost.`);
    }
    return EXIT.done;
  });
}
