import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readArguments } from '../../../src/main/cli/arguments.ts';
import { newOutput } from '../../../src/main/cli/output.ts';
import { takeSeat } from '../../../src/main/cli/seat.ts';
import { checkpoint, cosigned, witness } from '../../../src/main/cli/witness.ts';
import { composeStation } from '../../../src/main/composition.ts';
import { parseVkey, verifyCheckpoint } from '../../../src/main/custody/index.ts';
import { newLog } from '../../../src/main/platform/log.ts';
import type { StationClient } from '../../../src/shared/contract/index.ts';
import { codeOf } from '../../support/contractTable.ts';
import { cheapCost, passwords } from '../../support/testStation.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-carried-'));
  await writeFile(at('password'), passwords.keyHolder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Opens a station in this process as its administrator, as the shell would, and lets go of it again. */
async function opened<T>(name: string, work: (client: StationClient) => Promise<T>): Promise<T> {
  const station = await composeStation({
    folder: at(name),
    create: true,
    log: newLog('test', 'silent'),
    cost: cheapCost,
  });
  try {
    const { client } = takeSeat(station);
    if ((await client.station.info()).configured)
      await client.session.signIn({ login: 'administrator', password: passwords.administrator });
    return await work(client);
  } finally {
    await station.stop();
  }
}

const setUp = (name: string) =>
  opened(name, async (client) => {
    await client.station.setUp({
      ...{ id: name, name, court: name, languages: ['kk'] },
      administrator: { name: 'A', login: 'administrator', password: passwords.administrator },
      keyHolder: { name: 'C', login: 'clerk', role: 'clerk', password: passwords.keyHolder },
    });
    await client.session.signIn({ login: 'administrator', password: passwords.administrator });
    const { origin, logKey, witnessKey } = await client.custody.witnesses();
    return { origin, logKey, witnessKey: witnessKey ?? '' };
  });

/** What a command of the command line answers with. */
async function run(command: typeof witness, station: string, ...more: string[]): Promise<number> {
  const who = ['--station', at(station), '--as', 'clerk', '--password-file', at('password'), '--json'];
  return await command(readArguments(['x', ...who, ...more]), newOutput(true));
}

it('a head goes to a witness and back by file, and a station put back from an older copy is found out', async () => {
  const court = await setUp('court');
  const office = await setUp('office');
  await opened('court', (client) => client.custody.trust({ name: 'Office', vkey: office.witnessKey }));
  await opened('office', (client) => client.custody.trust({ name: 'Court', vkey: court.logKey }));
  await cp(at('court'), at('older'), { recursive: true });

  expect(await run(checkpoint, 'court', '--witness', 'Office', '--out', at('1.checkpoint'))).toBe(0);
  expect(await run(witness, 'office', '--checkpoint', at('1.checkpoint'), '--out', at('1.cosigned'))).toBe(0);
  expect(await run(cosigned, 'court', '--checkpoint', at('1.cosigned'))).toBe(0);
  const note = await readFile(at('1.cosigned'), 'utf8');
  const head = verifyCheckpoint(note, court.origin, [parseVkey(court.logKey), parseVkey(office.witnessKey)]);
  expect(head.cosignedBy).toHaveLength(1);
  const { keys } = await opened('court', (client) => client.custody.witnesses());
  expect(keys).toMatchObject([{ kind: 'witness', name: 'Office', newest: { size: head.size } }]);

  // The copy's people sign in and out until it has grown past what the office saw; then its head is brought.
  for (let n = 0; n < 4; n++) await opened('older', (client) => client.session.signOut());
  const old = String(head.size);
  expect(await run(checkpoint, 'older', '--witness', 'Office', '--old', old, '--out', at('2.checkpoint'))).toBe(0);
  expect(
    await codeOf(() => run(witness, 'office', '--checkpoint', at('2.checkpoint'), '--out', at('2.cosigned'))),
  ).toBe('WITNESS_FORK');
  expect(await codeOf(() => run(cosigned, 'older', '--checkpoint', at('1.cosigned')))).toBe('LOG_FORKED');
  const found = await opened('office', (client) => client.custody.witnesses());
  expect(found.contradictions).toMatchObject([{ origin: court.origin, reason: 'fork' }]);
}, 240_000);
