import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright';
import { draws } from './drawing.ts';
import { hasCommand } from './openssl.ts';

const run = promisify(execFile);

/**
 * The page as it comes out of a printer, on A4: its words, one blank between them, and how many pages it takes. Null
 * without Debian's poppler-utils. With `BIRRET_SCREENS=1` also as docs/screens/en/<name>.png, to be looked at.
 */
export async function printed(
  page: Page,
  name: string,
): Promise<{ readonly pages: number; readonly words: string } | null> {
  if (!hasCommand('pdftotext', '-v')) return null;
  const folder = await mkdtemp(join(tmpdir(), 'birret-printed-'));
  try {
    const pdf = await page.pdf({ format: 'A4', margin: { top: '18mm', bottom: '18mm', left: '18mm', right: '18mm' } });
    const path = join(folder, 'page.pdf');
    await writeFile(path, pdf);
    const { stdout } = await run('pdftotext', ['-layout', path, '-']);
    if (draws) {
      const pictures = fileURLToPath(new URL('../../docs/screens/en', import.meta.url));
      await mkdir(pictures, { recursive: true });
      await run('pdftoppm', ['-png', '-r', '80', '-singlefile', path, join(pictures, name)]);
    }
    // Each page ends with a form feed.
    return { pages: stdout.split('\f').length - 1, words: stdout.replaceAll(/\s+/g, ' ') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
