import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBag } from '../../../src/main/verification/index.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';
import { type BagFiles, bytes, changed, filesOf, flipped, relisted, sourceOf } from './alteredBag.ts';

let folder: string;
let bag: SampleBag;
let files: BagFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-onebyte-'));
  bag = await sampleBag(folder);
  files = await filesOf(bag.path);
});
afterAll(async () => {
  bag.exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});

async function failuresOf(altered: BagFiles): Promise<string[]> {
  const result = await verifyBag(sourceOf(altered), { trust: [bag.rootPem] });
  return result.checks.filter((check) => check.status === 'fail').map((check) => check.name);
}

/** The first check that is to notice, beside the manifests, when the listing has been made to fit the alteration. */
const noticedBy: [RegExp, string][] = [
  [/^data\/record\.json$/, 'signature.record.json.station.p7s.valid'],
  [/^data\/signatures\/record\.json\.station\.p7s$/, 'signature.record.json.station.p7s.valid'],
  [/^data\/signatures\/record\.json\.inv-01\.p7s$/, 'signature.record.json.inv-01.p7s.valid'],
  [/^data\/tracks\/room\.mp4$/, 'track.room.segments'],
  [/^data\/tracks\/mic\.mp4$/, 'track.mic.parts'],
  [/^data\/tracks\/room\.segments\.jsonl$/, 'track.room.merkle'],
  [/^data\/tracks\/mic\.segments\.jsonl$/, 'track.mic.merkle'],
  [/^data\/tracks\/room\.heads$/, 'track.room.heads'],
  [/^data\/tracks\/mic\.heads$/, 'track.mic.heads'],
  [/^data\/custody\/events\.jsonl$/, 'custody.proofs'],
  [/^data\/custody\/checkpoint$/, 'custody.checkpoint'],
  [/^data\/custody\/seal\.checkpoint$/, 'custody.seal-to-head'],
  [/^data\/custody\/seal-to-head\.consistency$/, 'custody.seal-to-head'],
  [/^data\/custody\/log\.vkey$/, 'custody.log-key'],
  [/^data\/custody\/proofs\//, 'custody.proofs'],
  [/^data\/custody\/exported-manifest\.txt$/, 'custody.sequence'],
  // The log's own event of this export covers even what no signature names.
  [/^data\/READ-ME\.html$/, 'custody.sequence'],
  [/^data\/signatures\/(?:chain|roots)\//, 'custody.sequence'],
];

describe('one bit changed', () => {
  it('in any file, at its beginning, middle or end, fails and names a check', async () => {
    expect(files.size).toBeGreaterThan(20);
    for (const [path, content] of files) {
      for (const at of [0, content.length >> 1, -1]) {
        const failures = await failuresOf(changed(files, { [path]: flipped(content, at) }));
        expect(failures, `${path} at ${at}`).not.toEqual([]);
      }
    }
  });

  it('is noticed by the evidence itself, though the listing was made to fit and signed again', async () => {
    expect(await failuresOf(relisted(files, bag))).toEqual([]);
    for (const [path, content] of files) {
      if (!path.startsWith('data/')) continue;
      const [, check] = noticedBy.find(([pattern]) => pattern.test(path)) ?? [];
      expect(check, `nobody looks at ${path}`).toBeDefined();
      const failures = await failuresOf(
        relisted(changed(files, { [path]: flipped(content, content.length >> 1) }), bag),
      );
      expect(failures, path).toContain(check);
      expect(failures, path).not.toContain('bag.manifest');
    }
  });

  it('in a segment is found at its place', async () => {
    const path = 'data/tracks/room.mp4';
    const altered = changed(files, { [path]: flipped(bytes(files, path), -100) });
    const result = await verifyBag(sourceOf(altered), { trust: [bag.rootPem] });
    const segments = result.checks.find((check) => check.name === 'track.room.segments');
    expect(segments?.reason).toEqual({ code: 'segment-digest', params: { file: path, line: 4, at_ms: 2000 } });
    expect(segments?.details).toEqual([]);
  });
});
