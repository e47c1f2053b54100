import { isRefusal, Refusal } from '../../shared/errors.ts';
import { type DerNode, readDer, tags } from './der.ts';
import { oidOf } from './derValues.ts';

/**
 * Algorithms that no public tool of ours computes: those of Kazakhstan's national authority (GOST 34.310, 34.311 and their
 * successors, arc 1.2.398.3.10) and the Russian GOST ones, which the same key files may name. Its RSA certificates carry
 * policies of 1.2.398.3.3 and are welcome.
 */
const NATIONAL = ['1.2.398.3.10.', '1.2.643.2.2.', '1.2.643.7.1.1.'];
const MAX_DEPTH = 12;

/** The first object identifier of a national algorithm anywhere in `der`, in octet strings too; null where there is none. */
export function nationalAlgorithm(der: Uint8Array): string | null {
  const root = parsed(der);
  return root === null ? null : find(root, 0);
}

/** @throws Refusal CERTIFICATE_NATIONAL_ALGORITHM, which says what to do instead */
export function refuseNationalAlgorithms(der: Uint8Array): void {
  const oid = nationalAlgorithm(der);
  if (oid !== null) throw new Refusal('CERTIFICATE_NATIONAL_ALGORITHM', { oid });
}

function find(node: DerNode, depth: number): string | null {
  if (node.tagClass === 0 && node.tag === tags.oid) {
    const oid = oidOf(node);
    return NATIONAL.some((arc) => oid.startsWith(arc)) ? oid : null;
  }
  for (const child of node.children) {
    const found = find(child, depth);
    if (found !== null) return found;
  }
  // Key files wrap their contents in octet strings, certificates their extensions.
  if (node.tagClass !== 0 || node.tag !== tags.octetString || depth >= MAX_DEPTH) return null;
  const inner = parsed(node.content);
  return inner === null ? null : find(inner, depth + 1);
}

function parsed(der: Uint8Array): DerNode | null {
  try {
    return readDer(der, false);
  } catch (error) {
    if (isRefusal(error, 'SIGNATURE_MALFORMED')) return null;
    throw error;
  }
}
