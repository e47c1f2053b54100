import { verify } from 'node:crypto';
import { isRefusal } from '../../shared/errors.ts';
import { type DerNode, readDer, tags } from './der.ts';
import { algorithmOf, childAt, expectTag, isContext, oidOf, timeOf } from './derValues.ts';
import { oids } from './oids.ts';
import type { CertificateView } from './readCertificate.ts';
import { malformed } from './refusals.ts';

/** A list of revoked certificates (RFC 5280 §5), read without believing it yet. */
export interface RevocationList {
  /** Whole DER of the issuer's name. */
  readonly issuer: Buffer;
  readonly thisUpdate: Date;
  /** When each was revoked, by serial number in hex. */
  readonly revoked: ReadonlyMap<string, Date>;
  readonly signatureAlgorithm: string;
  readonly signedBytes: Buffer;
  readonly signature: Buffer;
  /** Critical extensions say that the list speaks of some certificates only, or differently: it is not used then. */
  readonly partial: boolean;
}

const HASHES: Readonly<Record<string, string>> = {
  [oids.sha256WithRsa]: 'sha256',
  [oids.sha384WithRsa]: 'sha384',
  [oids.sha512WithRsa]: 'sha512',
  [oids.ecdsaWithSha256]: 'sha256',
  [oids.ecdsaWithSha384]: 'sha384',
  [oids.ecdsaWithSha512]: 'sha512',
};
const PEM = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+?)-----END X509 CRL-----/;

/** Reads one list, DER or PEM. SIGNATURE_MALFORMED if it is none. */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const text = PEM.exec(Buffer.from(bytes).toString('latin1'))?.[1];
  const list = readDer(text === undefined ? bytes : Buffer.from(text, 'base64'), false);
  const tbs = expectTag(childAt(list, 0, 'revocation list'), tags.sequence, 'revocation list');
  const fields = [...tbs.children];
  if (fields[0]?.tagClass === 0 && fields[0].tag === tags.integer) fields.shift();
  const [, issuer, thisUpdate, ...rest] = fields;
  if (issuer === undefined || thisUpdate === undefined) throw malformed('revocation list');
  const entries = rest.find((node) => node.tagClass === 0 && node.tag === tags.sequence);
  const bits = expectTag(childAt(list, 2, 'signature'), tags.bitString, 'signature').content;
  return {
    issuer: issuer.raw,
    thisUpdate: timeOf(thisUpdate),
    revoked: new Map((entries?.children ?? []).map(entryOf)),
    signatureAlgorithm: algorithmOf(childAt(list, 1, 'signature algorithm')),
    signedBytes: tbs.raw,
    signature: bits.subarray(1),
    partial: rest.some((node) => isContext(node, 0) && hasCritical(node)),
  };
}

function entryOf(entry: DerNode): [string, Date] {
  const serial = expectTag(childAt(entry, 0, 'entry'), tags.integer, 'serial').content.toString('hex');
  return [serial, timeOf(childAt(entry, 1, 'entry'))];
}

function hasCritical(wrapper: DerNode): boolean {
  return childAt(wrapper, 0, 'extensions').children.some((extension) => {
    oidOf(childAt(extension, 0, 'extension'));
    const flag = extension.children[1];
    return flag?.tag === tags.boolean && flag.content[0] === 0xff;
  });
}

/** Lists out of files that a bag carries; one that cannot be read is left out, since none is believed for being there. */
export function readableLists(files: readonly Uint8Array[]): RevocationList[] {
  return files.flatMap((file) => {
    try {
      return [readRevocationList(file)];
    } catch (error) {
      if (isRefusal(error, 'SIGNATURE_MALFORMED')) return [];
      throw error;
    }
  });
}

/**
 * When `certificate` was revoked, according to those of the lists that `issuer` itself has signed; null where none says so.
 * A list signed by anybody else, or with less than SHA-256, says nothing.
 */
export function revokedAt(
  certificate: CertificateView,
  issuer: CertificateView,
  lists: readonly RevocationList[],
): Date | null {
  const times = lists
    .filter((list) => !list.partial && list.issuer.equals(certificate.issuer) && isSignedBy(list, issuer))
    .flatMap((list) => list.revoked.get(certificate.serial) ?? []);
  return times.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

function isSignedBy(list: RevocationList, { publicKey, keyUsage }: CertificateView): boolean {
  const hash = HASHES[list.signatureAlgorithm];
  // keyUsage bit 6: cRLSign.
  if (hash === undefined || (keyUsage !== null && !keyUsage.has(6))) return false;
  return verify(hash, list.signedBytes, publicKey, list.signature);
}
