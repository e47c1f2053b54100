import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import * as published from 'cctv-age';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIdentity, openAgeFile, openSecret } from '../../../src/main/vault/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';

/** How many vectors there are of each kind: one that is new, or that goes elsewhere, is looked at by a person. */
const COUNTED = { x25519: 68, armored: 33, hybrid: 18, passphrase: 24 };

/**
 * What a reader that opens a file from the front has given out when it meets the damage. Ours looks at the end first and so
 * gives out less or nothing; where it has begun, it is by whole authentic chunks, so many bytes.
 */
const GIVEN_OUT = new Map([['stream_two_final_chunks_second', 65_536]]);

interface Vector {
  readonly name: string;
  readonly expect: string;
  readonly payload: string | null;
  readonly identities: readonly string[];
  readonly kind: keyof typeof COUNTED;
  readonly file: Buffer;
}

function readVector(name: string, raw: Uint8Array): Vector {
  const bytes = Buffer.from(raw);
  const end = bytes.indexOf('\n\n');
  const head = bytes.toString('utf8', 0, end).split('\n');
  const all = (key: string): string[] =>
    head.flatMap((line) => (line.startsWith(`${key}: `) ? [line.slice(key.length + 2)] : []));
  const body = bytes.subarray(end + 2);
  const identities = all('identity');
  const kind = (): Vector['kind'] => {
    if (all('armored').length > 0) return 'armored';
    if (identities.some((identity) => identity.startsWith('AGE-SECRET-KEY-PQ-'))) return 'hybrid';
    return all('passphrase').length > 0 && identities.length === 0 ? 'passphrase' : 'x25519';
  };
  return {
    name,
    expect: all('expect')[0] ?? '',
    payload: all('payload')[0] ?? null,
    identities,
    kind: kind(),
    file: all('compressed')[0] === 'zlib' ? inflateSync(body) : body,
  };
}

const vectors = Object.entries(published).map(([name, raw]) => readVector(name, raw));
const of = (kind: Vector['kind']) => vectors.filter((vector) => vector.kind === kind);

let folder: string;
let stranger: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-age-vectors-'));
  stranger = (await newIdentity()).identity;
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** Opens by both ways that we have, as a file and at once; `code` is null where it opened. */
async function opened(file: Buffer, identity: string) {
  const path = join(folder, 'vector.age');
  await writeFile(path, file);
  const digest = createHash('sha256');
  let bytes = 0;
  const code = await codeOf(async () => {
    const reader = await openAgeFile(path, identity);
    try {
      for await (const piece of reader.stream()) {
        digest.update(piece);
        bytes += piece.length;
      }
    } finally {
      await reader.close();
    }
  });
  let whole: string | null = null;
  const atOnce = await codeOf(async () => {
    whole = createHash('sha256')
      .update(await openSecret(file, identity))
      .digest('hex');
  });
  expect(atOnce).toBe(code);
  return { code, bytes, sha256: digest.digest('hex'), whole };
}

/** The code of a refusal; what is no refusal is a crash, and thrown on. */
async function codeOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
}

describe('the published age vectors', () => {
  it('are all here, and every one is of a kind that is told of below', () => {
    const counts = Object.fromEntries(Object.keys(COUNTED).map((kind) => [kind, 0]));
    for (const { kind } of vectors) counts[kind] = (counts[kind] ?? 0) + 1;
    expect(counts).toEqual(COUNTED);
    expect(vectors.length).toBe(143);
  });

  it.each(of('x25519').map((vector) => [vector.name, vector] as const))('%s: as it must be', async (name, vector) => {
    const [identity = stranger, ...more] = vector.identities;
    expect(more).toEqual([]);
    const { code, bytes, sha256, whole } = await opened(vector.file, identity);
    switch (vector.expect) {
      case 'success':
        expect({ code, sha256, whole }).toEqual({ code: null, sha256: vector.payload, whole: vector.payload });
        break;
      case 'no match':
        expect(code).toBe('AGE_WRONG_KEY');
        break;
      case 'HMAC failure':
        expect(code).toBe('AGE_DAMAGED');
        break;
      case 'header failure':
        expect(code).toMatch(/^AGE_(?:MALFORMED|TRUNCATED)$/);
        break;
      case 'payload failure':
        expect(code).toMatch(/^AGE_(?:DAMAGED|TRUNCATED)$/);
        expect(bytes).toBe(GIVEN_OUT.get(name) ?? 0);
        break;
      default:
        throw new Error(`${name} expects ${vector.expect}`);
    }
    if (vector.expect !== 'success') expect(whole).toBeNull();
    if (vector.expect !== 'success' && vector.expect !== 'payload failure') expect(bytes).toBe(0);
  });

  // What we do not read: ASCII armour, passphrases, keys against quantum computers. Refused, whatever it is opened with.
  it.each([...of('armored'), ...of('hybrid'), ...of('passphrase')].map((vector) => [vector.name, vector] as const))(
    '%s: not read, and refused',
    async (_name, vector) => {
      for (const identity of [...vector.identities, stranger]) {
        const { code, bytes } = await opened(vector.file, identity);
        const ours = identity.startsWith('AGE-SECRET-KEY-1');
        expect(code).toMatch(ours ? /^AGE_(?:MALFORMED|TRUNCATED|WRONG_KEY)$/ : /^KEY_UNREADABLE$/);
        expect(bytes).toBe(0);
      }
    },
  );
});
