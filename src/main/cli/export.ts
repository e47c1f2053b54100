import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Arguments } from './arguments.ts';
import { EXIT, type Output } from './output.ts';
import { jobResult, type Seat } from './seat.ts';
import { signedIn, withStation } from './withStation.ts';

const Written = z.object({ path: z.string() });

/** `birret export`: an evidence bag of one exhibit, plain or to a recipient. */
export async function exportBag(args: Arguments, output: Output): Promise<number> {
  return await withStation(args, { create: false }, async (station) => {
    const seat = await signedIn(station, args);
    const path = await writeBagTo(seat, {
      exhibit: args.required('exhibit'),
      out: args.required('out'),
      to: args.text('to') ?? 'command line',
      recipient: args.text('recipient'),
    });
    output.event({ event: 'exported', exhibit: args.required('exhibit'), bag: path }, `Exported to ${path}`);
    return EXIT.done;
  });
}

/** Exports to exactly the path `out`. */
export async function writeBagTo(
  seat: Seat,
  input: { exhibit: string; out: string; to: string; recipient: string | null },
): Promise<string> {
  const out = resolve(input.out);
  const { job } = await seat.client.archive.export({
    exhibit: input.exhibit,
    folder: dirname(out),
    name: basename(out),
    to: input.to,
    recipient: input.recipient,
  });
  return Written.parse(await jobResult(seat.client, job)).path;
}
