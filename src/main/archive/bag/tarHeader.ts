/** A tar is made of blocks of this many bytes; it ends with two of zeros. */
export const TAR_BLOCK = 512;
const LARGEST_OCTAL = 0o77777777777;

/**
 * One ustar header (POSIX.1-1988) for a regular file: mode 644, no owner. Sizes above 8 GiB go in base 256, as GNU tar
 * and others read them. RangeError if the name fits neither the name nor the prefix field: no extension headers, which
 * a verifier would have to believe.
 */
export function tarHeader(file: { name: string; bytes: number; modified: Date }): Buffer {
  const header = Buffer.alloc(TAR_BLOCK);
  const { name, prefix } = divided(file.name);
  header.write(name, 0, 'latin1');
  writeOctal(header, 0o644, 100, 8);
  writeOctal(header, 0, 108, 8);
  writeOctal(header, 0, 116, 8);
  writeSize(header, file.bytes);
  writeOctal(header, Math.floor(file.modified.getTime() / 1000), 136, 12);
  header.fill(0x20, 148, 156);
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(prefix, 345, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** Zeros that fill the last block of a file of `bytes` bytes. */
export function tarPadding(bytes: number): Buffer {
  return Buffer.alloc((TAR_BLOCK - (bytes % TAR_BLOCK)) % TAR_BLOCK);
}

function divided(path: string): { name: string; prefix: string } {
  if (!/^[\x20-\x7e]+$/.test(path)) throw new RangeError('a name that is not ASCII');
  if (path.length <= 100) return { name: path, prefix: '' };
  const slash = path.indexOf('/', path.length - 101);
  if (slash < 1 || slash > 155) throw new RangeError(`too long for a tar: ${path}`);
  return { name: path.slice(slash + 1), prefix: path.slice(0, slash) };
}

function writeOctal(header: Buffer, value: number, at: number, length: number): void {
  header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
}

function writeSize(header: Buffer, bytes: number): void {
  if (bytes <= LARGEST_OCTAL) {
    writeOctal(header, bytes, 124, 12);
    return;
  }
  header[124] = 0x80;
  header.writeBigUInt64BE(BigInt(bytes), 128);
}
