import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Disk,
  decodeTail,
  newIdentity,
  openCrashedPart,
  openPart,
  openSecret,
  sha256File,
  systemDisk,
} from '../../../src/main/vault/index.ts';
import { until } from '../../support/until.ts';
import { temporaryFolders } from './tempFolder.ts';

const folder = temporaryFolders();
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function twoTargets(): Promise<[string, string]> {
  const base = await folder();
  const targets: [string, string] = [join(base, 'a'), join(base, 'b')];
  for (const target of targets) await mkdir(target);
  return targets;
}

/** The system's disk, except that files under `folder` fail with `code` once `after` bytes were written there. */
function failing(folder: string, code: string, after: number): Disk {
  let written = 0;
  return {
    ...systemDisk,
    create: async (path) => {
      const file = await systemDisk.create(path);
      if (!path.startsWith(folder)) return file;
      return {
        writeAt: async (bytes, at) => {
          written += bytes.length;
          if (written > after) throw Object.assign(new Error(code), { code });
          await file.writeAt(bytes, at);
        },
        truncate: (length) => file.truncate(length),
        datasync: () => file.datasync(),
        close: () => file.close(),
      };
    },
  };
}

/** The system's disk, except that a sync under `folder` does not come back until `answer` is called. */
function hanging(folder: string): { disk: Disk; answer: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const create: Disk['create'] = async (path) => {
    const file = await systemDisk.create(path);
    const datasync = () => promise.then(() => file.datasync());
    return path.startsWith(folder)
      ? { writeAt: file.writeAt.bind(file), truncate: file.truncate.bind(file), close: file.close.bind(file), datasync }
      : file;
  };
  return { disk: { ...systemDisk, create }, answer: () => resolve() };
}

describe('a part that is written', () => {
  it('is the same whole age file on both targets, and leaves no tail', async () => {
    const targets = await twoTargets();
    const { identity, recipient } = await newIdentity();
    const plain = randomBytes(500_000);
    const writer = await openPart({ targets, file: 'room.2.mp4', recipient });
    for (let at = 0; at < plain.length; at += 33_333) {
      await writer.write(plain.subarray(at, at + 33_333));
      await writer.makeDurable();
      expect(writer.durableBytes).toBe(Math.min(at + 33_333, plain.length));
    }
    const done = await writer.finish();
    expect(done).toMatchObject({ bytes: plain.length, sha256: sha256(plain) });
    expect(done.stored.map((one) => one.target)).toEqual(targets);
    for (const { target, file, bytes, sha256: digest } of done.stored) {
      expect(await readdir(target)).toEqual(['room.2.mp4.age']);
      expect(await sha256File(join(target, file))).toEqual({ bytes, sha256: digest });
      expect(await openSecret(await readFile(join(target, file)), identity)).toEqual(plain);
    }
  });

  it('may be empty', async () => {
    const [target] = await twoTargets();
    const { identity, recipient } = await newIdentity();
    const writer = await openPart({ targets: [target], file: 'mic.mp4', recipient });
    await writer.makeDurable();
    const done = await writer.finish();
    expect(done).toMatchObject({ bytes: 0, sha256: sha256(Buffer.of()) });
    expect(await openSecret(await readFile(join(target, 'mic.mp4.age')), identity)).toHaveLength(0);
  });

  it('keeps what is not yet in a chunk in a tail of its own key, by turns', async () => {
    const [target] = await twoTargets();
    const { identity, recipient } = await newIdentity();
    const plain = randomBytes(150_000);
    const writer = await openPart({ targets: [target], file: 'room.mp4', recipient });
    await writer.write(plain.subarray(0, 1000));
    await writer.makeDurable();
    await writer.write(plain.subarray(1000));
    await writer.makeDurable();
    const first = await decodeTail(await readFile(join(target, 'room.tail.age')), identity);
    expect(first).toEqual({ part: 'room', offset: 0, bytes: plain.subarray(0, 1000) });
    const second = await decodeTail(await readFile(join(target, 'room.tail.alt.age')), identity);
    expect(second).toEqual({ part: 'room', offset: 131_072, bytes: plain.subarray(131_072) });
    await writer.abandon();
  });

  it('does its steps in the order of the calls, also without waiting', async () => {
    const [target] = await twoTargets();
    const { recipient } = await newIdentity();
    const pieces = Array.from({ length: 40 }, () => randomBytes(5000));
    const writer = await openPart({ targets: [target], file: 'room.mp4', recipient });
    const steps = pieces.flatMap((piece) => [writer.write(piece), writer.makeDurable()]);
    const done = await writer.finish();
    await Promise.all(steps);
    expect(done.sha256).toBe(sha256(Buffer.concat(pieces)));
  });

  it('is not written over one that is there', async () => {
    const [target] = await twoTargets();
    const { recipient } = await newIdentity();
    await (await openPart({ targets: [target], file: 'room.mp4', recipient })).abandon();
    await expect(openPart({ targets: [target], file: 'room.mp4', recipient })).rejects.toMatchObject({
      code: 'TARGET_UNUSABLE',
      params: { reason: 'EEXIST' },
    });
  });

  it('never leaves its folder', async () => {
    const targets = await twoTargets();
    const { recipient } = await newIdentity();
    for (const file of ['../room.mp4', '/room.mp4', 'a\\b.mp4', 'комната.mp4']) {
      await expect(openPart({ targets, file, recipient })).rejects.toMatchObject({ code: 'PATH_OUTSIDE_FOLDER' });
    }
  });
});

