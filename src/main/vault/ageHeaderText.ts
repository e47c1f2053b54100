import { Refusal } from '../../shared/errors.ts';
import { fromUnpadded } from './base64.ts';

/** A recipient stanza: its type, further arguments, and body. */
export interface Stanza {
  readonly type: string;
  readonly args: readonly string[];
  readonly body: Buffer;
}

/** A header taken apart; `authenticated` is what its MAC covers, `length` its bytes with the newline of the MAC line. */
export interface HeaderText {
  readonly stanzas: readonly Stanza[];
  readonly authenticated: Buffer;
  readonly mac: Buffer;
  readonly length: number;
}

/** A header that never ends is not believed for longer than this. */
export const LONGEST_HEADER = 64 * 1024;
const COLUMNS = 64;
const VERSION = 'age-encryption.org/v1';

/**
 * Takes an age v1 header apart (C2SP age, "ABNF definition of file header"). Throws `AGE_TRUNCATED` if the bytes end
 * within it, `AGE_MALFORMED` if they are anything else.
 */
export function parseHeader(file: Uint8Array): HeaderText {
  const bytes = Buffer.from(file.buffer, file.byteOffset, Math.min(file.length, LONGEST_HEADER));
  const lines = new Lines(bytes, file.length);
  if (lines.next() !== VERSION) throw malformed('version');
  const stanzas: Stanza[] = [];
  for (;;) {
    const before = lines.position;
    const line = lines.next();
    if (line.startsWith('--- ')) {
      const mac = fromUnpadded(line.slice(4));
      if (mac?.length !== 32 || stanzas.length === 0) throw malformed('header');
      return { stanzas, mac, authenticated: bytes.subarray(0, before + 3), length: lines.position };
    }
    stanzas.push(readStanza(line, lines));
  }
}

function readStanza(line: string, lines: Lines): Stanza {
  if (!line.startsWith('-> ')) throw malformed('stanza');
  const [type, ...args] = line.slice(3).split(' ');
  if (type === undefined || ![type, ...args].every((argument) => /^[\x21-\x7e]+$/.test(argument))) {
    throw malformed('stanza');
  }
  let text = '';
  for (;;) {
    const part = lines.next();
    if (part.length > COLUMNS) throw malformed('stanza');
    text += part;
    if (part.length < COLUMNS) break;
  }
  const body = fromUnpadded(text);
  if (body === undefined) throw malformed('stanza');
  return { type, args, body };
}

/** Newline-ended lines of the beginning of a file. */
class Lines {
  position = 0;
  readonly #bytes: Buffer;
  readonly #fileLength: number;

  constructor(bytes: Buffer, fileLength: number) {
    this.#bytes = bytes;
    this.#fileLength = fileLength;
  }

  next(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end < 0) {
      // A file cut off in its header, or one that never was an age file.
      const ours = VERSION.startsWith(this.#bytes.toString('latin1', 0, VERSION.length));
      if (ours && this.#fileLength < LONGEST_HEADER) throw new Refusal('AGE_TRUNCATED');
      throw malformed('header');
    }
    const line = this.#bytes.toString('latin1', this.position, end);
    this.position = end + 1;
    return line;
  }
}

function malformed(where: string): Refusal {
  return new Refusal('AGE_MALFORMED', { where });
}
