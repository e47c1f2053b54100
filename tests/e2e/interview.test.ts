import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { VerificationResult } from '../../src/shared/evidence/verification.ts';
import { cli } from '../support/cli.ts';
import { barriers } from '../support/drawing.ts';
import { type OpenScreens, openScreens, whyNoScreens } from '../support/liveScreen.ts';
import { handOut, protocol } from '../support/walkAfter.ts';
import { administered, admit, plan, prepare, WALK_RULES } from '../support/walkBefore.ts';
import {
  begin,
  chaptersAndNotes,
  childWishes,
  drawing,
  leavesAndComes,
  limitAndBreak,
  questions,
  stop,
} from '../support/walkDuring.ts';
import { WalkedBag } from '../support/walkedBag.ts';
import { holdCustody, holdMedia, holdPapers, holdRecord, isStarved, sha256Of } from '../support/walkedChecks.ts';
import { PATIENCE_MS } from '../support/walkPeople.ts';

let screens: OpenScreens | null = null;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-walk-'));
});
afterEach(async () => {
  await screens?.end();
  screens = null;
  await rm(folder, { recursive: true, force: true });
});

/** What `birret verify` says of the bag to somebody who trusts these roots. */
async function verified(bag: string, ...trust: string[]): Promise<VerificationResult> {
  const { events, status } = await cli(['verify', bag, ...trust, '--json']);
  const { event: _, ...said } = events.at(-1) ?? {};
  const result = VerificationResult.parse(said);
  expect(status).toBe(result.exitStatus);
  return result;
}

it('a whole interview with five browsers at once, and its record field by field', { timeout: 1_800_000 }, async ({
  skip,
  annotate,
}) => {
  const why = whyNoScreens();
  if (why !== null) return skip(why);
  screens = await openScreens();
  const port = await administered(screens, folder);
  // Asked before the walk: on a busy machine it lasts until the administrator's own screen has locked itself.
  const accounts = await screens.people.seats.administrator.client.accounts.list();
  const officer = accounts.find(({ role }) => role === 'investigator')?.code ?? 'nobody';
  const desk = await screens.seat('investigator', '/');
  desk.setDefaultTimeout(PATIENCE_MS);
  const interview = await plan(desk, screens);
  const stills = await prepare(desk);
  const five = await admit(desk, { screens, interview, port });

  await begin(five);
  await chaptersAndNotes(five);
  await leavesAndComes(five);
  await drawing(five);
  await questions(five);
  await childWishes(five);
  await limitAndBreak(five);
  for (const page of [desk, five.quiet, five.prosecution, five.defence, five.tablet]) {
    expect(await barriers(page), page.url()).toEqual([]);
  }
  await stop(five);
  await protocol(desk);
  await handOut(desk, folder);
  expect(screens.wrong).toEqual([]);

  const bag = new WalkedBag(join(folder, 'bag'));
  holdRecord(bag, interview, { version: WALK_RULES, officer, stills });
  holdCustody(bag, interview);
  holdPapers(bag);
  holdMedia(bag);
  const label = bag.events().find(({ action }) => action === 'label.made');
  expect(label?.details['paper_sha256']).toBe(sha256Of(await readFile(join(folder, 'label.pdf'))));
  if (isStarved()) await annotate('this machine is too busy to record: its losses were held to what the record says');

  // Nobody stamped its time and no witness saw its log; all else is established for whoever trusts the station's root.
  const root = join(folder, 'root.pem');
  await writeFile(root, screens.running.station.roots().stationRootPem);
  const trusted = await verified(join(folder, 'bag'), '--trust', root);
  expect([trusted.exitStatus, trusted.outcome]).toEqual([0, 'trusted']);
  expect(trusted.checks.filter(({ status }) => status !== 'pass').map(({ name, status }) => [name, status])).toEqual([
    ['time.record.json.station.p7s', 'not-checked'],
    [`time.record.json.${officer}.p7s`, 'not-checked'],
    ['time.seal.checkpoint', 'not-checked'],
    ['time.checkpoint', 'not-checked'],
    ['time.order', 'not-checked'],
    ['custody.witnesses', 'not-checked'],
  ]);
  const unknown = await verified(join(folder, 'bag'));
  expect([unknown.exitStatus, unknown.outcome]).toEqual([3, 'unestablished']);
  expect(unknown.checks.filter(({ status }) => status === 'fail')).toEqual([]);
});
