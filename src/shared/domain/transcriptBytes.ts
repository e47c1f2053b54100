/** How a file's bytes are letters. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

/** Its text, and which encoding it was read in: whoever imports a file is told where that was a guess. */
export interface ReadText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * Reads a file's bytes as text: by its byte order mark; without one as UTF-16 where every other byte is nought, as UTF-8
 * where that is what it is, and else as Windows-1251, in which Russian programs write (it lacks the Kazakh letters).
 */
export function readText(bytes: Uint8Array): ReadText {
  const encoding = encodingOf(bytes);
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function encodingOf(bytes: Uint8Array): TextEncoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const wide = wideness(bytes.subarray(0, 4096));
  if (wide !== null) return wide;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    // Not UTF-8: the exception is the answer.
    return 'windows-1251';
  }
}

/** Digits, spaces and line ends of a text of two bytes a letter have a nought on one side, and always on the same. */
function wideness(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const noughts = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) noughts[at % 2] = (noughts[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = noughts;
  if (even + odd < Math.max(2, head.length / 16)) return null;
  if (odd > even * 4) return 'utf-16le';
  return even > odd * 4 ? 'utf-16be' : null;
}
