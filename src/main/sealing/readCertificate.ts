import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { type DerNode, readDer, tags } from './der.ts';
import { childAt, expectTag, insideOctets, isContext, oidOf, smallInteger, timeOf } from './derValues.ts';
import { oids } from './oids.ts';
import { refusedCertificate } from './refusals.ts';

/** What a certificate says (RFC 5280), read without believing any of it yet. */
export interface CertificateView {
  readonly der: Buffer;
  readonly pem: string;
  /** SHA-256 of the DER, lower-case hex: the fingerprint that `signers[].cert_sha256` and printed labels carry. */
  readonly sha256: string;
  readonly commonName: string;
  readonly organization: string;
  /** Whole DER of the names, for comparing. */
  readonly subject: Buffer;
  readonly issuer: Buffer;
  /** Content octets of the serial number, hex. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isAuthority: boolean;
  readonly pathLength: number | null;
  /** Bit numbers of keyUsage, or null when the extension is absent: 0 digitalSignature, 1 contentCommitment, 5 keyCertSign. */
  readonly keyUsage: ReadonlySet<number> | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly extendedKeyUsageCritical: boolean;
  readonly policies: readonly string[];
  readonly signatureAlgorithm: string;
  /** Critical extensions that nobody here understands: such a certificate must not be trusted. */
  readonly unknownCritical: readonly string[];
  readonly publicKey: KeyObject;
  readonly x509: X509Certificate;
}

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+?-----END CERTIFICATE-----/g;

/** Reads one certificate, PEM or DER. CERTIFICATE_REFUSED if it is none. */
export function readCertificate(certificate: string | Uint8Array): CertificateView {
  try {
    const x509 = new X509Certificate(certificate);
    return view(x509);
  } catch (cause) {
    throw refusedCertificate('unreadable', cause);
  }
}

/** Every certificate of a PEM file, in order. CERTIFICATE_REFUSED if one cannot be read or there is none. */
export function readCertificates(pem: string): CertificateView[] {
  const blocks = pem.match(PEM);
  if (blocks === null) throw refusedCertificate('no certificate');
  return blocks.map((block) => readCertificate(block));
}

function view(x509: X509Certificate): CertificateView {
  const der = x509.raw;
  const certificate = readDer(der, false);
  const tbs = childAt(certificate, 0, 'certificate');
  const from = isContext(tbs.children[0], 0) ? 1 : 0;
  const validity = childAt(tbs, from + 3, 'validity');
  const subject = childAt(tbs, from + 4, 'subject');
  const extensions = readExtensions(tbs.children.slice(from + 6).find((node) => isContext(node, 3)));
  const constraints = extensions.get(oids.basicConstraints)?.value.children ?? [];
  const length = constraints.find((node) => node.tag === tags.integer);
  const purposes = extensions.get(oids.extendedKeyUsage);
  return {
    der,
    pem: `${x509.toString().trim()}\n`,
    sha256: createHash('sha256').update(der).digest('hex'),
    commonName: nameOf(subject, oids.commonName),
    organization: nameOf(subject, oids.organization),
    subject: subject.raw,
    issuer: childAt(tbs, from + 2, 'issuer').raw,
    serial: expectTag(childAt(tbs, from, 'serial'), tags.integer, 'serial').content.toString('hex'),
    notBefore: timeOf(childAt(validity, 0, 'validity')),
    notAfter: timeOf(childAt(validity, 1, 'validity')),
    isAuthority: constraints.some((node) => node.tag === tags.boolean && node.content[0] === 0xff),
    pathLength: length === undefined ? null : smallInteger(length, 'path length'),
    keyUsage: usageOf(extensions.get(oids.keyUsage)?.value),
    extendedKeyUsage: purposes === undefined ? null : purposes.value.children.map(oidOf),
    extendedKeyUsageCritical: purposes?.critical ?? false,
    policies: (extensions.get(oids.certificatePolicies)?.value.children ?? []).map((p) =>
      oidOf(childAt(p, 0, 'policy')),
    ),
    signatureAlgorithm: oidOf(childAt(childAt(certificate, 1, 'signature algorithm'), 0, 'signature algorithm')),
    unknownCritical: [...extensions]
      .filter(([oid, { critical }]) => critical && !UNDERSTOOD.has(oid))
      .map(([oid]) => oid),
    publicKey: x509.publicKey,
    x509,
  };
}

const UNDERSTOOD: ReadonlySet<string> = new Set([
  oids.basicConstraints,
  oids.keyUsage,
  oids.certificatePolicies,
  oids.extendedKeyUsage,
  oids.subjectKeyIdentifier,
  oids.authorityKeyIdentifier,
]);

interface ExtensionView {
  readonly critical: boolean;
  readonly value: DerNode;
}

function readExtensions(wrapper: DerNode | undefined): Map<string, ExtensionView> {
  const found = new Map<string, ExtensionView>();
  if (wrapper === undefined) return found;
  for (const extension of childAt(wrapper, 0, 'extensions').children) {
    const oid = oidOf(childAt(extension, 0, 'extension'));
    const critical = extension.children[1]?.tag === tags.boolean && extension.children[1].content[0] === 0xff;
    const value = extension.children.at(-1);
    // An extension twice is forbidden (RFC 5280 §4.2); the first would hide the second.
    if (value === undefined || found.has(oid)) throw new Error('extension twice or empty');
    found.set(oid, { critical, value: insideOctets(value, false) });
  }
  return found;
}

function usageOf(bits: DerNode | undefined): ReadonlySet<number> | null {
  if (bits === undefined) return null;
  const set = new Set<number>();
  bits.content.subarray(1).forEach((byte, i) => {
    for (let bit = 0; bit < 8; bit += 1) if ((byte & (0x80 >> bit)) !== 0) set.add(i * 8 + bit);
  });
  return set;
}

function nameOf(name: DerNode, oid: string): string {
  for (const relative of name.children) {
    for (const pair of relative.children) {
      const value = pair.children[1];
      if (value !== undefined && oidOf(childAt(pair, 0, 'name')) === oid) {
        return value.content.toString(value.tag === tags.utf8String ? 'utf8' : 'latin1');
      }
    }
  }
  return '';
}
