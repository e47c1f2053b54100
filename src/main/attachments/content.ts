import { type AttachmentType, attachmentTypes, LONGEST_ATTACHMENT } from '../../shared/domain/attachmentTypes.ts';
import { Refusal } from '../../shared/errors.ts';

/** As much of a file's beginning as tells what it is. */
const HEAD = 64;
/** OID 1.2.840.113549.1.7.2 (signedData), DER: what every CMS signature begins with, behind its outer length. */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');

type TextType = 'text/plain' | 'text/vtt' | 'application/json';
const isText = (type: string): type is TextType => ['text/plain', 'text/vtt', 'application/json'].includes(type);

/** What a file's beginning says that it is; null for what may only be text. Every signature as its format's standard gives it. */
function binaryType(head: Buffer): Exclude<AttachmentType, TextType> | null {
  const at = (text: string, offset = 0): boolean => head.toString('latin1', offset, offset + text.length) === text;
  if (at('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (at('\xff\xd8\xff')) return 'image/jpeg';
  if (at('RIFF') && at('WEBP', 8)) return 'image/webp';
  if (at('RIFF') && at('WAVE', 8)) return 'audio/wav';
  if (at('%PDF-')) return 'application/pdf';
  if (at('ID3') || (head[0] === 0xff && [0xfb, 0xf3, 0xf2].includes(head[1] ?? 0))) return 'audio/mpeg';
  if (head[0] === 0x30 && head.subarray(0, 20).includes(SIGNED_DATA)) return 'application/pkcs7-signature';
  return null;
}

function textType(head: Buffer, declared: string | null): TextType {
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  if (/^WEBVTT(?:[ \t\r\n]|$)/.test(text)) return declared === 'text/plain' ? 'text/plain' : 'text/vtt';
  return declared === 'application/json' && /^\s*[[{]/.test(text) ? 'application/json' : 'text/plain';
}

/**
 * What these bytes are, by their beginning. `declared` decides between kinds of text alone; anything else that it says has
 * to be so. @throws Refusal ATTACHMENT_TYPE_REFUSED
 */
function typeOf(head: Buffer, declared: string | null): AttachmentType {
  const found = binaryType(head) ?? textType(head, declared);
  if (declared !== null && declared !== found) throw refusedType();
  return found;
}

const refusedType = (): Refusal =>
  new Refusal('ATTACHMENT_TYPE_REFUSED', {
    types: [...new Set(Object.values(attachmentTypes))].join(', '),
  });

/** A file on its way into the vault: its type, known before the first byte is taken on, and its bytes, looked at as they pass. */
export interface CheckedContent {
  readonly type: AttachmentType;
  readonly plain: AsyncIterable<Uint8Array>;
}

/**
 * Looks at what shall be kept: `declared` = its media type, or null where only its content tells. Text has to be UTF-8
 * without control characters; it is read to its end by whoever stores it, and refused where that ends.
 * @throws Refusal ATTACHMENT_EMPTY, ATTACHMENT_TYPE_REFUSED, and while it is read ATTACHMENT_TOO_LARGE
 */
export async function checkedContent(
  plain: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  declared: string | null,
): Promise<CheckedContent> {
  const pieces = (async function* () {
    yield* plain;
  })();
  const beginning: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < HEAD) {
    const { value, done } = await pieces.next();
    if (done === true) break;
    beginning.push(Uint8Array.from(value));
    bytes += value.length;
  }
  if (bytes === 0) throw new Refusal('ATTACHMENT_EMPTY');
  const type = typeOf(Buffer.concat(beginning).subarray(0, HEAD), declared);
  const all = (async function* () {
    yield* beginning;
    yield* pieces;
  })();
  return { type, plain: looked(all, isText(type)) };
}

async function* looked(plain: AsyncIterable<Uint8Array>, text: boolean): AsyncGenerator<Uint8Array> {
  const decoder = text ? new TextDecoder('utf-8', { fatal: true }) : null;
  let bytes = 0;
  for await (const piece of plain) {
    bytes += piece.length;
    if (bytes > LONGEST_ATTACHMENT) throw new Refusal('ATTACHMENT_TOO_LARGE', { megabytes: 64 });
    if (decoder !== null) mustBeText(decoder, piece, false);
    yield piece;
  }
  if (decoder !== null) mustBeText(decoder, new Uint8Array(), true);
}

function mustBeText(decoder: InstanceType<typeof TextDecoder>, piece: Uint8Array, end: boolean): void {
  let text: string;
  try {
    text = decoder.decode(piece, { stream: !end });
  } catch (error) {
    throw Object.assign(refusedType(), { cause: error });
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  if (/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text)) throw refusedType();
}
