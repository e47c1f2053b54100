/** A piece of an RTSP connection: a message (RFC 2326 §4), or an interleaved frame of media (§10.12), kept as it came. */
export type RtspPiece =
  | { readonly type: 'message'; readonly startLine: string; readonly headers: Headers; readonly body: Buffer }
  | { readonly type: 'frame'; readonly bytes: Buffer };

/** Header lines in order, as they came. Names are compared without regard to case. */
export type Headers = readonly (readonly [name: string, value: string])[];

const MOST_HEADER_BYTES = 64 * 1024;
const MOST_BODY_BYTES = 1024 * 1024;

/**
 * Takes an RTSP byte stream apart. `push` gives the pieces that are complete with these bytes; what is left is kept, at
 * most one message or frame. Throws RangeError when a message grows beyond 64 KiB of headers or 1 MiB of body.
 */
export class RtspReader {
  #rest: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): RtspPiece[] {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const pieces: RtspPiece[] = [];
    let at = 0;
    for (;;) {
      at = skipToStart(all, at);
      const piece = readPiece(all, at);
      if (piece === null) break;
      pieces.push(piece.piece);
      at = piece.end;
    }
    this.#rest = Buffer.from(all.subarray(at));
    return pieces;
  }
}

/** Line ends between messages, and what some cameras leave between frames, mean nothing. */
function skipToStart(all: Buffer, from: number): number {
  let at = from;
  while (at < all.length && !isStart(all[at] ?? 0)) at += 1;
  return at;
}

const isStart = (byte: number): boolean => byte === 0x24 || (byte >= 0x41 && byte <= 0x5a);

function readPiece(all: Buffer, at: number): { piece: RtspPiece; end: number } | null {
  if (at >= all.length) return null;
  if (all[at] === 0x24) {
    if (all.length < at + 4) return null;
    const end = at + 4 + all.readUInt16BE(at + 2);
    return all.length < end ? null : { piece: { type: 'frame', bytes: all.subarray(at, end) }, end };
  }
  const headEnd = all.indexOf('\r\n\r\n', at);
  if (headEnd < 0 || headEnd - at > MOST_HEADER_BYTES) {
    if (all.length - at > MOST_HEADER_BYTES) throw new RangeError('RTSP message without end');
    return null;
  }
  const [startLine = '', ...lines] = all.toString('latin1', at, headEnd).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return colon < 0 ? [line, ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const length = Number(headerOf(headers, 'content-length') ?? 0);
  if (!Number.isInteger(length) || length < 0 || length > MOST_BODY_BYTES) throw new RangeError('RTSP body too long');
  const end = headEnd + 4 + length;
  if (all.length < end) return null;
  return { piece: { type: 'message', startLine, headers, body: all.subarray(headEnd + 4, end) }, end };
}

/** The first header of this name (given in lower case), or undefined. */
export function headerOf(headers: Headers, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The message as bytes; Content-Length is set to what the body has. */
export function writeMessage(startLine: string, headers: Headers, body: Buffer): Buffer {
  const kept = headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const all = body.length > 0 ? [...kept, ['Content-Length', String(body.length)] as const] : kept;
  const head = [startLine, ...all.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
