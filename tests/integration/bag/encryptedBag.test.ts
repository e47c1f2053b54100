import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIdentity } from '../../../src/main/vault/index.ts';
import { hasCommand } from '../../support/openssl.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';

const ready = hasCommand('age', '--version') && hasCommand('ffmpeg', '-version') && hasCommand('tar', '--version');

describe.skipIf(!ready)('an encrypted bag', () => {
  let folder = '';
  let bag: SampleBag;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bag-'));
    const { identity, recipient } = await newIdentity();
    await writeFile(join(folder, 'key'), `${identity}\n`);
    bag = await sampleBag(folder, { recipient });
  });
  afterAll(async () => {
    bag.exhibit.db.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('opens with age and tar into a bag that passes sha256sum -c', async () => {
    const plain = spawnSync('age', ['-d', '-i', join(folder, 'key'), bag.path], { maxBuffer: 1 << 28 });
    expect(plain.stderr.toString()).toBe('');
    const out = join(folder, 'out');
    await mkdir(out);
    expect(spawnSync('tar', ['-xf', '-', '-C', out], { input: plain.stdout }).status).toBe(0);
    expect(await readdir(out)).toEqual(['st1-2026-000001']);
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      const done = spawnSync('sha256sum', ['-c', '--strict', '--quiet', manifest], {
        cwd: join(out, 'st1-2026-000001'),
      });
      expect(done.status).toBe(0);
    }
    const record = await readFile(join(out, 'st1-2026-000001/data/record.json'));
    expect(record.equals(bag.exhibit.record)).toBe(true);
  });

  it('shows nothing of what is inside, and stands alone', async () => {
    const bytes = await readFile(bag.path);
    for (const word of ['record.json', 'ftyp', 'manifest', 'st1-2026']) expect(bytes.includes(word)).toBe(false);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
