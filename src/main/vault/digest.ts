import { createHash } from 'node:crypto';
import { openSource } from './fileSource.ts';

const READ = 1024 * 1024;

/** SHA-256 and length of a file, read once to its end. Throws `VAULT_FILE_UNREADABLE`. */
export async function sha256File(path: string): Promise<{ bytes: number; sha256: string }> {
  const source = await openSource(path);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for (;;) {
      const piece = await source.read(bytes, READ);
      hash.update(piece);
      bytes += piece.length;
      if (piece.length < READ) return { bytes, sha256: hash.digest('hex') };
    }
  } finally {
    await source.close();
  }
}
