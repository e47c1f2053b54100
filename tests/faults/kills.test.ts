import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chanceFrom, full, seedOfRun } from '../support/figures.ts';
import { type KillRoom, killRoomSkipReason, openKillRoom } from '../support/killRoom.ts';
import { tellKills } from '../support/killTable.ts';
import { killKinds, killTrial, type Trial } from '../support/killTrial.ts';

/** Trials of each kind; in the short version one, so that every way to die is seen at each change. */
const EACH = full ? Number(process.env['BIRRET_KILLS'] ?? 100) / killKinds.length : 1;
/** What a kill may cost each track. A figure: held where it is measured, in the long version. */
const LOST_MS = 1200;

const reason = killRoomSkipReason();
if (reason !== null) process.stderr.write(`skipped: kills at random moments: ${reason}\n`);

describe.skipIf(reason !== null)('kill -9 at a random moment of a recording', () => {
  const seed = seedOfRun();
  const chance = chanceFrom(seed);
  const trials: Trial[] = [];
  let room: KillRoom;

  beforeAll(async () => {
    room = await openKillRoom();
  }, 120_000);
  afterAll(async () => {
    await room?.stop();
  }, 60_000);

  // In turn, so that a machine that grows busy meanwhile does not single out one kind.
  const plan = Array.from({ length: Math.ceil(EACH) }, (_, round) =>
    killKinds.map((kind) => [kind, round + 1] as const),
  );
  it.each(plan.flat())('of the %s is recovered from (%i)', { timeout: 300_000 }, async (kind) => {
    const trial = await killTrial(room, kind, 200 + Math.round(chance() * 3800), chance);
    trials.push(trial);
    if (full) process.stdout.write(`${JSON.stringify(trial)}\n`);
    for (const track of trial.tracks) if (!track.hit) expect(track.lostMs, `${kind}: ${track.id}`).toBe(0);
  });

  it('and costs what is printed here', () => {
    expect(trials).toHaveLength(plan.flat().length);
    const most = tellKills(trials, seed);
    if (full) expect(most).toBeLessThanOrEqual(LOST_MS);
  });
});
