import { resolve } from 'node:path';
import { VerificationResult } from '../../shared/evidence/verification.ts';
import type { Station } from '../composition.ts';
import type { Arguments } from './arguments.ts';
import { verified, writeRoots } from './demo.ts';
import { writeBagTo } from './export.ts';
import { makeRoom, planNow, recordAndSeal } from './journey.ts';
import { EXIT, type Output } from './output.ts';
import { type DemoAccount, makePeople } from './people.ts';
import { jobResult, type Seat, takeSeat } from './seat.ts';
import { signedIn, withStation } from './withStation.ts';

/**
 * `birret record`: plans, records and seals one interview on the room's devices. In a new folder it first makes a station
 * as the demo does and tells its accounts.
 */
export async function record(args: Arguments, output: Output): Promise<number> {
  const seconds = args.whole('seconds', Number.NaN, 1, 86_400);
  return await withStation(args, { create: true }, async (station) => {
    const { investigator, accounts } = await officer(station, args, output);
    const [room] = await investigator.client.rooms.list();
    if (room === undefined) throw new Error('no room');
    const minutes = Math.min(480, Math.max(5, Math.ceil(seconds / 60)));
    const plan = await planNow(investigator, room.id, minutes, new Date());
    const card = await recordAndSeal(investigator, plan.id, {
      seconds,
      onRecording: (view) => {
        const ffmpeg = view.recorder?.sources.flatMap((source) => source.pid ?? []) ?? [];
        output.event(
          {
            event: 'recording',
            exhibit: plan.exhibit,
            recorder: view.recorder?.pid ?? null,
            station: process.pid,
            ffmpeg,
          },
          `Recording ${plan.exhibit}; every track grows.`,
        );
      },
    });
    const out = args.text('out');
    const bag =
      out === null
        ? null
        : await writeBagTo(investigator, { exhibit: card.exhibit, out, to: 'command line', recipient: null });
    const { passed, failed, not_checked } = (
      bag === null ? await inPlace(investigator, card.exhibit) : await verified(station, bag)
    ).summary;
    output.event(
      {
        event: 'done',
        exhibit: card.exhibit,
        bag,
        seal_ms: card.sealMs,
        accounts,
        checks: { passed, failed, not_checked },
      },
      `Exhibit ${card.exhibit} is sealed (${card.sealMs ?? 0} ms). Checks passed: ${passed}, failed: ${failed}.`,
    );
    return failed === 0 ? EXIT.done : EXIT.failed;
  });
}

async function officer(
  station: Station,
  args: Arguments,
  output: Output,
): Promise<{ investigator: Seat; accounts: readonly DemoAccount[] }> {
  const { configured } = await takeSeat(station).client.station.info();
  if (configured) return { investigator: await signedIn(station, args), accounts: [] };
  const people = await makePeople(station);
  await writeRoots(station, resolve(args.required('station')));
  await makeRoom(people.seats.administrator);
  const accounts = people.accounts.map((account) => ({ ...account, login: account.role }));
  output.event(
    { event: 'station', accounts },
    accounts.map((one) => `  ${one.role.padEnd(14)} ${one.password}`).join('\n'),
  );
  return { investigator: people.seats.investigator, accounts };
}

async function inPlace(seat: Seat, exhibit: string): Promise<VerificationResult> {
  const { job } = await seat.client.archive.verify({ exhibit });
  return VerificationResult.parse(await jobResult(seat.client, job));
}
