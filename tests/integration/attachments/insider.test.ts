import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jobResult } from '../../../src/main/cli/seat.ts';
import { openBag, verifyBag } from '../../../src/main/verification/index.ts';
import type { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { type Insider, insiderStation } from '../../support/insider.ts';
import { hasCommand } from '../../support/openssl.ts';

/** Attachments and supplements of a station's exhibit: what a bag of it shows, and what somebody with root cannot hide. */
const there = hasCommand('openssl');
const checker = fileURLToPath(new URL('../../support/check_bag.py', import.meta.url));
const pdf = (text: string) => new File([`%PDF-1.7\n${text}`], 'any-name.pdf');
let outside: string;
let insider: Insider;
let one: string;
let root: string;

beforeAll(async () => {
  if (!there) return;
  outside = await mkdtemp(join(tmpdir(), 'birret-beside-'));
  insider = await insiderStation({
    before: async ({ seats }, exhibit) => {
      const { attachments } = seats.investigator.client;
      await attachments.keep({ exhibit, title: 'Drawing', content: pdf('a dog') });
      await attachments.keep({ exhibit, title: 'Plan', content: new File(['Free narrative first'], 'plan.txt') });
    },
    after: async ({ seats, station }, exhibit) => {
      const { client } = seats.investigator;
      await client.supplements.add({ exhibit, files: [{ title: 'Protocol', content: pdf('protocol') }] });
      await client.supplements.add({ exhibit, files: [{ title: 'Remarks', content: pdf('remarks') }] });
      const asked = { exhibit, folder: outside, name: 'bag', to: 'Defence', recipient: null };
      await jobResult(client, (await client.archive.export(asked)).job);
      root = station.roots().stationRootPem;
    },
  });
  [one] = insider.exhibits;
}, 240_000);
afterEach(async () => {
  if (there) await insider.restore();
});
afterAll(async () => {
  await insider?.end();
  if (there) await rm(outside, { recursive: true, force: true });
});

const failed = ({ checks }: VerificationResult): string[] =>
  checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
const on = (target: 1 | 2, file: string) => join(insider.folderOf(one, target), file);
const flip = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
  await writeFile(path, bytes);
};
const sql = (text: string, ...values: unknown[]): void =>
  insider.database((db) => void db.prepare(text).run(...values));

describe.skipIf(!there)('the bag', () => {
  it('has all of it plain, and every checker finds it right', async () => {
    const bag = join(outside, 'bag');
    expect((await readdir(join(bag, 'data/attachments'))).sort()).toEqual(['file.pdf', 'file.txt', 'preparation.json']);
    expect(await readFile(join(bag, 'data/supplements/2/file.pdf'), 'utf8')).toContain('remarks');
    const source = await openBag(bag, {});
    const result = await verifyBag(source, { trust: [root], tsaTrust: [insider.tsa.rootPem] });
    await source.close();
    expect(failed(result)).toEqual([]);
    const found = (name: string) => result.checks.find((check) => check.name === name);
    expect(found('supplements')).toMatchObject({ status: 'pass', reason: { params: { supplements: 2 } } });
    expect(found('custody.additions')?.reason.params).toEqual({ attachments: 3, supplements: 2 });
    const python = spawnSync('python3', ['-I', '-B', checker, bag], { encoding: 'utf8' });
    expect(JSON.parse(python.stdout)).toMatchObject({ problems: [], additions: { attachments: 3, supplements: 2 } });
    await writeFile(join(outside, 'root.pem'), root);
    for (const signature of (await readdir(join(bag, 'data/supplements'))).filter((name) => name.endsWith('.p7s'))) {
      const content = join(bag, 'data/supplements', `${signature.split('.json')[0]}.json`);
      const openssl = spawnSync('openssl', [
        ...['cms', '-verify', '-binary', '-cades', '-purpose', 'any', '-no-CApath', '-no-CAstore', '-inform', 'DER'],
        ...['-CAfile', join(outside, 'root.pem'), '-in', join(bag, 'data/supplements', signature)],
        ...['-content', content, '-out', '/dev/null'],
      ]);
      expect(openssl.status, signature).toBe(0);
    }
  });

  it('is not right without the last supplement, nor with another attachment', async () => {
    const less = join(outside, 'less');
    await cp(join(outside, 'bag'), less, { recursive: true });
    for (const name of await readdir(join(less, 'data/supplements'))) {
      if (name.startsWith('2')) await rm(join(less, 'data/supplements', name), { recursive: true });
    }
    await writeFile(join(less, 'data/attachments/file.pdf'), '%PDF-1.7\na cat');
    const source = await openBag(less, {});
    const names = failed(await verifyBag(source, { trust: [root] }));
    await source.close();
    expect(names).toEqual(expect.arrayContaining(['bag.complete', 'record.canonical', 'custody.additions']));
    const python = spawnSync('python3', ['-I', '-B', checker, less], { encoding: 'utf8' });
    expect(python.stdout).toContain('supplement 2: the log tells of it, and it is not here');
  });
});

