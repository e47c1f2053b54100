import { createHash, randomBytes } from 'node:crypto';
import type { RtspCredentials } from '../../../shared/domain/devices.ts';

/** What a camera asked for in `WWW-Authenticate` (RFC 7616, RFC 7617). */
export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'digest';
      readonly algorithm: 'MD5' | 'SHA-256';
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | null;
      readonly qop: boolean;
      readonly stale: boolean;
    };

/**
 * The best of the challenges of a 401 answer: Digest with SHA-256, Digest with MD5, then Basic, which gives the password
 * to everyone on the network and is used only when the camera offers nothing else. Null when none is understood.
 */
export function chooseChallenge(values: readonly string[]): Challenge | null {
  const challenges = values.map(parseChallenge).filter((one) => one !== null);
  const rank = (one: Challenge): number => (one.scheme === 'basic' ? 2 : one.algorithm === 'MD5' ? 1 : 0);
  return challenges.sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

function parseChallenge(value: string): Challenge | null {
  if (/^basic\b/i.test(value)) return { scheme: 'basic' };
  if (!/^digest\b/i.test(value)) return null;
  const fields = new Map<string, string>();
  for (const [, name, quoted, bare] of value
    .slice(6)
    .matchAll(/([a-z0-9-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi)) {
    if (name !== undefined) fields.set(name.toLowerCase(), quoted ?? bare ?? '');
  }
  const [realm, nonce] = [fields.get('realm'), fields.get('nonce')];
  const algorithm = (fields.get('algorithm') ?? 'MD5').toUpperCase();
  if (realm === undefined || nonce === undefined || (algorithm !== 'MD5' && algorithm !== 'SHA-256')) return null;
  return {
    scheme: 'digest',
    algorithm,
    realm,
    nonce,
    opaque: fields.get('opaque') ?? null,
    qop: (fields.get('qop') ?? '').split(/\s*,\s*/).includes('auth'),
    stale: fields.get('stale')?.toLowerCase() === 'true',
  };
}

/**
 * The `Authorization` header for one request. `count` is how many requests have been answered with this nonce, from 1
 * (RFC 7616 `nc`); `cnonce` is for tests.
 */
export function authorization(
  challenge: Challenge,
  { user, password }: RtspCredentials,
  request: { readonly method: string; readonly uri: string; readonly count: number },
  cnonce: string = randomBytes(8).toString('hex'),
): string {
  if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const name = onTheWire(user);
  const { algorithm, realm, nonce, opaque, qop } = challenge;
  const hash = (text: string): string =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text, 'latin1')
      .digest('hex');
  const nc = request.count.toString(16).padStart(8, '0');
  const ha1 = hash(`${name}:${realm}:${onTheWire(password)}`);
  const ha2 = hash(`${request.method}:${request.uri}`);
  const response = hash(qop ? `${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
  const quote = (text: string): string => `"${text.replaceAll(/(["\\])/g, '\\$1')}"`;
  return [
    `Digest username=${quote(name)}`,
    // realm, nonce and opaque go back as they came, escapes included.
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `response="${response}"`,
    ...(challenge.algorithm === 'SHA-256' ? ['algorithm=SHA-256'] : []),
    ...(opaque === null ? [] : [`opaque="${opaque}"`]),
    ...(qop ? ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`] : []),
  ].join(', ');
}

/** Messages are read and written as latin1, byte for byte; text of ours is UTF-8 in them. */
const onTheWire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
