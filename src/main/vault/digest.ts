import { createHash } from 'node:crypto';
import { openSource } from './fileSource.ts';

const READ = 1024 * 1024;

export interface DigestOptions {
  /** Ends the reading: its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Told of the bytes read so far, after each MiB. */
  readonly onProgress?: (bytes: number) => void;
}

/** SHA-256 (lower-case hex) and length of a file, read once to its end. Throws `VAULT_FILE_UNREADABLE`. */
export async function sha256File(
  path: string,
  options: DigestOptions = {},
): Promise<{ bytes: number; sha256: string }> {
  const source = await openSource(path);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for (;;) {
      options.signal?.throwIfAborted();
      const piece = await source.read(bytes, READ);
      hash.update(piece);
      bytes += piece.length;
      options.onProgress?.(bytes);
      if (piece.length < READ) return { bytes, sha256: hash.digest('hex') };
    }
  } finally {
    await source.close();
  }
}
