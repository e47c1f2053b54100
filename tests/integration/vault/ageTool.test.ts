import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AgeKeyPair,
  encodeTail,
  newIdentity,
  openAgeFile,
  openPart,
  sealSecret,
} from '../../../src/main/vault/index.ts';

const CHUNK = 65_536;
const missing = spawnSync('age', ['--version']).error !== undefined;
if (missing)
  process.stdout.write('skipped: the age program is not installed, so nothing checks our files from outside\n');

describe.skipIf(missing)('the age program', () => {
  let folder = '';
  let key = '';
  let pair: AgeKeyPair;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-age-'));
    pair = await newIdentity();
    key = join(folder, 'key.txt');
    await writeFile(key, `${pair.identity}\n`, { mode: 0o600 });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const decrypt = (path: string): Buffer => execFileSync('age', ['-d', '-i', key, path], { maxBuffer: 2 ** 28 });

  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 77])(
    'opens our files of %i bytes',
    async (length) => {
      const path = join(folder, `ours-${length}.age`);
      const plain = randomBytes(length);
      await writeFile(path, await sealSecret(plain, [(await newIdentity()).recipient, pair.recipient]));
      expect(decrypt(path).equals(plain)).toBe(true);
    },
  );

  it.each([0, 1, CHUNK, CHUNK + 1, 20 * CHUNK + 77])('makes files of %i bytes that we open', async (length) => {
    const path = join(folder, `theirs-${length}.age`);
    const plain = randomBytes(length);
    const others = [(await newIdentity()).recipient, pair.recipient].flatMap((recipient) => ['-r', recipient]);
    execFileSync('age', [...others, '-o', path], { input: plain });
    const reader = await openAgeFile(path, pair.identity);
    expect((await reader.read(0, length)).equals(plain)).toBe(true);
    await reader.close();
  });

  it('agrees on which recipient belongs to an identity, and opens with a key that age-keygen made', async () => {
    const made = execFileSync('age-keygen', [], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
    const identity = /^AGE-SECRET-KEY-1\S+$/m.exec(made)?.[0] ?? '';
    const recipient = /public key: (age1\S+)/.exec(made)?.[1] ?? '';
    const path = join(folder, 'keygen.age');
    await writeFile(path, await sealSecret(Buffer.from('plain'), [recipient]));
    await writeFile(join(folder, 'keygen.txt'), made, { mode: 0o600 });
    expect(execFileSync('age', ['-d', '-i', join(folder, 'keygen.txt'), path]).toString()).toBe('plain');
    const reader = await openAgeFile(path, identity);
    expect((await reader.read(0, 5)).toString()).toBe('plain');
    await reader.close();
  });

  it('opens a part that was written while recording, and its tail', async () => {
    const plain = randomBytes(400_000);
    const writer = await openPart({ targets: [folder], file: 'room.mp4', recipient: pair.recipient });
    for (let at = 0; at < plain.length; at += 50_000) {
      await writer.write(plain.subarray(at, at + 50_000));
      await writer.makeDurable();
    }
    const tail = decrypt(join(folder, 'room.tail.alt.age'));
    expect(tail.subarray(0, 31).toString()).toBe('{"offset":393216,"part":"room"}');
    expect(tail.subarray(32).equals(plain.subarray(393_216))).toBe(true);
    await writer.finish();
    expect(decrypt(join(folder, 'room.mp4.age')).equals(plain)).toBe(true);
    const again = await encodeTail({ part: 'room', offset: 0, bytes: plain }, [pair.recipient]);
    expect((await readFile(join(folder, 'room.mp4.age'))).subarray(0, 150).equals(again.subarray(0, 150))).toBe(false);
  });

  it('refuses what we refuse: a flipped and a cut file', async () => {
    const path = join(folder, 'bad.age');
    const file = await sealSecret(randomBytes(2 * CHUNK), [pair.recipient]);
    for (const bad of [file.subarray(0, -(CHUNK + 16)), file.subarray(0, -1), Buffer.concat([file, Buffer.of(0)])]) {
      await writeFile(path, bad);
      expect(() => execFileSync('age', ['-d', '-i', key, path], { stdio: 'pipe' })).toThrow();
      await expect(openAgeFile(path, pair.identity)).rejects.toMatchObject({ code: expect.stringMatching(/^AGE_/) });
    }
  });
});
