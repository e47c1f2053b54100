import { execFileSync } from 'node:child_process';
import { cp, link, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBag, verifyBag } from '../../../src/main/verification/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';

let folder: string;
let bag: SampleBag;
let copy: string;
let copies = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-folder-'));
  bag = await sampleBag(folder);
});
afterAll(async () => {
  bag.exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  copies += 1;
  copy = join(folder, `copy-${copies}`);
  await cp(bag.path, copy, { recursive: true });
});
afterEach(async () => {
  await rm(copy, { recursive: true, force: true });
});

async function found(): Promise<string[]> {
  const source = await openBag(copy);
  const result = await verifyBag(source, { trust: [bag.rootPem] });
  await source.close();
  return result.checks.flatMap((check) =>
    check.status === 'fail' ? [check.reason, ...check.details].map((reason) => `${check.name} ${reason.code}`) : [],
  );
}

describe('a bag as a folder', () => {
  it('may be renamed', async () => {
    expect(await found()).toEqual([]);
  });

  it('must not hold a link to a file, also of the same content', async () => {
    const path = join(copy, 'data/tracks/room.mp4');
    await rename(path, join(folder, 'elsewhere.mp4'));
    await symlink(join(folder, 'elsewhere.mp4'), path);
    expect(await found()).toContain('bag.complete link');
  });

  it('must not hold a link to a folder', async () => {
    await rename(join(copy, 'data/tracks'), join(folder, `tracks-${copies}`));
    await symlink(join(folder, `tracks-${copies}`), join(copy, 'data/tracks'));
    const failures = await found();
    expect(failures).toContain('bag.complete link');
    expect(failures).toContain('track.room.parts file-missing');
  });

  it('must not hold a pipe, and reading does not wait for one', async () => {
    execFileSync('mkfifo', [join(copy, 'data/pipe')]);
    expect(await found()).toContain('bag.complete file-not-plain');
  });

  it('must not hold odd names', async () => {
    await writeFile(join(copy, 'data/tracks/room .mp4'), 'x');
    expect(await found()).toContain('bag.complete name-not-allowed');
  });

  it('must not hold unlisted files, in folders of their own either', async () => {
    await mkdir(join(copy, 'data/.hidden'));
    await writeFile(join(copy, 'data/.hidden/x'), 'x');
    expect(await found()).toContain('bag.complete file-unlisted');
  });

  it('may share its files’ storage with others', async () => {
    await link(join(copy, 'data/record.json'), join(folder, `hard-${copies}`));
    expect(await found()).toEqual([]);
  });

  it('that was cut short in copying fails by name', async () => {
    await truncate(join(copy, 'data/tracks/room.mp4'), 1000);
    await rm(join(copy, 'data/tracks/mic.mp4'));
    expect(await found()).toEqual(
      expect.arrayContaining([
        'bag.complete file-missing',
        'bag.manifest digest-differs',
        'track.room.segments segment-cover',
        'track.mic.parts file-missing',
      ]),
    );
  });

  it('that has lost everything is no bag', async () => {
    for (const name of ['bagit.txt', 'manifest-sha256.txt', 'data']) await rm(join(copy, name), { recursive: true });
    await expect(found()).rejects.toSatisfy((error) => isRefusal(error, 'BAG_UNREADABLE'));
  });
});