describe.skipIf(!there)('somebody with the disks and the database', () => {
  it('leaves nothing to find when nothing was done', async () => {
    const result = await insider.verified(one);
    expect(failed(result)).toEqual([]);
    const names = result.checks.filter(({ status }) => status === 'pass').map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['supplements.1', 'supplements.2', 'custody.additions.1', 'custody.additions.2']),
    );
    expect(names.filter((name) => name.startsWith('time.supplements/'))).toHaveLength(4);
  });

  const cases: [string, () => Promise<void> | void, string[]][] = [
    ['an attachment, one bit', () => flip(on(2, 'attachments/file.pdf.age')), ['stored.2']],
    ['an attachment taken away', () => rm(on(1, 'attachments/file.txt.age')), ['record.canonical', 'stored.1']],
    [
      'two attachments, one for the other',
      async () => {
        await rename(on(1, 'attachments/file.txt.age'), on(1, 'x'));
        await rename(on(1, 'attachments/file.pdf.age'), on(1, 'attachments/file.txt.age'));
        await rename(on(1, 'x'), on(1, 'attachments/file.pdf.age'));
      },
      ['record.canonical', 'stored.1'],
    ],
    ["a supplement's file, one bit", () => flip(on(2, 'supplements/1/file.pdf.age')), ['stored.2', 'supplements.2']],
    [
      'the last supplement taken away from one disk',
      async () => {
        for (const name of await readdir(on(2, 'supplements')))
          if (name.startsWith('2')) await rm(on(2, join('supplements', name)), { recursive: true });
      },
      ['stored.2', 'custody.additions.2'],
    ],
    [
      'the last supplement taken away from everywhere, the database too',
      async () => {
        for (const target of [1, 2] as const) {
          for (const name of await readdir(on(target, 'supplements')))
            if (name.startsWith('2')) await rm(on(target, join('supplements', name)), { recursive: true });
        }
        sql('DELETE FROM supplements WHERE exhibit = ? AND n = 2', one);
      },
      ['stored.1', 'custody.additions.1', 'stored.2', 'custody.additions.2'],
    ],
    [
      'two supplements, one for the other',
      async () => {
        for (const target of [1, 2] as const) {
          await rename(on(target, 'supplements/1.json'), on(target, 'x'));
          await rename(on(target, 'supplements/2.json'), on(target, 'supplements/1.json'));
          await rename(on(target, 'x'), on(target, 'supplements/2.json'));
        }
      },
      ['supplements.1', 'custody.additions.1', 'supplements.2', 'custody.additions.2'],
    ],
    [
      'what the database says of a supplement',
      () => sql('UPDATE supplements SET sha256 = ? WHERE exhibit = ? AND n = 1', 'ab'.repeat(32), one),
      ['custody.additions.1', 'custody.additions.2'],
    ],
    [
      "a supplement's signature",
      () => flip(on(1, 'supplements/1.json.station.p7s')),
      ['supplements.1', 'custody.additions.1', 'stored.2'],
    ],
    ['the key file on one disk', () => flip(on(2, 'exhibit.key.age')), ['stored.2']],
  ];
  for (const [what, change, found] of cases) {
    it(`is found out: ${what}`, async () => {
      await change();
      expect(failed(await insider.verified(one)).filter((name) => !name.startsWith('time.'))).toEqual(found);
    });
  }
});
