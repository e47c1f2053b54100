import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cryptoSelfTest, sha256File } from '../../../src/main/vault/index.ts';
import { temporaryFolders } from './tempFolder.ts';

const folder = temporaryFolders();
const crypto = vi.hoisted(() => ({ broken: false }));

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  const createCipheriv = new Proxy(real.createCipheriv, {
    apply: (target, self, args) => {
      if (crypto.broken) throw new Error('no such cipher');
      return Reflect.apply(target, self, args);
    },
  });
  return { ...real, createCipheriv };
});

afterEach(() => {
  crypto.broken = false;
});

describe("the runtime's cryptography", () => {
  it('gives the known answers', async () => {
    await cryptoSelfTest();
  });

  it('that lacks a cipher is refused by its name', async () => {
    crypto.broken = true;
    await expect(cryptoSelfTest()).rejects.toMatchObject({
      code: 'CRYPTO_SELF_TEST_FAILED',
      params: { what: 'ChaCha20-Poly1305' },
    });
  });
});

describe('the digest of a file', () => {
  it.each([0, 1, 1024 * 1024, 3 * 1024 * 1024 + 5])('is that of its %i bytes, told as it goes', async (length) => {
    const path = join(await folder(), 'f');
    const bytes = randomBytes(length);
    await writeFile(path, bytes);
    const told: number[] = [];
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await sha256File(path, { onProgress: (so) => told.push(so) })).toEqual({ bytes: length, sha256 });
    expect(told.at(-1)).toBe(length);
  });

  it('can be broken off', async () => {
    const path = join(await folder(), 'f');
    await writeFile(path, 'x');
    await expect(sha256File(path, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    await expect(sha256File(join(path, 'none'))).rejects.toMatchObject({ code: 'VAULT_FILE_UNREADABLE' });
  });
});
