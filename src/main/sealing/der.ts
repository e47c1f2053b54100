import { malformed } from './refusals.ts';

/** One ASN.1 value as it stands in the file: `raw` is tag, length and content; `content` the content alone. */
export interface DerNode {
  readonly tagClass: 0 | 1 | 2 | 3;
  readonly tag: number;
  readonly constructed: boolean;
  readonly raw: Buffer;
  readonly content: Buffer;
  readonly children: readonly DerNode[];
}

/** Universal tags that are met here. */
export const tags = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  enumerated: 10,
  utf8String: 12,
  sequence: 16,
  set: 17,
  utcTime: 23,
  generalizedTime: 24,
} as const;

const MAX_DEPTH = 40;

/**
 * Reads exactly one value that fills `bytes`. Strict reading takes only the one encoding that X.690 §§8–11 (DER)
 * allow: shortest lengths and numbers, primitive strings, sorted sets. It stands for "the same bytes when re-encoded".
 * Not strict (time-stamp tokens of foreign makers) it still wants definite lengths. SIGNATURE_MALFORMED otherwise.
 */
export function readDer(bytes: Uint8Array, strict = true): DerNode {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const node = readValue(buffer, 0, strict, 0);
  if (node.raw.length !== buffer.length) throw malformed('bytes after the end');
  return node;
}

function readValue(buffer: Buffer, start: number, strict: boolean, depth: number): DerNode {
  if (depth > MAX_DEPTH) throw malformed('nested too deeply');
  const identifier = byteAt(buffer, start);
  const tag = identifier & 0x1f;
  if (tag === 0x1f) throw malformed('long tag');
  const tagClass = ((identifier >> 6) & 3) as DerNode['tagClass'];
  const constructed = (identifier & 0x20) !== 0;
  const { length, next } = readLength(buffer, start + 1, strict);
  if (length > buffer.length - next) throw malformed('cut off');
  const content = buffer.subarray(next, next + length);
  const children: DerNode[] = [];
  if (constructed) {
    for (let at = 0; at < content.length; ) {
      const child = readValue(content, at, strict, depth + 1);
      children.push(child);
      at += child.raw.length;
    }
  }
  const node = { tagClass, tag, constructed, raw: buffer.subarray(start, next + length), content, children };
  if (tagClass === 0 && strict) checkUniversal(node);
  return node;
}

function readLength(buffer: Buffer, at: number, strict: boolean): { length: number; next: number } {
  const first = byteAt(buffer, at);
  if (first < 0x80) return { length: first, next: at + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw malformed('indefinite or over-long length');
  let length = 0;
  for (let i = 1; i <= count; i += 1) length = length * 256 + byteAt(buffer, at + i);
  if (strict && (length < 0x80 || byteAt(buffer, at + 1) === 0)) throw malformed('length not the shortest');
  return { length, next: at + 1 + count };
}

function byteAt(buffer: Buffer, at: number): number {
  const byte = buffer[at];
  if (byte === undefined) throw malformed('cut off');
  return byte;
}

function checkUniversal(node: DerNode): void {
  const { content, tag } = node;
  const mustBeConstructed = tag === tags.sequence || tag === tags.set;
  if (node.constructed !== mustBeConstructed) throw malformed('constructed where primitive is due, or the reverse');
  const [first, second] = content;
  switch (tag) {
    case tags.boolean:
      if (content.length !== 1 || (first !== 0 && first !== 0xff)) throw malformed('boolean');
      return;
    case tags.integer:
    case tags.enumerated:
      if (first === undefined) throw malformed('empty integer');
      if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
        throw malformed('integer not the shortest');
      return;
    case tags.bitString: {
      const last = content.at(-1);
      if (first === undefined || last === undefined || first > 7) throw malformed('bit string');
      if (first > 0 && (content.length === 1 || (last & ((1 << first) - 1)) !== 0)) throw malformed('unused bits set');
      return;
    }
    case tags.null:
      if (content.length !== 0) throw malformed('null with content');
      return;
    case tags.oid:
      checkOid(content);
      return;
    case tags.utcTime:
      if (!/^\d{12}Z$/.test(content.toString('latin1'))) throw malformed('time');
      return;
    case tags.generalizedTime:
      if (!/^\d{14}(\.\d*[1-9])?Z$/.test(content.toString('latin1'))) throw malformed('time');
      return;
    case tags.set:
      if (!isSorted(node)) throw malformed('set not sorted');
      return;
    default:
      return;
  }
}

function checkOid(content: Buffer): void {
  if (content.length === 0 || ((content.at(-1) ?? 0) & 0x80) !== 0) throw malformed('object identifier cut off');
  let startsArc = true;
  for (const byte of content) {
    if (startsArc && byte === 0x80) throw malformed('object identifier not the shortest');
    startsArc = (byte & 0x80) === 0;
  }
}

/** True if the children stand in the order of X.690 §11.6 (SET OF), without two equal ones. */
export function isSorted(node: DerNode): boolean {
  return node.children.every((child, i) => {
    const before = node.children[i - 1];
    return before === undefined || Buffer.compare(before.raw, child.raw) < 0;
  });
}
