import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BagInput, bagFile, encryptedTarSink, folderSink, writeBag } from '../../../src/main/archive/bag/index.ts';
import { newIdentity } from '../../../src/main/vault/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { hasCommand } from '../../support/openssl.ts';
import { BAGGED, sampleBagInput } from '../../support/sampleBag.ts';
import { type SampleExhibit, sampleExhibit } from '../../support/sampleExhibit.ts';

describe.skipIf(!hasCommand('ffmpeg', '-version'))('a bag that cannot be written', () => {
  let folder = '';
  let out = '';
  let exhibit: SampleExhibit;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bag-'));
    out = join(folder, 'out');
    await mkdir(out);
    exhibit = await sampleExhibit(folder);
  });
  afterAll(async () => {
    exhibit.db.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Tries to write; gives the code, having seen that neither a file nor an event was left behind. */
  async function refusal(change: (input: BagInput) => BagInput, sink = folderSink(join(out, 'bag'))): Promise<string> {
    const [files, events] = [await readdir(out), exhibit.log.size()];
    let code = 'written';
    try {
      await writeBag(change(sampleBagInput(exhibit)), sink);
    } catch (error) {
      code = isRefusal(error) ? error.code : String(error);
    }
    expect(await readdir(out)).toEqual(files);
    expect(exhibit.log.size()).toBe(events);
    return code;
  }

  /** The first part's bytes after `alter`. */
  function altered(alter: (bytes: Buffer) => Buffer) {
    return (input: BagInput): BagInput => {
      const parts = input.parts.map((part, i) => ({
        ...part,
        async *open() {
          const pieces: Uint8Array[] = [];
          for await (const piece of part.open()) pieces.push(piece);
          const whole = Buffer.concat(pieces);
          yield i === 0 ? alter(whole) : whole;
        },
      }));
      return { ...input, parts };
    };
  }

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['a changed byte', (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.of((bytes.at(-1) ?? 0) ^ 1)])],
    ['a byte too many', (bytes) => Buffer.concat([bytes, Buffer.of(0)])],
    ['a byte too few', (bytes) => bytes.subarray(0, -1)],
  ])('because a part has %s', async (_what, alter) => {
    expect(await refusal(altered(alter))).toBe('BAG_SOURCE_DIFFERS');
    const { recipient } = await newIdentity();
    const tar = encryptedTarSink(join(out, 'bag.tar.age'), [recipient], BAGGED);
    expect(await refusal(altered(alter), tar)).toBe('BAG_SOURCE_DIFFERS');
  });

  it('because a part, a signature or a line of segments is missing', async () => {
    expect(await refusal((input) => ({ ...input, parts: input.parts.slice(1) }))).toBe('BAG_SOURCE_DIFFERS');
    expect(await refusal((input) => ({ ...input, signatures: input.signatures.slice(1) }))).toBe('BAG_SOURCE_DIFFERS');
    const cut = (input: BagInput) => ({
      ...input,
      parts: input.parts.map((part) => ({ ...part, segments: part.segments.subarray(0, -10) })),
    });
    expect(await refusal(cut)).toBe('BAG_SOURCE_DIFFERS');
  });

  it('because a name would leave the bag, or stands twice', async () => {
    const add = (path: string) => (input: BagInput) => ({ ...input, more: [bagFile(path, 'x')] });
    for (const path of ['../x', '/x', 'attachments/../../x', 'custody/x', 'Signatures/record.json.station.p7s']) {
      expect(await refusal(add(path))).toBe('PATH_OUTSIDE_FOLDER');
    }
    expect(await refusal(add('signatures/RECORD.json.station.p7s'))).toBe('PATH_OUTSIDE_FOLDER');
  });

  it('because there is something already, which stays as it was', async () => {
    const taken = join(out, 'taken');
    await writeFile(taken, 'mine');
    expect(await refusal((input) => input, folderSink(taken))).toBe('EXPORT_EXISTS');
    expect(await readFile(taken, 'utf8')).toBe('mine');
  });

  it('because the folder is not there, or the recipient’s key is none', async () => {
    expect(await refusal((input) => input, folderSink(join(out, 'no', 'bag')))).toBe('EXPORT_FOLDER_UNUSABLE');
    const tar = (key: string[]) => encryptedTarSink(join(out, 'bag.tar.age'), key, BAGGED);
    expect(await refusal((input) => input, tar(['age1nonsense']))).toBe('RECIPIENT_INVALID');
    expect(await refusal((input) => input, tar([]))).toBe('RECIPIENT_INVALID');
  });

  it('because it was cancelled half way', async () => {
    const stop = new AbortController();
    const onProgress = ({ writtenBytes, totalBytes }: { writtenBytes: number; totalBytes: number }) => {
      if (writtenBytes > totalBytes / 2) stop.abort();
    };
    expect(await refusal((input) => ({ ...input, signal: stop.signal, onProgress }))).toBe('JOB_CANCELLED');
  });

  it('because its last event is not the export of this very bag: then nothing leaves', async () => {
    const lying = (input: BagInput): BagInput => ({
      ...input,
      exported: (manifest) => input.exported({ ...manifest, sha256: '0'.repeat(64) }),
    });
    await expect(writeBag(lying(sampleBagInput(exhibit)), folderSink(join(out, 'bag')))).rejects.toThrow(
      /export of this/,
    );
    expect((await readdir(out)).filter((name) => name !== 'taken')).toEqual([]);
  });
});
