// What the recorder costs, what it misses on a busy machine, and what kills cost, in one run. BENCH_SECONDS and BENCH_ROUNDS
// set the length of the first, BENCH_MINUTES of the second (1), BENCH_KILLS the number of the third (10).
import { chanceFrom, seedOfRun } from '../support/figures.ts';
import { killRoomSkipReason, openKillRoom } from '../support/killRoom.ts';
import { tellKills } from '../support/killTable.ts';
import { killKinds, killTrial, type Trial } from '../support/killTrial.ts';
import { busyBench } from './recorder/busy.ts';
import { costBench } from './recorder/cost.ts';

const KILLS = Number(process.env['BENCH_KILLS'] ?? 10);
const parts = { cost: costBench, busy: busyBench, kills: killBench };

/** All three, or those that `BENCH_ONLY` names (`cost,kills`). */
export async function bench(): Promise<void> {
  const asked = process.env['BENCH_ONLY']?.split(',') ?? Object.keys(parts);
  for (const [name, part] of Object.entries(parts)) if (asked.includes(name)) await part();
}

async function killBench(): Promise<void> {
  const reason = killRoomSkipReason();
  if (reason !== null) return void process.stdout.write(`no kills: ${reason}\n`);
  const seed = seedOfRun();
  const chance = chanceFrom(seed);
  const trials: Trial[] = [];
  const room = await openKillRoom();
  try {
    for (let i = 0; i < KILLS; i++) {
      const kind = killKinds[i % killKinds.length] ?? 'all';
      trials.push(await killTrial(room, kind, 200 + Math.round(chance() * 3800), chance));
    }
  } finally {
    await room.stop();
  }
  tellKills(trials, seed);
}
