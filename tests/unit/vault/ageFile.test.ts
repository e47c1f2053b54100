import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decrypter, Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AgeReader,
  createAgeEncryptor,
  newIdentity,
  openAgeFile,
  openSecret,
  recipientOf,
  sealSecret,
} from '../../../src/main/vault/index.ts';
import { temporaryFolders } from './tempFolder.ts';

const CHUNK = 65_536;
const BORDERS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 17 * CHUNK, 17 * CHUNK + 5];
const folder = temporaryFolders();

async function withReader<T>(file: Uint8Array, identity: string, use: (reader: AgeReader) => Promise<T>): Promise<T> {
  const path = join(await folder(), 'a.age');
  await writeFile(path, file);
  const reader = await openAgeFile(path, identity);
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
}

async function all(reader: AgeReader, from?: number, to?: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of reader.stream(from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('age files', () => {
  it.each(BORDERS)('are read back at %i bytes, whole, streamed and by typage', async (length) => {
    const { identity, recipient } = await newIdentity();
    const plain = randomBytes(length);
    const file = await sealSecret(plain, [recipient]);
    expect(await openSecret(file, identity)).toEqual(plain);
    await withReader(file, identity, async (reader) => {
      expect(reader.plainBytes).toBe(length);
      expect(await reader.read(0, length)).toEqual(plain);
      expect(await all(reader)).toEqual(plain);
    });
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    expect(Buffer.from(await decrypter.decrypt(file))).toEqual(plain);
  });

  it('made by typage for several recipients are read with each identity', async () => {
    const people = [await newIdentity(), await newIdentity(), await newIdentity()];
    const encrypter = new Encrypter();
    for (const { recipient } of people) encrypter.addRecipient(recipient);
    const plain = randomBytes(3 * CHUNK + 7);
    const file = await encrypter.encrypt(plain);
    for (const { identity } of people) expect(await openSecret(file, identity)).toEqual(plain);
    const own = await sealSecret(
      plain,
      people.map((one) => one.recipient),
    );
    for (const { identity } of people) expect(await openSecret(own, identity)).toEqual(plain);
  });

  it('hold the same plaintext whatever the pieces in which it came, and tell what is pending', async () => {
    const { identity, recipient } = await newIdentity();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 150_000 }), { maxLength: 8 }), async (lengths) => {
        const encryptor = await createAgeEncryptor([recipient]);
        const plain: Buffer[] = [];
        const sealed: Buffer[] = [encryptor.header];
        for (const length of lengths) {
          const piece = randomBytes(length);
          plain.push(piece);
          const chunks = encryptor.update(piece);
          for (const chunk of chunks) expect(chunk.length).toBe(CHUNK + 16);
          sealed.push(...chunks);
          const whole = Buffer.concat(plain);
          expect(encryptor.plainBytes).toBe(whole.length);
          expect(encryptor.pending).toEqual(whole.subarray(encryptor.chunks * CHUNK));
        }
        sealed.push(encryptor.finish());
        expect(await openSecret(Buffer.concat(sealed), identity)).toEqual(Buffer.concat(plain));
      }),
      { numRuns: 40 },
    );
  });

  it('give any range, and refuse one beyond the end', async () => {
    const { identity, recipient } = await newIdentity();
    const plain = randomBytes(20 * CHUNK + 123);
    await withReader(await sealSecret(plain, [recipient]), identity, async (reader) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(plain.length), fc.nat(3 * CHUNK), async (from, count) => {
          const to = Math.min(from + count, plain.length);
          expect((await reader.read(from, to - from)).equals(plain.subarray(from, to))).toBe(true);
          expect((await all(reader, from, to)).equals(plain.subarray(from, to))).toBe(true);
        }),
        { numRuns: 60 },
      );
      await expect(reader.read(plain.length, 1)).rejects.toThrow(RangeError);
      await expect(reader.read(-1, 1)).rejects.toThrow(RangeError);
      await expect(reader.read(0.5, 1)).rejects.toThrow(RangeError);
    });
  });

  it('take nothing after their last chunk', async () => {
    const encryptor = await createAgeEncryptor([(await newIdentity()).recipient]);
    encryptor.finish();
    expect(() => encryptor.update(Buffer.of(1))).toThrow();
    expect(() => encryptor.finish()).toThrow();
  });

  it('never use one file key, nonce or share twice', async () => {
    const { recipient } = await newIdentity();
    const files = await Promise.all(Array.from({ length: 50 }, () => sealSecret(Buffer.alloc(10), [recipient])));
    expect(new Set(files.map((file) => file.subarray(0, 100).toString('latin1'))).size).toBe(50);
    expect(new Set(files.map((file) => file.subarray(-26).toString('hex'))).size).toBe(50);
  });
});

describe('age keys', () => {
  it('match: the known pair of the C2SP text', async () => {
    const identity = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX';
    expect(await recipientOf(identity)).toBe('age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj');
  });

  it.each([
    '',
    'age1',
    'AGE-SECRET-KEY-1',
    'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEY',
    'Age-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX',
    'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX ',
    'AGE-SECRET-KEY-1ЖFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX',
  ])('refuse what is not one: %j', async (text) => {
    await expect(recipientOf(text)).rejects.toMatchObject({ code: 'KEY_UNREADABLE' });
    await expect(openSecret(Buffer.alloc(0), text)).rejects.toMatchObject({ code: 'KEY_UNREADABLE' });
    await expect(sealSecret(Buffer.alloc(0), [text])).rejects.toMatchObject({ code: 'KEY_UNREADABLE' });
  });

  it('do not stand in the refusal of a secret one that was mistyped', async () => {
    const wrong = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEY';
    const error: unknown = await recipientOf(wrong).catch((caught: unknown) => caught);
    expect(String(error)).not.toContain('GFPYY');
  });
});
