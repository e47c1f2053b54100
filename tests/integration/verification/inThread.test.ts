import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Gate, openBag, verifyBag, verifyInThread } from '../../../src/main/verification/index.ts';
import type { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { largeMedia } from '../../support/largeMedia.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';

const MIB = 1024 * 1024;

let folder: string;
let bag: SampleBag;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-inthread-'));
  const fill = randomBytes(4096);
  // Together more than what is read without threads.
  const media = { room: largeMedia(12, MIB, fill), mic: largeMedia(9, MIB - 17, fill) };
  bag = await sampleBag(folder, { media });
});
afterAll(async () => {
  bag.exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});

const request = () => ({ path: bag.path, identity: null, ownRoots: [bag.rootPem], namedRoots: [], tsaRoots: [] });
const quiet = () => ({ signal: new AbortController().signal, gate: new Gate(), onProgress: () => undefined });

async function here(): Promise<VerificationResult> {
  const source = await openBag(bag.path);
  try {
    return await verifyBag(source, { trust: [bag.rootPem] });
  } finally {
    await source.close();
  }
}

describe('a bag whose parts threads read', () => {
  it('is verified in a thread as it is here, and says how far it is', async () => {
    const told: number[] = [];
    const result = await verifyInThread(request(), { ...quiet(), onProgress: (done) => told.push(done) });
    expect(result).toMatchObject({ outcome: 'trusted', exitStatus: 0, summary: { failed: 0, tracks: 2 } });
    expect(result).toEqual(await here());
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('has a changed byte found at its place', async () => {
    const path = join(bag.path, 'data/tracks/mic.mp4');
    const file = await open(path, 'r+');
    const at = 5 * MIB;
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
    try {
      await file.write(Buffer.of((buffer[0] ?? 0) ^ 1), 0, 1, at);
      const result = await verifyInThread(request(), quiet());
      const failed = result.checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
      expect(failed).toEqual(['bag.manifest', 'track.mic.parts', 'track.mic.segments']);
      expect(result.checks.find(({ name }) => name === 'track.mic.segments')?.reason).toEqual({
        code: 'segment-digest',
        params: { file: 'data/tracks/mic.mp4', line: 7, at_ms: 5000 },
      });
    } finally {
      await file.write(buffer, 0, 1, at);
      await file.close();
    }
  });

  it('stands still while it is paused, and goes on', async () => {
    const gate = new Gate();
    gate.pause();
    let ended = false;
    const working = verifyInThread(request(), { ...quiet(), gate }).finally(() => {
      ended = true;
    });
    // One that began later and was not paused is done, and this one is not.
    await verifyInThread(request(), quiet());
    expect(ended).toBe(false);
    gate.resume();
    expect(await working).toMatchObject({ outcome: 'trusted' });
  });

  it('can be cancelled, also while it stands still', async () => {
    const abort = new AbortController();
    const gate = new Gate();
    gate.pause();
    const working = verifyInThread(request(), { ...quiet(), gate, signal: abort.signal });
    abort.abort(new Error('no longer wanted'));
    await expect(working).rejects.toThrow('no longer wanted');
    await expect(verifyInThread(request(), { ...quiet(), signal: abort.signal })).rejects.toThrow('no longer wanted');
  });

  it('is refused as without a thread', async () => {
    await expect(verifyInThread({ ...request(), path: join(folder, 'none') }, quiet())).rejects.toMatchObject({
      code: 'BAG_UNREADABLE',
    });
    await expect(verifyInThread({ ...request(), ownRoots: ['rubbish'] }, quiet())).rejects.toThrow();
  });
});
