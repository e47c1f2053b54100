import { describe, expect, it } from 'vitest';
import type { BagListing } from '../../../src/main/verification/source.ts';
import { type TarBytes, tarSource } from '../../../src/main/verification/tarSource.ts';
import { isRefusal } from '../../../src/shared/errors.ts';

interface Member {
  readonly name: string;
  readonly type?: string;
  readonly content?: string;
  readonly prefix?: string;
}

function header({ name, type = '0', content = '', prefix = '' }: Member): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, 'latin1');
  block.write('0000644\0', 100);
  block.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257, 'latin1');
  block.write(prefix, 345, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function tar(members: readonly Member[], end = Buffer.alloc(1024)): Buffer {
  const blocks = members.flatMap((member) => {
    const content = Buffer.from(member.content ?? '');
    return [header(member), content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, end]);
}

function bytesOf(content: Buffer): TarBytes {
  return {
    plainBytes: content.length,
    read: async (offset, length) => content.subarray(offset, offset + length),
    async *stream(from, to) {
      yield content.subarray(from, to);
    },
    close: async () => undefined,
  };
}

const list = (content: Buffer): Promise<BagListing> => tarSource(bytesOf(content), 'x.tar.age').list();

describe('a bag as a tar', () => {
  it('lists and gives files in place, without their top folder', async () => {
    const source = tarSource(
      bytesOf(
        tar([
          { name: 'x-1/', type: '5' },
          { name: 'x-1/bagit.txt', content: 'one' },
          { name: 'record.json', prefix: 'x-1/data', content: 'y'.repeat(700) },
        ]),
      ),
      'x.tar.age',
    );
    const listing = await source.list();
    expect(listing.problems).toEqual([]);
    expect(listing.entries).toEqual([
      { path: 'bagit.txt', bytes: 3 },
      { path: 'data/record.json', bytes: 700 },
    ]);
    const pieces: Uint8Array[] = [];
    for await (const piece of source.stream('data/record.json')) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('y'.repeat(700));
  });

  it.each<[string, Member, string]>([
    ['a symbolic link', { name: 'x-1/data/a', type: '2' }, 'link'],
    ['a hard link', { name: 'x-1/data/a', type: '1' }, 'link'],
    ['a device', { name: 'x-1/data/a', type: '3' }, 'file-not-plain'],
    ['a pax record', { name: 'x-1/data/a', type: 'x', content: '20 path=../../evil\n' }, 'file-not-plain'],
    ['a long GNU name', { name: '././@LongLink', type: 'L', content: '../../evil' }, 'file-not-plain'],
    ['a way out', { name: 'x-1/../../evil' }, 'name-outside'],
    ['an absolute name', { name: '/etc/passwd' }, 'name-outside'],
    ['a second top folder', { name: 'y-2/bagit.txt' }, 'name-outside'],
  ])('reports %s', async (_, member, code) => {
    const listing = await list(tar([{ name: 'x-1/bagit.txt', content: 'a' }, member]));
    expect(listing.problems.map((problem) => problem.code)).toContain(code);
  });

  it('reports what stands behind the end', async () => {
    const hidden = tar([{ name: 'x-1/hidden', content: 'b' }]);
    const listing = await list(
      tar([{ name: 'x-1/bagit.txt', content: 'a' }], Buffer.concat([Buffer.alloc(1024), hidden])),
    );
    expect(listing.problems[0]?.code).toBe('file-unlisted');
  });

  it.each([
    ['cut in a file', (whole: Buffer) => whole.subarray(0, 600)],
    ['cut before the end mark', (whole: Buffer) => whole.subarray(0, 1024)],
    ['with a damaged header', (whole: Buffer) => Buffer.concat([Buffer.from('X'), whole.subarray(1)])],
    ['of something else', () => Buffer.alloc(2048, 7)],
    ['empty', () => Buffer.alloc(0)],
  ])('refuses one that is %s', async (_, spoil) => {
    const whole = tar([{ name: 'x-1/bagit.txt', content: 'a'.repeat(512) }]);
    await expect(list(spoil(whole))).rejects.toSatisfy((error) => isRefusal(error, 'BAG_UNREADABLE'));
  });
});
