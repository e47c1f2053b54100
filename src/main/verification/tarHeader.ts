import { Refusal } from '../../shared/errors.ts';

/** A tar is made of blocks of this many bytes. */
export const BLOCK = 512;

export interface TarHeader {
  readonly name: string;
  readonly bytes: number;
  readonly type: 'file' | 'folder' | 'link' | 'other';
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/**
 * Reads one header block of a POSIX.1-1988 (ustar) archive; sizes of 8 GiB and more in base 256. `offset` is only for
 * the message. Throws `BAG_UNREADABLE` when it is none or its sum is wrong. Names are taken byte by byte (Latin-1), so
 * that nothing is lost before the name is judged.
 */
export function parseTarHeader(block: Uint8Array, offset: number): TarHeader {
  const refuse = (): never => {
    throw new Refusal('BAG_UNREADABLE', { reason: `no tar header at ${offset}` });
  };
  const magic = text(block, 257, 6);
  if (!magic.startsWith('ustar')) return refuse();
  let sum = 0;
  for (const [index, byte] of block.entries()) sum += index >= 148 && index < 156 ? 0x20 : byte;
  if (sum !== octal(block, 148, 8)) return refuse();
  const bytes = size(block);
  if (bytes === null || !Number.isSafeInteger(bytes)) return refuse();
  const prefix = text(block, 345, 155);
  const name = text(block, 0, 100);
  return { name: prefix === '' ? name : `${prefix}/${name}`, bytes, type: typeOf(block[156] ?? 0) };
}

function typeOf(flag: number): TarHeader['type'] {
  switch (String.fromCharCode(flag)) {
    case '\0':
    case '0':
      return 'file';
    case '5':
      return 'folder';
    case '1':
    case '2':
      return 'link';
    default:
      return 'other';
  }
}

function text(block: Uint8Array, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return Buffer.from(end === -1 ? field : field.subarray(0, end)).toString('latin1');
}

function octal(block: Uint8Array, from: number, length: number): number | null {
  const digits = text(block, from, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

function size(block: Uint8Array): number | null {
  const first = block[124] ?? 0;
  if ((first & 0x80) === 0) return octal(block, 124, 12);
  let value = first & 0x7f;
  for (const byte of block.subarray(125, 136)) value = value * 256 + byte;
  return value;
}
