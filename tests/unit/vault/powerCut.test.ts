import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newIdentity, openAgeFile, openCrashedPart, openPart, storeFile } from '../../../src/main/vault/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { PowerDisk } from './powerDisk.ts';
import { temporaryFolders } from './tempFolder.ts';

const folder = temporaryFolders();

/** A repeatable source of chance (a linear congruence is random enough to lose sectors). */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function plainOf(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i + 4 <= length; i += 4) bytes.writeUInt32LE(i, i);
  return bytes;
}

async function lay(files: Map<string, Buffer>, target: string): Promise<string> {
  const place = join(await folder(), 'x');
  await mkdir(place);
  for (const [path, bytes] of files)
    if (path.startsWith(`${target}/`)) await writeFile(join(place, basename(path)), bytes);
  return place;
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a power cut at any step', () => {
  it('loses nothing that was said to be durable, on either target', async () => {
    const { identity, recipient } = await newIdentity();
    const fragments = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 8 });
    const run = async (lengths: number[], steps: number, seed: number): Promise<void> => {
      const disk = new PowerDisk(steps);
      const plain = plainOf(lengths.reduce((sum, length) => sum + length, 0));
      const promised = new Map([
        ['/a', 0],
        ['/b', 0],
      ]);
      let finished: readonly string[] = [];
      try {
        const texts = ['room.segments.jsonl'];
        const writer = await openPart({ targets: ['/a', '/b'], file: 'room.mp4', texts, recipient, disk });
        let at = 0;
        for (const length of lengths) {
          await writer.write(plain.subarray(at, at + length));
          at += length;
          await writer.makeDurable();
          for (const { target, durableBytes } of writer.progress) promised.set(target, durableBytes);
          await writer.addText('room.segments.jsonl', `${at}\n`);
        }
        finished = (await writer.finish()).stored.map((one) => one.target);
      } catch (error) {
        if (!isRefusal(error, 'TARGET_UNUSABLE')) throw error;
      }
      const files = disk.afterwards(chanceOf(seed));
      for (const target of ['/a', '/b']) {
        const place = await lay(files, target);
        if (promised.get(target) === 0 && !files.has(`${target}/room.mp4.age`)) continue;
        const part = await openCrashedPart(place, 'room.mp4', identity);
        const found = await bytesOf(part.stream());
        expect(found.length).toBe(part.plainBytes);
        // A target may be ahead of the promise, never behind what was promised while it was still one of them.
        expect(found.length).toBeGreaterThanOrEqual(promised.get(target) ?? 0);
        expect(found.equals(plain.subarray(0, found.length))).toBe(true);
        // A line never speaks of bytes that are gone.
        const lines = files.get(`${target}/room.segments.jsonl`)?.toString('latin1').split('\n').slice(0, -1) ?? [];
        for (const line of lines) if (/^\d+$/.test(line)) expect(Number(line)).toBeLessThanOrEqual(found.length);
        if (finished.includes(target)) {
          const reader = await openAgeFile(join(place, 'room.mp4.age'), identity);
          expect(reader.plainBytes).toBe(plain.length);
          await reader.close();
        }
      }
    };
    await fc.assert(fc.asyncProperty(fragments, fc.integer({ min: 0, max: 120 }), fc.integer(), run), { numRuns: 80 });
  });

  it('leaves the old file or the new one where a whole file is stored', async () => {
    const { identity, recipient } = await newIdentity();
    const run = async (steps: number, seed: number): Promise<void> => {
      const disk = new PowerDisk();
      const [older, newer] = [plainOf(1000), plainOf(200_000)];
      await storeFile({ targets: ['/a'], file: 'room.mp4', recipient, plain: [older], disk });
      disk.stepsLeft = steps;
      const stored = await storeFile({ targets: ['/a'], file: 'room.mp4', recipient, plain: [newer], disk }).then(
        () => true,
        () => false,
      );
      const place = await lay(disk.afterwards(chanceOf(seed)), '/a');
      const reader = await openAgeFile(join(place, 'room.mp4.age'), identity);
      const found = await bytesOf(reader.stream());
      await reader.close();
      expect(found.equals(newer) || (!stored && found.equals(older))).toBe(true);
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 14 }), fc.integer(), run), { numRuns: 60 });
  });
});
