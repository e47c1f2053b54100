// From the stop to the seal, for a short recording and for one of ten minutes that a hurried simulation makes in little more
// than one. Both run on one station; the figures should be alike.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makeRoom, planNow, recordAndSeal } from '../../src/main/cli/journey.ts';
import { makePeople } from '../../src/main/cli/people.ts';
import type { Seat } from '../../src/main/cli/seat.ts';
import { composeStation } from '../../src/main/composition.ts';
import { newLog } from '../../src/main/platform/log.ts';

const HURRY = 8;
const TRIALS = [
  { seconds: 10, prepared: false },
  { seconds: 600, prepared: false },
  { seconds: 10, prepared: true },
  { seconds: 600, prepared: true },
];

/** Resident memory of this process, which is the station, in MiB. */
const mib = () => Math.round(process.memoryUsage.rss() / 1024 / 1024);

export async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'birret-bench-seal-'));
  const station = await composeStation({
    folder: join(folder, 'station'),
    create: true,
    log: newLog('bench', 'silent'),
  });
  try {
    await station.start();
    const { seats } = await makePeople(station);
    const room = await makeRoom(seats.administrator);
    hurry(join(folder, 'station', 'station.db'));
    for (const { seconds, prepared } of TRIALS) {
      const plan = await planNow(seats.investigator, room, 30, new Date());
      let preparing: Promise<number> = Promise.resolve(0);
      const card = await recordAndSeal(seats.investigator, plan.id, {
        seconds: seconds / HURRY,
        onRecording: () => {
          if (prepared) preparing = prepare(seats.investigator, plan.id);
          preparing.catch(() => undefined);
        },
      });
      const kept = await preparing;
      const beside = prepared ? `, with a checklist and ${kept} stills` : '';
      process.stdout.write(
        `  ${String(seconds).padStart(4)} s of media${beside}: sealed ${card.sealMs ?? '?'} ms after the stop; station ${mib()} MiB\n`,
      );
    }
  } finally {
    await station.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Answers what the checklist asks of the child and confirms the picture of every camera; how many pictures. */
async function prepare({ client }: Seat, interview: string): Promise<number> {
  for (const asked of ['tired', 'fed', 'medication', 'fears'] as const) {
    await client.preparation.answer({ interview, answer: { about: 'wellbeing', of: asked, state: 'no' }, words: null });
  }
  const { cameras } = await client.preparation.get({ interview });
  for (const { source } of cameras) {
    const { still } = await client.preparation.takeStill({ interview, source });
    await client.preparation.keepStill({ interview, still });
  }
  return cameras.length;
}

/** No list offers hurried devices and no operation takes them: the bench writes them where the room is kept. */
function hurry(path: string): void {
  const db = new Database(path);
  db.prepare(`UPDATE rooms SET sources = replace(sources, '"address":"', '"address":"hurried-')`).run();
  db.close();
}
