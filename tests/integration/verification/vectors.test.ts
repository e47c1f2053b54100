import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { cli } from '../../support/cli.ts';
import { hasCommand } from '../../support/openssl.ts';
import { Broken, broken, makeVectors, VECTOR_BAG, VECTORS, verdictOf } from '../../support/vectors.ts';

const checker = join(import.meta.dirname, '../../support/check_bag.py');
const python = hasCommand('python3', '--version');
const siblings = Broken.parse(JSON.parse(await readFile(join(VECTORS, 'broken.json'), 'utf8')));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-vectors-'));
  if (process.env['UPDATE_VECTORS'] === '1') await makeVectors();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const pythonFinds = (path: string) => spawnSync('python3', ['-I', '-B', checker, path], { encoding: 'utf8' }).status;

describe('the published test vectors', () => {
  it('are small, and their private keys say that they are for tests', async () => {
    const files = (await readdir(VECTORS, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
    const sizes = await Promise.all(files.map(async (one) => (await stat(join(one.parentPath, one.name))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
    for (const { parentPath, name } of files) {
      const text = await readFile(join(parentPath, name), 'latin1');
      const secret = /PRIVATE\+KEY|PRIVATE KEY|privateKey"|AGE-SECRET-KEY-1/.test(text);
      if (secret) expect(text, name).toMatch(/TEST KEYS\. They are published/);
    }
  });

  it('a whole bag: every check as it was published', async () => {
    const { event, ...expected } = JSON.parse(await readFile(join(VECTORS, 'expected.json'), 'utf8'));
    expect(event).toBe('verified');
    expect(await verdictOf(VECTOR_BAG)).toEqual(VerificationResult.parse(expected));
    expect(expected).toMatchObject({ outcome: 'trusted', exitStatus: 0 });
    expect(expected.summary.remarks).toEqual(['simulated']);
  });

  it('the same inside an age file', async () => {
    const text = await readFile(join(VECTORS, 'TEST-IDENTITY.txt'), 'utf8');
    const identity = text.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-'));
    const { checks } = await verdictOf(`${VECTOR_BAG}.tar.age`, identity);
    expect(checks).toEqual((await verdictOf(VECTOR_BAG)).checks);
  });

  it('the commands of their page give the exit statuses that it says', async () => {
    const at = (name: string) => join(VECTORS, name);
    const witness = (await readFile(at('WITNESS.vkey'), 'utf8')).trim();
    const named = ['--trust', at('ROOT.pem'), '--tsa-trust', at('TSA-ROOT.pem'), '--witness', witness, '--json'];
    const whole = await cli(['verify', VECTOR_BAG, ...named]);
    expect(whole.events.map(({ event }) => event)).toEqual(['verified']);
    expect(whole.status).toBe(0);
    expect((await cli(['verify', VECTOR_BAG])).status).toBe(3);
  });

  it.skipIf(!python)(
    'the checker in Python’s standard library finds the whole bag right (skipped without python3)',
    () => {
      expect(pythonFinds(VECTOR_BAG)).toBe(0);
    },
  );

  it.each(siblings.map((one) => [one.name, one] as const))('broken: %s', async (_name, sibling) => {
    const path = await broken(folder, sibling);
    const { checks, exitStatus } = await verdictOf(path);
    const failed = checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
    expect(failed).toEqual(expect.arrayContaining(sibling.fails));
    expect(exitStatus).toBe(1);
    if (python) expect(pythonFinds(path)).toBe(sibling.without_signatures ? 1 : 0);
  });
});
