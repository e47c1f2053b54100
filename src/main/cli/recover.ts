import { Refusal } from '../../shared/errors.ts';
import type { Station } from '../composition.ts';
import type { Arguments } from './arguments.ts';
import { EXIT, type Output } from './output.ts';
import { jobResult, type Seat } from './seat.ts';
import { signedIn, withStation } from './withStation.ts';

type Unsealed = ReturnType<Station['unsealed']>[number];

/**
 * `birret recover`: what a crash cut off is secured as soon as the station opens; with a key holder's password it is
 * sealed too, and so is what came to its end in good order while nobody was there to seal it. Without a password it says
 * what stands and what that waits for.
 */
export async function recover(args: Arguments, output: Output): Promise<number> {
  return await withStation(args, { create: false }, async (station) => {
    const wanted = args.text('exhibit');
    const waiting = station.unsealed().filter(({ exhibit }) => wanted === null || exhibit === wanted);
    for (const { exhibit, state } of waiting) output.event({ event: state, exhibit }, stands[state](exhibit));
    if (waiting.length === 0) {
      output.event({ event: 'nothing' }, 'Nothing waits to be recovered.');
      return EXIT.done;
    }
    if (args.text('as') === null) {
      output.event(
        { event: 'waits', exhibits: waiting.map(({ exhibit }) => exhibit), for: 'key-holder' },
        'To seal it, run this again with --as and --password-file of an officer of the case whose key opens recordings.',
      );
      return EXIT.done;
    }
    const seat = await signedIn(station, args);
    for (const one of waiting) {
      await seal(seat, one);
      output.event({ event: 'sealed', exhibit: one.exhibit }, sealed[one.state](one.exhibit));
    }
    return EXIT.done;
  });
}

const stands: Readonly<Record<Unsealed['state'], (exhibit: string) => string>> = {
  ended: (exhibit) => `Exhibit ${exhibit} has ended in good order and is not sealed yet.`,
  secured: (exhibit) => `Exhibit ${exhibit} is secured: nothing of it can change.`,
};
const sealed: typeof stands = {
  ended: (exhibit) => `Exhibit ${exhibit} is sealed.`,
  secured: (exhibit) => `Exhibit ${exhibit} is sealed; its record says what was lost.`,
};

async function seal({ client }: Seat, { exhibit, interview, state }: Unsealed): Promise<void> {
  if (state === 'secured') {
    const { job } = await client.exhibits.recover({ exhibit });
    await jobResult(client, job);
    return;
  }
  const outcome = await client.recording.seal({ interview });
  if (outcome.state === 'ended') {
    throw new Refusal(outcome.waitsFor === 'certificate' ? 'CERTIFICATE_MISSING' : 'STATION_KEYS_LOCKED');
  }
}
