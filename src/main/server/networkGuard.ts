import type { MiddlewareHandler } from 'hono';
import { strictHeaders } from './guard.ts';
import { addressOf, refused } from './screenRoutes.ts';

/** What the bucket of one asker holds, and how fast it fills again. */
interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

/** A screen that plays four tracks asks about fifteen times a second; a page that is opened, sixty at once. */
const SCREEN: Allowance = { burst: 300, perSecond: 60 };
/** Browsers that nobody let in: one page and its files, now and then. */
const STRANGER: Allowance = { burst: 200, perSecond: 20 };
const ASKERS = 2_000;

interface Bucket {
  left: number;
  atNs: bigint;
}

export interface NetworkGuardNeeds {
  readonly monotonicNs: () => bigint;
  /** `host:port` values under which the door is known. */
  readonly hosts: () => ReadonlySet<string>;
  /** The id of the screen that asks, or null. */
  readonly screen: (cookies: string | undefined) => string | null;
}

/**
 * Stands before every request of the network's door: the Host must be one of this station's own names (no DNS rebinding), the
 * Origin, where one is sent, the same, and nobody asks without end. No answer may be read by another origin.
 */
export function networkGuard({ monotonicNs, hosts, screen }: NetworkGuardNeeds): MiddlewareHandler {
  const buckets = new Map<string, Bucket>();
  const may = (key: string, { burst, perSecond }: Allowance): boolean => {
    const now = monotonicNs();
    const bucket = buckets.get(key) ?? { left: burst, atNs: now };
    const filled = bucket.left + (Number(now - bucket.atNs) / 1e9) * perSecond;
    const left = Math.min(burst, filled) - 1;
    buckets.delete(key);
    buckets.set(key, { left: Math.max(0, left), atNs: now });
    if (buckets.size > ASKERS) buckets.delete([...buckets.keys()][0] ?? key);
    return left >= 0;
  };
  return async (c, next) => {
    const host = (c.req.header('host') ?? '').toLowerCase();
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const foreign =
      (origin !== undefined && origin.toLowerCase() !== `https://${host}`) ||
      (c.req.method !== 'GET' && site !== undefined && site !== 'same-origin');
    const who = screen(c.req.header('cookie'));
    if (!hosts().has(host) || foreign) c.res = c.json(refused('NOT_FROM_A_KNOWN_SCREEN', 403), 403);
    else if (!(who === null ? may(`from ${addressOf(c)}`, STRANGER) : may(`screen ${who}`, SCREEN))) {
      c.res = c.json(refused('TOO_MANY_REQUESTS', 429), 429, { 'retry-after': '5' });
    } else await next();
    strictHeaders(c.res.headers);
  };
}
