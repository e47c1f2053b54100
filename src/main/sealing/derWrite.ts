/** DER (X.690) of the few types that time-stamp requests and key files are made of. */

export function derSequence(...children: readonly Buffer[]): Buffer {
  return wrapped(0x30, Buffer.concat(children));
}

/** A SET OF one: sorted as it stands. */
export function derSet(child: Buffer): Buffer {
  return wrapped(0x31, child);
}

/** `[n]`, explicit. */
export function derContext(n: number, child: Buffer): Buffer {
  return wrapped(0xa0 | n, child);
}

export function derOctets(bytes: Uint8Array): Buffer {
  return wrapped(0x04, Buffer.from(bytes));
}

/** A whole number that is not negative, from its big-endian bytes. */
export function derUnsigned(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const shortest = first === -1 ? Buffer.of(0) : Buffer.from(bytes.subarray(first));
  const signed = (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), shortest]) : shortest;
  return wrapped(0x02, signed);
}

export const derTrue = Buffer.of(0x01, 0x01, 0xff);
export const derNull = Buffer.of(0x05, 0x00);

/** ENUMERATED of one small number. */
export function derEnumerated(value: number): Buffer {
  return Buffer.of(0x0a, 0x01, value);
}

/** A BIT STRING of whole bytes. */
export function derBits(bytes: Uint8Array): Buffer {
  return wrapped(0x03, Buffer.concat([Buffer.of(0), bytes]));
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5); whole seconds. */
export function derTime(date: Date): Buffer {
  const digits = date
    .toISOString()
    .slice(0, 19)
    .replaceAll(/[^0-9]/g, '');
  const early = date.getUTCFullYear() < 2050;
  return wrapped(early ? 0x17 : 0x18, Buffer.from(`${early ? digits.slice(2) : digits}Z`, 'ascii'));
}

/** An object identifier from its dotted form; arcs of any size. RangeError for what is none. */
export function derOid(dotted: string): Buffer {
  if (!/^[0-2](\.(?:0|[1-9][0-9]{0,39}))+$/.test(dotted)) throw new RangeError('object identifier');
  const [top = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  if (top < 2n && second > 39n) throw new RangeError('object identifier');
  return wrapped(0x06, Buffer.concat([top * 40n + second, ...rest].map(base128)));
}

function base128(arc: bigint): Buffer {
  const bytes = [Number(arc & 0x7fn)];
  for (let left = arc >> 7n; left > 0n; left >>= 7n) bytes.unshift(Number(left & 0x7fn) | 0x80);
  return Buffer.from(bytes);
}

function wrapped(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const size: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) size.unshift(left % 256);
  return Buffer.concat([Buffer.of(tag, 0x80 | size.length, ...size), content]);
}
