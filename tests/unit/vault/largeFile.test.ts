import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newIdentity, openAgeFile, openSecret, storeFile, systemDisk } from '../../../src/main/vault/index.ts';
import { temporaryFolders } from './tempFolder.ts';

const folder = temporaryFolders();
const MIB = 1024 * 1024;
const CHUNK = 65_536;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function* pieces(plain: Buffer, size: number, failAt = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
  for (let at = 0; at < plain.length; at += size) {
    if (at >= failAt) throw new Error('the source broke off');
    yield plain.subarray(at, at + size);
  }
}

async function stored(plain: Buffer) {
  const target = await folder();
  const { identity, recipient } = await newIdentity();
  const done = await storeFile({ targets: [target], file: 'room.mp4', recipient, plain: pieces(plain, 300_007) });
  return { identity, done, path: join(target, 'room.mp4.age') };
}

async function collected(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
}

describe('a file that threads seal', () => {
  // Around the borders of a chunk and of a batch of sixteen, beyond what is sealed without threads.
  it.each([8 * MIB, 9 * MIB - 1, 9 * MIB + 1, 10 * MIB + CHUNK])(
    'of %i bytes is what it was, and so are both digests',
    async (size) => {
      const plain = randomBytes(size);
      const { identity, done, path } = await stored(plain);
      const file = await readFile(path);
      expect(done).toMatchObject({ bytes: size, sha256: sha256(plain) });
      expect(done.stored).toMatchObject([{ bytes: file.length, sha256: sha256(file) }]);
      expect((await openSecret(file, identity)).equals(plain)).toBe(true);
    },
  );

  it('leaves nothing behind if its source breaks off late', async () => {
    const target = await folder();
    const { recipient } = await newIdentity();
    const plain = pieces(randomBytes(11 * MIB), 70_000, 10 * MIB);
    await expect(storeFile({ targets: [target], file: 'room.mp4', recipient, plain })).rejects.toThrow('broke off');
    expect(await readdir(target)).toEqual([]);
  });

  it('leaves nothing behind if its only disk is lost on the way', async () => {
    const target = await folder();
    const { recipient } = await newIdentity();
    let writes = 0;
    const disk = {
      ...systemDisk,
      create: async (path: string) => {
        const file = await systemDisk.create(path);
        return {
          writeAt: async (bytes: Uint8Array, position: number) => {
            writes += 1;
            if (writes > 3) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
            await file.writeAt(bytes, position);
          },
          truncate: (length: number) => file.truncate(length),
          datasync: () => file.datasync(),
          close: () => file.close(),
        };
      },
    };
    const plain = pieces(randomBytes(12 * MIB), 70_000);
    await expect(storeFile({ targets: [target], file: 'room.mp4', recipient, plain, disk })).rejects.toMatchObject({
      code: 'TARGET_UNUSABLE',
      params: { reason: 'ENOSPC' },
    });
    expect(await readdir(target)).toEqual([]);
  });

  it('asks its disk to keep what is written as it goes, and is told of the first that it could not keep', async () => {
    const target = await folder();
    const { recipient } = await newIdentity();
    let syncs = 0;
    const disk = {
      ...systemDisk,
      create: async (path: string) => {
        const file = await systemDisk.create(path);
        return {
          writeAt: (bytes: Uint8Array, position: number) => file.writeAt(bytes, position),
          truncate: (length: number) => file.truncate(length),
          // The first sync fails, as it does once for each failure; all later ones say that nothing is wrong.
          datasync: async () => {
            syncs += 1;
            if (syncs === 1) throw Object.assign(new Error('lost'), { code: 'EIO' });
          },
          close: () => file.close(),
        };
      },
    };
    const plain = pieces(Buffer.alloc(40 * MIB), MIB);
    await expect(storeFile({ targets: [target], file: 'room.mp4', recipient, plain, disk })).rejects.toMatchObject({
      code: 'TARGET_UNUSABLE',
      params: { reason: 'EIO' },
    });
    expect(await readdir(target)).toEqual([]);
  });
});

describe('a long stretch', () => {
  it('comes as it went in, from any byte to any byte, and may be left in the midst', async () => {
    const plain = randomBytes(10 * MIB + 17);
    const { identity, path } = await stored(plain);
    const reader = await openAgeFile(path, identity);
    const ends: [number, number][] = [
      [0, plain.length],
      [1, plain.length],
      [CHUNK - 1, 10 * MIB + 1],
      [3 * CHUNK, 9 * MIB],
      [100, 100 + 2 * MIB],
    ];
    for (const [from, to] of ends) {
      expect((await collected(reader.stream(from, to))).equals(plain.subarray(from, to)), `${from} ${to}`).toBe(true);
    }
    for await (const piece of reader.stream()) {
      expect(piece.equals(plain.subarray(0, piece.length))).toBe(true);
      break;
    }
    expect((await reader.read(CHUNK - 5, 2 * MIB)).equals(plain.subarray(CHUNK - 5, CHUNK - 5 + 2 * MIB))).toBe(true);
    expect((await reader.read(CHUNK, 10)).equals(plain.subarray(CHUNK, CHUNK + 10))).toBe(true);
    await reader.close();
  });

  it('ends where the file is damaged, or was cut since it was opened', async () => {
    const plain = randomBytes(9 * MIB);
    const { identity, path } = await stored(plain);
    const reader = await openAgeFile(path, identity);
    const { size } = await stat(path);
    const file = await open(path, 'r+');
    await file.truncate(size - 3 * MIB);
    await file.close();
    await expect(collected(reader.stream())).rejects.toMatchObject({ code: 'AGE_DAMAGED' });
    await reader.close();

    const other = await stored(plain);
    const bytes = await readFile(other.path);
    bytes[7 * MIB] = (bytes[7 * MIB] ?? 0) ^ 1;
    await writeFile(other.path, bytes);
    const damaged = await openAgeFile(other.path, other.identity);
    let good = 0;
    const reading = (async () => {
      for await (const piece of damaged.stream()) good += piece.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'AGE_DAMAGED', params: { where: 'chunk 111' } });
    expect(good).toBe(6 * MIB);
    await damaged.close();
  });
});
