import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openBag, verifyBag } from '../../../src/main/verification/index.ts';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import { hasCommand, openssl } from '../../support/openssl.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';
import { filesOf, flipped } from './alteredBag.ts';

const script = join(import.meta.dirname, '../../support/check_bag.py');
const python = hasCommand('python3', '--version');
const Found = z.object({
  exhibit: z.string(),
  log: z.object({ root: z.string(), size: z.number(), events: z.number() }),
  parts: z.array(z.object({ file: z.string(), merkle_root: z.string(), lines: z.number() })),
  problems: z.array(z.string()),
});

let folder: string;
let bag: SampleBag;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-strangers-'));
  bag = await sampleBag(folder);
});
afterAll(async () => {
  bag.exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});

function checkedByPython(path: string): { status: number | null; found: unknown } {
  const done = spawnSync('python3', ['-I', '-B', script, path], { encoding: 'utf8' });
  return { status: done.status, found: JSON.parse(done.stdout) };
}

describe('tools that nobody here wrote', () => {
  it('sha256sum finds every file right', () => {
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      const said = execFileSync('sha256sum', ['--strict', '-c', manifest], { cwd: bag.path, encoding: 'utf8' });
      expect(said).not.toContain('FAILED');
    }
  });

  it('openssl verifies each signature as the format page says', async () => {
    const data = join(bag.path, 'data');
    const [chain = ''] = await readdir(join(data, 'signatures/chain'));
    const at = String(Math.floor(Date.parse('2026-11-21T10:14:04Z') / 1000));
    const verify = (p7s: string, content: string) =>
      openssl(
        ...['cms', '-verify', '-binary', '-cades', '-purpose', 'any', '-no-CApath', '-no-CAstore'],
        ...['-CAfile', bag.rootPath, '-certfile', join(data, 'signatures/chain', chain), '-attime', at],
        ...['-inform', 'DER', '-in', p7s, '-content', content, '-out', '/dev/null'],
      );
    const record = join(data, 'record.json');
    for (const name of ['station', 'inv-01']) {
      expect(verify(join(data, `signatures/record.json.${name}.p7s`), record)).toMatchObject({ status: 0 });
    }
    const tags = join(bag.path, 'tagmanifest-sha256.txt');
    expect(verify(`${tags}.p7s`, tags)).toMatchObject({ status: 0 });
    expect(verify(`${tags}.p7s`, record).status).not.toBe(0);
  });

  it.skipIf(!python)('Python’s standard library gets the same roots (skipped without python3)', async () => {
    const { status, found } = checkedByPython(bag.path);
    const result = Found.parse(found);
    expect(result.problems).toEqual([]);
    expect(status).toBe(0);
    const record = EvidenceRecord.parse(JSON.parse(await readFile(join(bag.path, 'data/record.json'), 'utf8')));
    const parts = record.tracks.flatMap((track) => track.parts);
    expect(result.parts.map((part) => part.merkle_root)).toEqual(parts.map((part) => part.merkle_root));
    const ours = await verifyBag(await openBag(bag.path), { trust: [bag.rootPem] });
    expect(result.exhibit).toBe(ours.summary.exhibit);
    expect(result.log.events).toBe(ours.summary.events);
    expect(result.log.root).toBe(bag.exhibit.log.root(result.log.size).toString('hex'));
  });

  it.skipIf(!python)('Python and the verifier agree on what is spoiled (skipped without python3)', async () => {
    const copy = join(folder, 'spoiled');
    await cp(bag.path, copy, { recursive: true });
    const files = await filesOf(bag.path);
    for (const path of ['data/tracks/room.mp4', 'data/custody/events.jsonl', 'data/tracks/mic.heads']) {
      const right = files.get(path) ?? Buffer.alloc(0);
      await writeFile(join(copy, path), flipped(right, right.length >> 1));
      expect(checkedByPython(copy).status, path).toBe(1);
      expect((await verifyBag(await openBag(copy), { trust: [bag.rootPem] })).exitStatus, path).toBe(1);
      await writeFile(join(copy, path), right);
    }
    expect(checkedByPython(copy).status).toBe(0);
  });
});
