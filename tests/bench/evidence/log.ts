// The custody log: appends one by one and in one transaction, then a log of a million events: proofs, opening, and the
// check of the whole. Prints processor time beside the clock's: on a busy machine only the first can be compared.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CustodyLog,
  leafHash,
  newLogKey,
  openLog,
  parseVkey,
  verifyCheckpoint,
  verifyInclusion,
} from '../../../src/main/custody/index.ts';
import { migrate, migrations, openDatabase } from '../../../src/main/database/index.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { longLog, ORIGIN } from './longLog.ts';

const ALONE = 300;
const BATCHES = 10;
const BATCH = 1_000;
const PROOFS = 2_000;

interface Took {
  readonly ms: number;
  /** Of this process, on all its threads. */
  readonly cpuMs: number;
}

/** The log's part of `npm run bench -- evidence`. `events` = how long the long log is. */
export async function benchLog(events = 1_000_000): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'birret-bench-log-'));
  const path = join(folder, 'station.db');
  let db = openDatabase(path);
  try {
    migrate(db, migrations, { backupTo: null, now: systemClock.now() });
    const log = openLog({ db, origin: ORIGIN, clock: systemClock });
    say('appends one by one, durable', ...alone(log));
    const batched = await timed(() => {
      for (let batch = 0; batch < BATCHES; batch++) fill(db, log, BATCH);
    });
    say(`appends, ${BATCH} in a transaction`, `${perSecond(BATCHES * BATCH, batched.ms)} a second`, of(batched));

    db.close();
    const longPath = join(folder, 'long.db');
    const making = await timed(() => longLog(longPath, events));
    const { size } = await stat(longPath);
    say(`a log of ${events} events`, `made in ${seconds(making)}`, `${Math.round(size / 2 ** 20)} MiB`);

    const opening = await timed(() => {
      db = openDatabase(longPath);
    });
    const long = openLog({ db, origin: ORIGIN, clock: systemClock });
    const first = await timed(() => long.root());
    say('opening it', `${opening.ms.toFixed(1)} ms, its root ${first.ms.toFixed(2)} ms`);
    say('a proof', ...proofs(long));
    say('appends to it, one by one', ...alone(long));
    const whole = await timed(() => long.verifyAll());
    say('the whole checked', seconds(whole), of(whole));
  } finally {
    db.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Median and worst of `ALONE` appends, each its own transaction. */
function alone(log: CustodyLog): string[] {
  const times = Array.from({ length: ALONE }, (_, n) => {
    const from = performance.now();
    append(log, n);
    return performance.now() - from;
  }).sort((a, b) => a - b);
  return [`median ${ms(times[ALONE / 2])}`, `worst ${ms(times.at(-1))}`];
}

/** Proofs of events all over the log, checked against a signed head. */
function proofs(log: CustodyLog): string[] {
  const key = newLogKey(ORIGIN);
  const head = verifyCheckpoint(log.checkpoint(key.signer), ORIGIN, [parseVkey(key.vkey)]);
  const times: number[] = [];
  for (let n = 0; n < PROOFS; n++) {
    const index = Math.floor((n * 2_654_435_761) % head.size);
    const from = performance.now();
    const path = log.inclusionProof(index, head.size);
    times.push(performance.now() - from);
    const bytes = log.event(index)?.bytes;
    if (bytes === undefined || !verifyInclusion(leafHash(bytes), index, head.size, path, head.root)) {
      throw new Error(`the proof of event ${index} does not hold`);
    }
  }
  times.sort((a, b) => a - b);
  return [`median ${ms(times[PROOFS / 2])}`, `worst ${ms(times.at(-1))}`];
}

function fill(db: ReturnType<typeof openDatabase>, log: CustodyLog, count: number): void {
  const from = log.size();
  db.transaction(() => {
    for (let n = 0; n < count; n++) append(log, from + n);
  })();
}

/** Events such as a court's day brings: a few dozen to each exhibit. */
function append(log: CustodyLog, n: number): void {
  log.append({
    action: n % 2 === 0 ? 'playback.played' : 'playback.closed',
    actor: { id: 'jud-k7', role: 'judge' },
    details: { hearing: 'h7c2m9', shown: [[n, n + 12]], rate: 100 },
    subject: { type: 'exhibit', id: `st1-2026-${String(Math.floor(n / 40) % 1_000_000).padStart(6, '0')}` },
  });
}

async function timed(act: () => unknown): Promise<Took> {
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  await act();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - from, cpuMs: (user + system) / 1000 };
}

const ms = (value: number | undefined): string => `${(value ?? Number.NaN).toFixed(3)} ms`;
const seconds = (took: Took): string => `${(took.ms / 1000).toFixed(1)} s`;
const of = (took: Took): string => `${(took.cpuMs / 1000).toFixed(1)} s of processor`;
const perSecond = (count: number, took: number): number => Math.round((count / took) * 1000);

function say(what: string, ...figures: readonly string[]): void {
  process.stdout.write(`  ${what.padEnd(34)} ${figures.join('; ')}\n`);
}
