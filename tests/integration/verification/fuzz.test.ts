import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBag } from '../../../src/main/verification/index.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';
import { type BagFiles, bytes, changed, filesOf, relisted, sourceOf } from './alteredBag.ts';

let folder: string;
let bag: SampleBag;
let files: BagFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-fuzz-'));
  bag = await sampleBag(folder);
  files = await filesOf(bag.path);
});
afterAll(async () => {
  bag.exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});

interface Edit {
  readonly file: number;
  readonly at: number;
  readonly drop: number;
  readonly insert: Uint8Array;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  file: fc.nat(10_000),
  at: fc.nat(1 << 20),
  drop: fc.nat(40),
  insert: fc.uint8Array({ maxLength: 40 }),
});

describe('any edit of any evidence', () => {
  it('is never trusted, though the listing fits and is signed, and never upsets the verifier', async () => {
    const evidence = [...files.keys()].filter((path) => path.startsWith('data/')).sort();
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        let altered = files;
        for (const { file, at, drop, insert } of edits) {
          const path = evidence[file % evidence.length] ?? '';
          const before = bytes(altered, path);
          const from = at % (before.length + 1);
          const after = Buffer.concat([before.subarray(0, from), insert, before.subarray(from + drop)]);
          altered = changed(altered, { [path]: after });
        }
        const same = [...files].every(([path, content]) => altered.get(path)?.equals(content) === true);
        const result = await verifyBag(sourceOf(relisted(altered, bag)), { trust: [bag.rootPem] });
        expect(result.outcome).toBe(same ? 'trusted' : 'failed');
        expect(result.checks.filter((check) => check.reason.code === 'unreadable')).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});
