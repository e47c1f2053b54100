import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decodeTail,
  encodeTail,
  newIdentity,
  openSecret,
  resolveInside,
  sealSecret,
  storeFile,
} from '../../../src/main/vault/index.ts';
import { temporaryFolders } from './tempFolder.ts';

const folder = temporaryFolders();

async function* pieces(plain: Buffer, failAt = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
  for (let at = 0; at < plain.length; at += 70_000) {
    if (at >= failAt) throw new Error('the source broke off');
    yield plain.subarray(at, at + 70_000);
  }
}

describe('a whole file that is stored', () => {
  it('is the same on both targets and replaces an older one', async () => {
    const [a, b] = [await folder(), await folder()];
    await writeFile(join(a, 'room.mp4.age'), 'older');
    const { identity, recipient } = await newIdentity();
    const plain = randomBytes(300_000);
    const stored = await storeFile({ targets: [a, b], file: 'room.mp4', recipient, plain: pieces(plain) });
    expect(stored.bytes).toBe(plain.length);
    expect(stored.stored).toHaveLength(2);
    for (const target of [a, b]) {
      expect(await readdir(target)).toEqual(['room.mp4.age']);
      expect(await openSecret(await readFile(join(target, 'room.mp4.age')), identity)).toEqual(plain);
    }
  });

  it('leaves nothing and changes nothing if its source breaks off', async () => {
    const target = await folder();
    await writeFile(join(target, 'room.mp4.age'), 'older');
    const { recipient } = await newIdentity();
    const plain = pieces(randomBytes(300_000), 200_000);
    await expect(storeFile({ targets: [target], file: 'room.mp4', recipient, plain })).rejects.toThrow('broke off');
    expect(await readdir(target)).toEqual(['room.mp4.age']);
    expect(await readFile(join(target, 'room.mp4.age'), 'utf8')).toBe('older');
  });

  it('goes to the target that is left, and to none is refused', async () => {
    const target = await folder();
    const { recipient } = await newIdentity();
    const missing = join(target, 'none');
    const stored = await storeFile({ targets: [missing, target], file: 'a', recipient, plain: [Buffer.of(1)] });
    expect(stored.stored.map((one) => one.target)).toEqual([target]);
    await expect(storeFile({ targets: [missing], file: 'a', recipient, plain: [] })).rejects.toMatchObject({
      code: 'TARGET_UNUSABLE',
    });
  });
});

describe('a tail', () => {
  it('that is no tail is refused', async () => {
    const { identity, recipient } = await newIdentity();
    const tail = { part: 'room', offset: 65_536, bytes: randomBytes(65_536) };
    expect(await decodeTail(await encodeTail(tail, [recipient]), identity)).toEqual(tail);
    for (const text of ['', 'x\n', '{"offset":-1,"part":"a"}\n', '{"part":"a","offset":1}\n', '{"offset":1}\n']) {
      const file = await sealSecret(Buffer.from(text), [recipient]);
      await expect(decodeTail(file, identity), text).rejects.toMatchObject({ code: 'TAIL_MALFORMED' });
    }
  });
});

describe('a path that something names', () => {
  it.each(['../x', 'a/../../x', '/x', 'a//b', './a', 'a/.', '', 'C:\\x', 'a\\b', 'a\0b', 'ж', 'a/'])(
    'is refused if it is %j',
    (path) => {
      expect(() => resolveInside('/base', path)).toThrow(expect.objectContaining({ code: 'PATH_OUTSIDE_FOLDER' }));
    },
  );

  it('stays below its folder', async () => {
    const base = await folder();
    expect(resolveInside(base, 'tracks/room.2.mp4')).toBe(join(base, 'tracks', 'room.2.mp4'));
    // It reads no disk: a link is for the reader of strangers' files to find.
    await mkdir(join(base, 'd'));
    await symlink('/etc', join(base, 'd', 'l'));
    expect(resolveInside(base, 'd/l')).toBe(join(base, 'd', 'l'));
  });
});
