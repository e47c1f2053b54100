import { Refusal } from '../../shared/errors.ts';
import type { CheckReason } from '../../shared/evidence/verification.ts';
import { nameProblem, printable } from './names.ts';
import type { BagEntry, BagListing, BagSource } from './source.ts';
import { BLOCK, isZeroBlock, parseTarHeader } from './tarHeader.ts';

const READ_BYTES = 1 << 20;
const MOST_FILES = 200_000;

/** Random reads of the plain tar: the vault's age reader. `plainBytes` must have been authenticated already. */
export interface TarBytes {
  readonly plainBytes: number;
  read(offset: number, length: number): Promise<Uint8Array>;
  stream(from: number, to: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

interface Place {
  readonly offset: number;
  readonly bytes: number;
}

/**
 * A bag as one tar: plain ustar of regular files and folders, everything under one folder named as the exhibit. Read in
 * place, so nothing is unpacked. Links and other types are reported; a tar that breaks off is `BAG_UNREADABLE`.
 */
export function tarSource(tar: TarBytes, name: string): BagSource {
  const places = new Map<string, Place>();
  return {
    name,
    encrypted: true,
    list: () => listTar(tar, places),
    stream: (path) => streamPlace(tar, places.get(path), path),
    close: () => tar.close(),
  };
}

async function listTar(tar: TarBytes, places: Map<string, Place>): Promise<BagListing> {
  const entries: BagEntry[] = [];
  const problems: CheckReason[] = [];
  let top: string | undefined;
  let offset = 0;
  for (;;) {
    const block = await readExactly(tar, offset, BLOCK);
    if (isZeroBlock(block)) break;
    const header = parseTarHeader(block, offset);
    const content = offset + BLOCK;
    offset = content + Math.ceil(header.bytes / BLOCK) * BLOCK;
    if (offset > tar.plainBytes)
      throw new Refusal('BAG_UNREADABLE', { reason: `tar ends inside ${printable(header.name)}` });
    const full = header.name.replace(/\/$/, '');
    const bad = nameProblem(full);
    if (header.type === 'link') problems.push({ code: 'link', params: { file: printable(full) } });
    else if (header.type === 'other') problems.push({ code: 'file-not-plain', params: { file: printable(full) } });
    else if (bad !== null) problems.push(bad);
    else {
      const [first = '', ...rest] = full.split('/');
      top ??= first;
      const path = rest.join('/');
      if (first !== top || (path === '' && header.type === 'file')) {
        problems.push({ code: 'name-outside', params: { file: printable(full) } });
      } else if (header.type === 'file') {
        entries.push({ path, bytes: header.bytes });
        if (!places.has(path)) places.set(path, { offset: content, bytes: header.bytes });
      }
    }
    if (entries.length + problems.length > MOST_FILES) {
      throw new Refusal('BAG_UNREADABLE', { reason: `more than ${MOST_FILES} files` });
    }
  }
  problems.push(...(await trailing(tar, offset)));
  return { entries, problems };
}

/** After the end mark there is nothing but zeros: a second archive behind the first would be an unlisted file. */
async function trailing(tar: TarBytes, from: number): Promise<CheckReason[]> {
  for (let offset = from; offset < tar.plainBytes; offset += READ_BYTES) {
    const piece = await readExactly(tar, offset, Math.min(READ_BYTES, tar.plainBytes - offset));
    if (!isZeroBlock(piece)) return [{ code: 'file-unlisted', params: { file: `tar+${offset}` } }];
  }
  return [];
}

async function* streamPlace(tar: TarBytes, place: Place | undefined, path: string): AsyncGenerator<Uint8Array> {
  if (place === undefined) throw new Refusal('BAG_UNREADABLE', { reason: printable(path) });
  yield* tar.stream(place.offset, place.offset + place.bytes);
}

async function readExactly(tar: TarBytes, offset: number, length: number): Promise<Uint8Array> {
  if (offset + length > tar.plainBytes) throw new Refusal('BAG_UNREADABLE', { reason: 'tar without an end' });
  const piece = await tar.read(offset, length);
  if (piece.length !== length) throw new Refusal('BAG_UNREADABLE', { reason: 'tar without an end' });
  return piece;
}
