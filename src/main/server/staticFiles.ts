import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Handler } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Serves the built renderer from `folder`. A path without a file's ending is a screen's address and gets the one page.
 * Files under `/assets/` carry their digest in the name and may be kept by the browser.
 */
export function staticFiles(folder: string): Handler {
  return async (c) => {
    const path = decoded(c.req.path);
    if (path === null) return c.text('not found', 404);
    const file = extname(path) === '' ? 'index.html' : path;
    const full = join(folder, file);
    if (!full.startsWith(folder + sep)) return c.text('not found', 404);
    const type = TYPES[extname(full)];
    if (type === undefined) return c.text('not found', 404);
    try {
      const bytes = await readFile(full);
      c.header('content-type', type);
      c.header('cache-control', path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store');
      return c.body(bytes);
    } catch {
      return c.text('not found', 404);
    }
  };
}

/** The path in plain characters; null where it is not well encoded or carries what no file of ours has in its name. */
function decoded(path: string): string | null {
  try {
    const plain = decodeURIComponent(path);
    return /[\0\\]/.test(plain) ? null : normalize(plain);
  } catch {
    return null;
  }
}
