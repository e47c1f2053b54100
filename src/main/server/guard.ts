import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

export interface GuardNeeds {
  /** The port the server listens on; known once it does. */
  readonly port: () => number;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
};

/**
 * Stands before every request: the Host must be this server's own (no DNS rebinding), the Origin, where one is sent,
 * too (`/enter` may come from the shell's own page, which has none), and every answer carries the strict headers.
 */
export function guard({ port }: GuardNeeds): MiddlewareHandler {
  return async (c, next) => {
    const own = `127.0.0.1:${port()}`;
    const origin = c.req.header('origin');
    const foreign =
      origin !== undefined && origin !== `http://${own}` && !(origin === 'null' && c.req.path === '/enter');
    if (c.req.header('host') !== own || foreign) {
      c.res = c.json({ code: 'NOT_FROM_A_KNOWN_SCREEN' }, 403);
    } else {
      await next();
    }
    strictHeaders(c.res.headers);
  };
}

/** Every answer of either door carries these. */
export function strictHeaders(headers: Headers): void {
  // What a person brought is locked in further than any page of ours.
  const stricter = headers.get('content-security-policy')?.startsWith('sandbox;') === true;
  for (const [name, value] of Object.entries(HEADERS)) {
    if (name !== 'content-security-policy' || !stricter) headers.set(name, value);
  }
  if (headers.get('cache-control') === null) headers.set('cache-control', 'no-store');
}

/** Compares two secrets in constant time. */
export function sameSecret(given: string, own: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(own));
}
