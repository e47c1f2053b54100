import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { payloadKeyObject, sealChunk } from '../../../src/main/vault/ageChunks.ts';
import { sealHeader } from '../../../src/main/vault/ageHeader.ts';
import { newIdentity, openAgeFile, openSecret, readCrashedAge, sealSecret } from '../../../src/main/vault/index.ts';
import { parseRecipient } from '../../../src/main/vault/keys.ts';
import { temporaryFolders } from './tempFolder.ts';

const CHUNK = 65_536;
const SEALED = CHUNK + 16;
const folder = temporaryFolders();

/** The code with which both ways of opening refuse a file; they must agree. */
async function refusalOf(file: Uint8Array, identity: string): Promise<unknown> {
  const path = join(await folder(), 'a.age');
  await writeFile(path, file);
  const atOnce = await codeOf(openSecret(file, identity));
  const read = async (): Promise<void> => {
    const reader = await openAgeFile(path, identity);
    try {
      for await (const _ of reader.stream());
    } finally {
      await reader.close();
    }
  };
  expect(await codeOf(read())).toBe(atOnce);
  return atOnce;
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return 'opened';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

async function sample(length: number) {
  const pair = await newIdentity();
  const plain = randomBytes(length);
  const file = await sealSecret(plain, [pair.recipient]);
  return { ...pair, plain, file, headerBytes: file.length - length - 16 * Math.max(1, Math.ceil(length / CHUNK)) };
}

describe('a damaged age file', () => {
  it('is refused with another key', async () => {
    const { file } = await sample(100);
    expect(await refusalOf(file, (await newIdentity()).identity)).toBe('AGE_WRONG_KEY');
  });

  it('is refused wherever one byte is flipped', async () => {
    const { file, identity, headerBytes } = await sample(CHUNK + 100);
    const places = [
      ...Array(headerBytes).keys(),
      headerBytes,
      headerBytes + CHUNK,
      headerBytes + SEALED,
      file.length - 1,
    ];
    for (const place of places) {
      const flipped = Buffer.from(file);
      flipped[place] = (flipped[place] ?? 0) ^ 1;
      expect(await codeOf(openSecret(flipped, identity)), `byte ${place}`).toMatch(
        /^AGE_(MALFORMED|DAMAGED|WRONG_KEY|TRUNCATED)$/,
      );
    }
    const inside = Buffer.from(file);
    inside[headerBytes + 5] = (inside[headerBytes + 5] ?? 0) ^ 1;
    expect(await refusalOf(inside, identity)).toBe('AGE_DAMAGED');
  });

  it('is refused wherever it is cut off', async () => {
    const { file, identity, headerBytes } = await sample(2 * CHUNK + 100);
    for (let length = 0; length <= headerBytes + 15; length++) {
      expect(await codeOf(openSecret(file.subarray(0, length), identity)), `${length}`).toBe('AGE_TRUNCATED');
    }
    expect(await refusalOf(file.subarray(0, headerBytes), identity)).toBe('AGE_TRUNCATED');
    // At a border every chunk that is left is authentic: only the flag tells.
    expect(await refusalOf(file.subarray(0, headerBytes + SEALED), identity)).toBe('AGE_TRUNCATED');
    expect(await refusalOf(file.subarray(0, headerBytes + 2 * SEALED), identity)).toBe('AGE_TRUNCATED');
    expect(await refusalOf(file.subarray(0, headerBytes + 2 * SEALED + 16), identity)).toBe('AGE_TRUNCATED');
    expect(await refusalOf(file.subarray(0, file.length - 1), identity)).toBe('AGE_DAMAGED');
  });

  it('is refused with something after its end', async () => {
    const { file, identity } = await sample(100);
    expect(await refusalOf(Buffer.concat([file, Buffer.of(0)]), identity)).toBe('AGE_DAMAGED');
    const full = await sample(CHUNK);
    expect(await refusalOf(Buffer.concat([full.file, Buffer.alloc(30)]), full.identity)).toBe('AGE_DAMAGED');
  });

  it('is refused with an empty last chunk after full ones', async () => {
    const { identity, recipient } = await newIdentity();
    const header = sealHeader([parseRecipient(recipient)]);
    const chunks = [
      sealChunk(payloadKeyObject(header.payloadKey), 0, false, Buffer.alloc(CHUNK)),
      sealChunk(payloadKeyObject(header.payloadKey), 1, true, Buffer.of()),
    ];
    expect(await refusalOf(Buffer.concat([header.bytes, ...chunks]), identity)).toBe('AGE_TRUNCATED');
  });

  it('is refused when its chunks change places', async () => {
    const { file, identity, headerBytes } = await sample(3 * CHUNK);
    const chunk = (i: number) => file.subarray(headerBytes + i * SEALED, headerBytes + (i + 1) * SEALED);
    const swapped = Buffer.concat([file.subarray(0, headerBytes), chunk(1), chunk(0), chunk(2)]);
    expect(await refusalOf(swapped, identity)).toBe('AGE_DAMAGED');
  });

  it.each([
    ['empty', '', 'AGE_TRUNCATED'],
    ['another version', 'age-encryption.org/v2\n-> X25519 a\n\n--- a\n', 'AGE_MALFORMED'],
    ['something else', 'ftypisom and so on\n', 'AGE_MALFORMED'],
    ['armour', '-----BEGIN AGE ENCRYPTED FILE-----\n', 'AGE_MALFORMED'],
    ['no stanza', `age-encryption.org/v1\n--- ${'A'.repeat(43)}\n`, 'AGE_MALFORMED'],
    ['a stanza without arguments', `age-encryption.org/v1\n-> \n\n--- ${'A'.repeat(43)}\n`, 'AGE_MALFORMED'],
    [
      'a share that is too short',
      `age-encryption.org/v1\n-> X25519 AAAA\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`,
      'AGE_MALFORMED',
    ],
    [
      'a share of zeros',
      `age-encryption.org/v1\n-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`,
      'AGE_MALFORMED',
    ],
    [
      'a body that is too long',
      `age-encryption.org/v1\n-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(63)}\n--- ${'A'.repeat(43)}\n`,
      'AGE_MALFORMED',
    ],
    [
      'padded base64',
      `age-encryption.org/v1\n-> X25519 ${'A'.repeat(43)}=\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`,
      'AGE_MALFORMED',
    ],
    [
      'a stanza of another kind only',
      `age-encryption.org/v1\n-> ssh-rsa AAAA\nAAAA\n--- ${'A'.repeat(43)}\n`,
      'AGE_WRONG_KEY',
    ],
    ['a header without end', `age-encryption.org/v1\n${'-> X25519 A\n\n'.repeat(10_000)}`, 'AGE_MALFORMED'],
  ])('is refused: %s', async (_, text, code) => {
    const { identity } = await newIdentity();
    expect(await refusalOf(Buffer.from(text), identity)).toBe(code);
  });

  it('that does not exist is refused with its name', async () => {
    const { identity } = await newIdentity();
    const path = join(await folder(), 'room.mp4.age');
    await expect(openAgeFile(path, identity)).rejects.toMatchObject({
      code: 'VAULT_FILE_UNREADABLE',
      params: { file: 'room.mp4.age', reason: 'ENOENT' },
    });
  });
});

describe('an age file that was cut off', () => {
  it('gives every whole chunk and ends without an error', async () => {
    const { file, identity, plain, headerBytes } = await sample(20 * CHUNK + 100);
    const path = join(await folder(), 'a.age');
    for (const [length, whole] of [
      [headerBytes, 0],
      [headerBytes + 1, 0],
      [headerBytes + SEALED - 1, 0],
      [headerBytes + SEALED, 1],
      [headerBytes + 16 * SEALED, 16],
      [headerBytes + 17 * SEALED + 5, 17],
      [headerBytes + 20 * SEALED + 100, 20],
    ] as const) {
      await writeFile(path, file.subarray(0, length));
      expect((await readAll(path, identity)).equals(plain.subarray(0, whole * CHUNK)), `${length}`).toBe(true);
    }
  });

  it('gives all of a file that is whole, and stops at damage', async () => {
    const { file, identity, plain, headerBytes } = await sample(3 * CHUNK + 5);
    const path = join(await folder(), 'a.age');
    await writeFile(path, file);
    expect((await readAll(path, identity)).equals(plain)).toBe(true);
    file.fill(0, headerBytes + SEALED, headerBytes + 2 * SEALED);
    await writeFile(path, file);
    expect((await readAll(path, identity)).equals(plain.subarray(0, CHUNK))).toBe(true);
  });
});

async function readAll(path: string, identity: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readCrashedAge(path, identity)) pieces.push(piece);
  return Buffer.concat(pieces);
}
