import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceSchemas, openBag, verifyBag } from '../../../src/main/verification/index.ts';
import { hasJsonSchema, schemaFaults } from '../../support/jsonSchema.ts';
import { Broken, broken, VECTOR_BAG, VECTORS, verdictOf } from '../../support/vectors.ts';

const there = hasJsonSchema();

describe.skipIf(!there)(
  'documents held against the published schemas by another validator (needs python3-jsonschema)',
  () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'birret-schemas-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const linesOf = async (path: string): Promise<string[]> =>
      (await readFile(join(VECTOR_BAG, 'data', path), 'utf8')).split('\n').slice(0, -1);
    const record = async () => [await readFile(join(VECTOR_BAG, 'data/record.json'), 'utf8')];
    const tracks = async () =>
      (await readdir(join(VECTOR_BAG, 'data/tracks'))).filter((name) => name.endsWith('.jsonl'));
    const lines = async () => (await Promise.all((await tracks()).map((name) => linesOf(`tracks/${name}`)))).flat();
    const verdicts = async () => {
      const siblings = Broken.parse(JSON.parse(await readFile(join(VECTORS, 'broken.json'), 'utf8')));
      const results = [await verdictOf(VECTOR_BAG), await verifyBag(await openBag(VECTOR_BAG))];
      for (const sibling of siblings) results.push(await verdictOf(await broken(folder, sibling)));
      return results.map((result) => JSON.stringify(result));
    };
    const attachment = { file: '1/a.pdf', media_type: 'application/pdf', sha256: 'ab'.repeat(32), title: 'Хаттама' };
    const signer = { file: 'x.json.station.p7s', role: 'station', code: 'st1', cert_sha256: 'cd'.repeat(32) };
    const supplement = {
      ...{
        format: 'birret-supplement/1',
        exhibit: 'st1-2026-000001',
        n: 1,
        record_sha256: 'ab'.repeat(32),
        prev: null,
      },
      ...{ at: '2026-11-21T11:00:00.000Z', attachments: [attachment], signers: [signer] },
    };
    const copy = {
      ...{ format: 'birret-copy/1', exhibit: 'st1-2026-000001', id: 'copy-1', record_sha256: 'ab'.repeat(32) },
      ...{ kind: 'picture-in-picture', made_at: '2026-11-21T11:00:00.000Z', made_by: 'inv-1', duration_ms: 1000 },
      sources: [{ file: 'tracks/room.mp4', sha256: 'ab'.repeat(32), from_ms: 0, to_ms: 1000 }],
      edits: [],
      tool: { name: 'ffmpeg', version: '5.1', command: null },
      recipient: null,
      files: [{ file: 'picture-in-picture.mp4', media_type: 'video/mp4', bytes: 4, sha256: 'ab'.repeat(32) }],
      signers: [signer],
    };

    const kinds: readonly (readonly [string, () => Promise<readonly string[]>, number])[] = [
      ['birret-record-1', record, 1],
      ['birret-event-1', () => linesOf('custody/events.jsonl'), 8],
      ['birret-segment-line-1', lines, 5],
      ['birret-verification-1', verdicts, 17],
      ['birret-supplement-1', async () => [JSON.stringify(supplement)], 1],
      ['birret-copy-1', async () => [JSON.stringify(copy)], 1],
    ];

    it('there is a case for every schema of evidence', () => {
      // A jurisdiction's profile is no evidence; a checklist is held to its schema where one is made (tests/integration/preparation).
      const elsewhere = /^birret-(?:jurisdiction|preparation)-/;
      const published = [...evidenceSchemas().keys()].filter((name) => !elsewhere.test(name));
      expect(kinds.map(([name]) => `${name}.json`).sort()).toEqual(published.sort());
    });

    it.each(kinds)('%s takes what is written', async (name, documents, atLeast) => {
      const given = await documents();
      expect(given.length).toBeGreaterThanOrEqual(atLeast);
      expect(schemaFaults(name, given)).toEqual(given.map(() => null));
    });

    it.each(kinds)('%s refuses a document with a field more, one less, or null for any', async (name, documents) => {
      const [first = '{}'] = await documents();
      const whole = JSON.parse(first);
      const spoiled = [{ ...whole, extra: 1 }];
      for (const key of Object.keys(whole)) {
        const { [key]: _gone, ...rest } = whole;
        spoiled.push(rest);
        if (whole[key] !== null) spoiled.push({ ...whole, [key]: [null] });
      }
      const faults = schemaFaults(
        name,
        spoiled.map((one) => JSON.stringify(one)),
      );
      const taken = spoiled.filter((_one, index) => faults[index] === null).map((one) => JSON.stringify(one));
      expect(taken).toEqual([]);
    });
  },
);
