import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Receipt } from '../../shared/contract/exhibits.ts';
import { Refusal } from '../../shared/errors.ts';
import type { VerificationResult } from '../../shared/evidence/verification.ts';
import type { Station } from '../composition.ts';
import { writeFileDurably } from '../platform/files.ts';
import { formatReport, openBag, verifyBag } from '../verification/index.ts';
import type { Arguments } from './arguments.ts';
import { writeBagTo } from './export.ts';
import { makeRoom, planNow, recordAndSeal } from './journey.ts';
import { EXIT, languageOfTerminal, type Output } from './output.ts';
import { type DemoPeople, makePeople } from './people.ts';
import { jobResult, takeSeat } from './seat.ts';
import { withStation } from './withStation.ts';

/**
 * `birret demo`: the whole journey of the README in a new folder, on simulated devices, each step by the person whose
 * step it is: set up, plan, record, seal, hand over, accept, replay in a hearing, export, verify.
 */
export async function demo(args: Arguments, output: Output): Promise<number> {
  const folder = resolve(args.required('station'));
  const seconds = args.whole('seconds', 10, 3, 86_400);
  const bagPath = resolve(args.text('out') ?? `${folder}-bag`);
  return await withStation(args, { create: true }, async (station) => {
    await mustBeNew(station);
    output.event({ event: 'step', step: 'set-up' }, 'Setting up the station and its people…');
    const people = await makePeople(station);
    await writeRoots(station, folder);
    const room = await makeRoom(people.seats.administrator);
    const plan = await planNow(people.seats.investigator, room, 30, new Date());
    output.event(
      { event: 'step', step: 'record', exhibit: plan.exhibit },
      `Recording ${seconds} s on simulated devices…`,
    );
    const card = await recordAndSeal(people.seats.investigator, plan.id, { seconds, onRecording: () => undefined });
    output.event(
      { event: 'step', step: 'sealed', exhibit: card.exhibit, seal_ms: card.sealMs },
      `Sealed in ${card.sealMs ?? 0} ms.`,
    );
    await handOver(people, card.exhibit);
    output.event({ event: 'step', step: 'accepted' }, 'The clerk verified and accepted it.');
    await replay(station, people, plan.caseId, card.exhibit);
    output.event({ event: 'step', step: 'replayed' }, 'The judge replayed it in a hearing, every segment verified.');
    await mkdir(dirname(bagPath), { recursive: true });
    const bag = await writeBagTo(people.seats.clerk, {
      exhibit: card.exhibit,
      out: bagPath,
      to: 'Demo defence',
      recipient: null,
    });
    const result = await verified(station, bag);
    const { passed, failed, not_checked } = result.summary;
    output.event(
      {
        event: 'done',
        exhibit: card.exhibit,
        bag,
        seal_ms: card.sealMs,
        accounts: people.accounts.map((account) => ({ ...account, login: account.role })),
        checks: { passed, failed, not_checked },
      },
      [
        formatReport(result, languageOfTerminal()),
        `The evidence bag: ${bag}`,
        `Open the station:  npm start -- --station ${folder}`,
        ...people.accounts.map((account) => `  ${account.role.padEnd(14)} ${account.password}`),
      ].join('\n'),
    );
    return failed === 0 ? EXIT.done : EXIT.failed;
  });
}

/** @throws Refusal STATION_ALREADY_SET_UP: a demo never touches a station that somebody uses */
export async function mustBeNew(station: Station): Promise<void> {
  const { configured } = await takeSeat(station).client.station.info();
  if (configured) throw new Refusal('STATION_ALREADY_SET_UP');
}

/** Writes the roots that the station would hand out on paper to `<station>-roots/`. */
export async function writeRoots(station: Station, folder: string): Promise<string> {
  const path = join(`${folder}-roots`, 'station-root.pem');
  await writeFileDurably(path, station.roots().stationRootPem);
  return path;
}

/** Verifies a bag as a stranger would who compared the root's fingerprint with the printed one. */
export async function verified(station: Station, bag: string): Promise<VerificationResult> {
  const source = await openBag(bag);
  try {
    return await verifyBag(source, { trust: [station.roots().stationRootPem] });
  } finally {
    await source.close();
  }
}

async function handOver(people: DemoPeople, exhibit: string): Promise<void> {
  await people.seats.investigator.client.archive.handOver({ exhibit });
  const { job } = await people.seats.clerk.client.archive.accept({ exhibit });
  Receipt.parse(await jobResult(people.seats.clerk.client, job));
}

async function replay(station: Station, people: DemoPeople, caseId: string, exhibit: string): Promise<void> {
  const { clerk, judge } = people.seats;
  const directory = await clerk.client.accounts.people();
  const judgeId = directory.find((person) => person.role === 'judge')?.id ?? '';
  const plannedAt = new Date().toISOString();
  const { id: hearing } = await clerk.client.hearings.schedule({
    caseId,
    number: 'DEMO-1',
    judge: judgeId,
    plannedAt,
    exhibits: [exhibit],
  });
  await judge.client.hearings.open({ hearing });
  const playback = await judge.client.playback.open({ hearing, exhibit });
  const viewer = { screen: judge.screen, session: station.http.sessions.find(judge.token(), { touch: true }) };
  for (const track of playback.tracks) {
    const playlist = await station.http.media.playlist(viewer, exhibit, track.id);
    for (const [, part = '', line = ''] of playlist.matchAll(/(\d+)\/(\d+)\.mp4/g)) {
      await station.http.media.segment(viewer, exhibit, track.id, Number(part), Number(line));
    }
  }
  await judge.client.playback.present({
    hearing,
    presented: { exhibit, atMs: playback.durationMs, playing: false, rate: 1, view: 'both' },
    shown: [[0, playback.durationMs]],
  });
  await judge.client.playback.close({ hearing, exhibit });
  await judge.client.hearings.close({ hearing });
}
