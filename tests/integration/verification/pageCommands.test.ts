import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIdentity, storeFile } from '../../../src/main/vault/index.ts';
import { cli } from '../../support/cli.ts';
import { hasCommand } from '../../support/openssl.ts';
import { Broken, broken, VECTOR_BAG, VECTORS } from '../../support/vectors.ts';

const there = hasCommand('openssl') && hasCommand('sha256sum', '--version') && hasCommand('age', '--version');
const page = await readFile(join(import.meta.dirname, '../../../docs/evidence-format.md'), 'utf8');

/** Every command that the page prints, in a block or in a line of text: what stands after its first word's name. */
const printed = [...page.matchAll(/^(?:openssl|sha256sum) .+$|`((?:openssl|sha256sum|age|birret) [^`]+)`/gm)].map(
  ([line, inside]) => inside ?? line,
);

describe.skipIf(!there)('every command that the page of the format prints (needs openssl, age, sha256sum)', () => {
  let folder: string;
  let bag: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-page-'));
    bag = VECTOR_BAG;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = (command: string, cwd: string) => spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8' });
  const at = (name: string) => join(VECTORS, name);
  /** The page's words for what is the reader's own, filled in. */
  async function filled(command: string): Promise<string> {
    const [chain = ''] = await readdir(join(bag, 'data/signatures/chain'));
    const now = (await readFile(at('NOW'), 'utf8')).trim();
    return command
      .replace('TSA-ROOT.pem', at('TSA-ROOT.pem'))
      .replace(/(?<![-/\w])ROOT\.pem/, at('ROOT.pem'))
      .replace('CHAIN.pem', chain)
      .replace('<seconds since 1970>', String(Math.floor(Date.parse(now) / 1000)));
  }

  it('they are these, and each is tried below', () => {
    expect(printed.map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual([
      'birret verify',
      'age -d -i',
      'openssl cms -verify',
      'openssl ts -verify',
      'sha256sum -c tagmanifest-sha256.txt',
      'sha256sum -c manifest-sha256.txt',
      'birret verify <folder',
    ]);
  });

  it('sha256sum and openssl take the whole bag, and not a broken one', async () => {
    const commands = printed.filter((command) => /^(?:openssl|sha256sum)/.test(command));
    const places = () => commands.map((command) => join(bag, command.startsWith('openssl') ? 'data' : '.'));
    for (const [index, command] of commands.entries()) {
      const { status, stderr } = run(await filled(command), places()[index] ?? '');
      expect(status, `${command}: ${stderr}`).toBe(0);
    }
    const siblings = Broken.parse(JSON.parse(await readFile(at('broken.json'), 'utf8')));
    const [record] = siblings.filter(({ name }) => name.includes('record') && name.includes('age'));
    const [token] = siblings.filter(({ name }) => name.startsWith('the time-stamp'));
    if (record === undefined || token === undefined) throw new Error('no such siblings');
    const refused = async (sibling: typeof record): Promise<string[]> => {
      bag = await broken(folder, sibling);
      const said: string[] = [];
      for (const [index, command] of commands.entries())
        if (run(await filled(command), places()[index] ?? '').status !== 0)
          said.push(command.split(' ').slice(0, 3).join(' '));
      bag = VECTOR_BAG;
      return said;
    };
    expect(await refused(record)).toEqual(['openssl cms -verify', 'sha256sum -c manifest-sha256.txt']);
    expect(await refused(token)).toEqual(['openssl ts -verify', 'sha256sum -c manifest-sha256.txt']);
  });

  it('age opens a part at rest, and gives the part', async () => {
    const { identity, recipient } = await newIdentity();
    const part = join(bag, 'data/tracks/room.mp4');
    await storeFile({ targets: [folder], file: 'room.mp4', recipient, plain: [await readFile(part)] });
    await writeFile(join(folder, 'key'), `${identity}\n`, { mode: 0o600 });
    const command = printed.find((one) => one.startsWith('age ')) ?? '';
    const opened = spawnSync('bash', ['-c', command], { cwd: folder });
    expect(opened.status).toBe(0);
    expect(opened.stdout.equals(await readFile(part))).toBe(true);
  });

  it('birret verify takes every option that it names', async () => {
    const command = printed.find((one) => one.startsWith('birret verify <')) ?? '';
    const options = [...command.matchAll(/\[(--[a-z-]+)/g)].map(([, option]) => option);
    expect(options).toEqual(['--trust', '--tsa-trust', '--witness', '--identity', '--json']);
    const witness = (await readFile(at('WITNESS.vkey'), 'utf8')).trim();
    const given = ['--trust', at('ROOT.pem'), '--tsa-trust', at('TSA-ROOT.pem'), '--witness', witness];
    const more = ['--identity', at('TEST-IDENTITY.txt'), '--json'];
    const { status } = await cli(['verify', `${bag}.tar.age`, ...given, ...more]);
    expect(status).toBe(0);
  });
});
