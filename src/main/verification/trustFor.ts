import { isRefusal } from '../../shared/errors.ts';
import { readCertificate, readCertificates } from '../sealing/index.ts';
import type { BagSource } from './source.ts';

const ROOTS = /^data\/signatures\/roots\/station\/[^/]+\.pem$/;
const LARGEST_PEM = 64 * 1024;

/**
 * The roots that a bag is verified against: those that the person named, and this station's own. Where none was named and
 * the bag does not say that it comes from here, none: the verifier then says that authenticity is not established, which is
 * true, and not that a good bag of another station is wrong. What a bag says of its roots opens nothing: one that falsely
 * carries ours fails against it.
 */
export async function trustFor(source: BagSource, own: readonly string[], named: readonly string[]): Promise<string[]> {
  if (named.length > 0) return [...own, ...named];
  const ours = new Set(own.map((pem) => readCertificate(pem).sha256));
  const { entries } = await source.list();
  for (const { path, bytes } of entries) {
    if (!ROOTS.test(path) || bytes > LARGEST_PEM) continue;
    const pieces: Uint8Array[] = [];
    for await (const piece of source.stream(path)) pieces.push(piece);
    if (ours.has(fingerprint(Buffer.concat(pieces).toString('utf8')) ?? '')) return [...own];
  }
  return [];
}

/**
 * The time-stamp roots that a bag or a stored exhibit (`at` = `data/` or nothing) is verified against: this station's own
 * list, where all that is carried stands in it. A token of an authority that has left the list is then not established,
 * and not called wrong.
 */
export async function tsaTrustFor(source: BagSource, at: 'data/' | '', listed: readonly string[]): Promise<string[]> {
  const known = new Set(listed.flatMap((pem) => readCertificates(pem).map(({ sha256 }) => sha256)));
  const { entries } = await source.list();
  let carried = 0;
  for (const { path, bytes } of entries) {
    if (!path.startsWith(`${at}signatures/roots/tsa/`) || bytes > LARGEST_PEM) continue;
    const pieces: Uint8Array[] = [];
    for await (const piece of source.stream(path)) pieces.push(piece);
    if (!known.has(fingerprint(Buffer.concat(pieces).toString('utf8')) ?? '')) return [];
    carried += 1;
  }
  return carried > 0 ? [...listed] : [];
}

/** Null for what is no certificate: that is the verifier's to say. */
function fingerprint(pem: string): string | null {
  try {
    return readCertificate(pem).sha256;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