describe('a target that fails', () => {
  it.each(['ENOSPC', 'EIO', 'EROFS'])('with %s is dropped, told of once, and the other goes on', async (code) => {
    const targets = await twoTargets();
    const { identity, recipient } = await newIdentity();
    const lost: [string, unknown][] = [];
    const writer = await openPart({
      targets,
      file: 'room.mp4',
      recipient,
      disk: failing(targets[0], code, 200_000),
      onTargetLost: (target, error) => lost.push([target, error]),
    });
    const plain = randomBytes(400_000);
    for (let at = 0; at < plain.length; at += 50_000) {
      await writer.write(plain.subarray(at, at + 50_000));
      await writer.makeDurable();
    }
    const done = await writer.finish();
    expect(lost).toEqual([[targets[0], expect.objectContaining({ code })]]);
    expect(done.stored.map((one) => one.target)).toEqual([targets[1]]);
    expect(await openSecret(await readFile(join(targets[1], 'room.mp4.age')), identity)).toEqual(plain);
    // What the lost one has is not thrown away: it is as a crash would have left it.
    const left = await openCrashedPart(targets[0], 'room.mp4', identity);
    expect(left.plainBytes).toBeGreaterThan(60_000);
  });

  it('that is not there at the start is dropped then', async () => {
    const [, target] = await twoTargets();
    const { recipient } = await newIdentity();
    const lost: string[] = [];
    const missing = join(target, 'none');
    const writer = await openPart({
      targets: [missing, target],
      file: 'room.mp4',
      recipient,
      onTargetLost: (one) => lost.push(one),
    });
    expect(writer.targets).toEqual([target]);
    expect(lost).toEqual([missing]);
    await writer.abandon();
  });

  it('and is the last one stops the writing, and every later step says so', async () => {
    const [target] = await twoTargets();
    const { recipient } = await newIdentity();
    const disk = failing(target, 'ENOSPC', 100_000);
    const writer = await openPart({ targets: [target], file: 'room.mp4', recipient, disk });
    const refusal = { code: 'TARGET_UNUSABLE', params: { target, reason: 'ENOSPC' } };
    await expect(writer.write(randomBytes(300_000))).rejects.toMatchObject(refusal);
    await expect(writer.makeDurable()).rejects.toMatchObject(refusal);
    await expect(writer.finish()).rejects.toMatchObject(refusal);
  });

  it('by not answering is dropped once the other has gone on; one that is alone is waited for', async () => {
    const targets = await twoTargets();
    const { identity, recipient } = await newIdentity();
    const lost: unknown[] = [];
    const { disk, answer } = hanging(targets[0]);
    const writer = await openPart({
      ...{ targets, file: 'room.mp4', recipient, disk, patienceMs: 30, graceMs: 10 },
      onTargetLost: (target, error) => lost.push([target, error]),
    });
    const plain = randomBytes(200_000);
    await writer.write(plain);
    await writer.makeDurable();
    await until('it is given up', async () => {
      await writer.makeDurable();
      return lost.length > 0;
    });
    expect(lost).toEqual([[targets[0], expect.objectContaining({ code: 'ETIMEDOUT' })]]);
    expect((await writer.finish()).stored.map((one) => one.target)).toEqual([targets[1]]);
    expect(await openSecret(await readFile(join(targets[1], 'room.mp4.age')), identity)).toEqual(plain);
    answer();

    const [alone] = await twoTargets();
    const slow = hanging(alone);
    const quick = { patienceMs: 1, graceMs: 1 };
    const other = await openPart({ targets: [alone], file: 'room.mp4', recipient, disk: slow.disk, ...quick });
    let durable = false;
    const work = other
      .write(plain)
      .then(() => other.makeDurable())
      .then(() => (durable = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(durable).toBe(false);
    slow.answer();
    await work;
    expect(other.durableBytes).toBe(plain.length);
    await other.abandon();
  });
});

describe('a target that is slow', () => {
  it('does not hold up the other, is said to lag, and holds all of it in the end', async () => {
    const targets = await twoTargets();
    const { recipient } = await newIdentity();
    const { disk, answer } = hanging(targets[0]);
    const told: number[] = [];
    const texts = ['room.segments.jsonl'];
    const writer = await openPart({
      ...{ targets, file: 'room.mp4', texts, recipient, disk, graceMs: 1 },
      onDurable: (bytes) => told.push(bytes),
    });
    const plain = randomBytes(300_000);
    for (let at = 0; at < plain.length; at += 30_000) {
      await writer.write(plain.subarray(at, at + 30_000));
      await writer.makeDurable();
      await writer.addText('room.segments.jsonl', `${at}\n`);
    }
    // Until it is level, only what stands on both counts as durable everywhere.
    expect(writer.progress).toMatchObject([{ target: targets[0] }, { durableBytes: plain.length, behindBytes: 0 }]);
    expect(writer.progress[0]?.behindBytes).toBeGreaterThan(200_000);
    expect([writer.durableBytes, told]).toEqual([0, []]);
    expect(await readFile(join(targets[1], 'room.segments.jsonl'), 'utf8')).toBe(lines(10));
    // No line stands where the bytes that it speaks of could be gone after a power cut.
    expect(await readFile(join(targets[0], 'room.segments.jsonl'), 'utf8')).toBe('');
    answer();
    const done = await writer.finish();
    expect(done.stored.map((one) => one.target)).toEqual(targets);
    expect(told.at(-1)).toBe(plain.length);
    for (const { target, file, sha256: digest } of done.stored) {
      expect((await sha256File(join(target, file))).sha256).toBe(digest);
      expect(await readFile(join(target, 'room.segments.jsonl'), 'utf8')).toBe(lines(10));
    }
  });

  it('is dropped when it lags too far, with the reason; memory stays bounded', async () => {
    const targets = await twoTargets();
    const { recipient } = await newIdentity();
    const { disk, answer } = hanging(targets[1]);
    const lost: [string, unknown][] = [];
    const writer = await openPart({
      ...{ targets, file: 'room.mp4', recipient, disk, graceMs: 1, largestLag: 100_000 },
      onTargetLost: (target, error) => lost.push([target, error]),
    });
    for (let i = 0; i < 10; i++) {
      await writer.write(randomBytes(70_000));
      await writer.makeDurable();
    }
    expect(lost).toEqual([[targets[1], expect.objectContaining({ code: 'TOO_SLOW' })]]);
    expect(writer.progress.map(({ target, durableBytes }) => [target, durableBytes])).toEqual([[targets[0], 700_000]]);
    answer();
    expect((await writer.finish()).stored.map((one) => one.target)).toEqual([targets[0]]);
  });

  it('that still owes something at the end is waited for as long as patience lasts', async () => {
    const targets = await twoTargets();
    const { recipient } = await newIdentity();
    const { disk, answer } = hanging(targets[1]);
    const lost: unknown[] = [];
    const writer = await openPart({
      ...{ targets, file: 'room.mp4', recipient, disk, graceMs: 1, patienceMs: 40 },
      onTargetLost: (_, error) => lost.push(error),
    });
    await writer.write(randomBytes(10_000));
    expect((await writer.finish()).stored.map((one) => one.target)).toEqual([targets[0]]);
    expect(lost).toEqual([expect.objectContaining({ code: 'ETIMEDOUT' })]);
    answer();
  });
});

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `${i * 30_000}\n`).join('');
