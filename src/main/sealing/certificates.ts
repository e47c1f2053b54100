import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CertificatePolicies,
  Extension,
  PolicyInformation,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
} from 'pkijs';
import { newRsaKey, privateKeyOf, publicKeyOf, signingKeyKind } from './keys.ts';
import { oids, policyOids } from './oids.ts';
import { type CertificateView, readCertificate } from './readCertificate.ts';
import { refusedCertificate } from './refusals.ts';

/** Who a certificate speaks of: a person's code or name, or the station's; and the court. Any script (UTF-8). */
export interface CertificateSubject {
  readonly commonName: string;
  readonly organization: string;
}

/** keyUsage bit strings, RFC 5280 §4.2.1.3: content octets with the count of unused bits first. */
const USAGE_SIGN = Uint8Array.of(0xc0); // digitalSignature, contentCommitment
const USAGE_AUTHORITY = Uint8Array.of(0x06); // keyCertSign, cRLSign

/**
 * A station's own certificate authority: RSA-3072, self-signed, `pathLenConstraint` 0, so that it can issue signers and
 * nothing else. `privateKeyPkcs8` is for the caller to seal away; it opens for an administrator only.
 */
export async function newCertificateAuthority(input: {
  court: string;
  name: string;
  validYears: number;
  now: Date;
}): Promise<{ certPem: string; privateKeyPkcs8: Buffer }> {
  const key = await newRsaKey();
  const subject = nameOf({ commonName: input.name, organization: input.court });
  const ownId = keyIdentifier(key.publicKeySpki);
  const certificate = build({
    subject,
    issuer: subject,
    spki: key.publicKeySpki,
    now: input.now,
    notAfter: yearsAfter(input.now, input.validYears),
    extensions: [
      extension(oids.basicConstraints, true, new BasicConstraints({ cA: true, pathLenConstraint: 0 }).toSchema()),
      extension(oids.keyUsage, true, new asn1js.BitString({ valueHex: USAGE_AUTHORITY, unusedBits: 1 })),
      extension(oids.subjectKeyIdentifier, false, new asn1js.OctetString({ valueHex: ownId })),
    ],
  });
  return { certPem: signWith(certificate, privateKeyOf(key.privateKeyPkcs8)), privateKeyPkcs8: key.privateKeyPkcs8 };
}

/**
 * A signer's certificate issued by the station's authority: `station` and `officer` differ by their certificate policy
 * (`policyOids`). keyUsage digitalSignature and contentCommitment, no extended key usage; it never outlives its issuer.
 * `publicKeySpki` is DER: RSA of at least 3072 bits, or P-256. CERTIFICATE_REFUSED for any other key, for an issuer that
 * is no authority or has run out, or a key that is not the issuer's.
 */
export function issueCertificate(input: {
  ca: string;
  caKey: KeyObject | Uint8Array;
  kind: 'station' | 'officer';
  subject: CertificateSubject;
  publicKeySpki: Uint8Array;
  now: Date;
  validYears: number;
}): string {
  const ca = readCertificate(input.ca);
  const caKey = privateKeyOf(input.caKey);
  checkIssuer(ca, caKey, input.now);
  const end = yearsAfter(input.now, input.validYears);
  const certificate = build({
    subject: nameOf(input.subject),
    issuer: RelativeDistinguishedNames.fromBER(ca.subject),
    spki: input.publicKeySpki,
    now: input.now,
    notAfter: end < ca.notAfter ? end : ca.notAfter,
    extensions: [
      extension(oids.basicConstraints, true, new BasicConstraints({ cA: false }).toSchema()),
      extension(oids.keyUsage, true, new asn1js.BitString({ valueHex: USAGE_SIGN, unusedBits: 6 })),
      policy(policyOids[input.kind]),
      ...identifiers(input.publicKeySpki, caKey),
    ],
  });
  const pem = signWith(certificate, caKey);
  if (signingKeyKind(readCertificate(pem).publicKey) === null) {
    throw refusedCertificate('key is neither RSA-3072 nor P-256');
  }
  return pem;
}

export function checkIssuer(ca: CertificateView, caKey: KeyObject, now: Date): void {
  const reason = !ca.isAuthority
    ? 'issuer is no authority'
    : now < ca.notBefore || now >= ca.notAfter
      ? 'issuer is not valid now'
      : !ca.x509.checkPrivateKey(caKey)
        ? 'key is not the issuer’s'
        : null;
  if (reason !== null) throw refusedCertificate(reason);
}

export function build(input: {
  subject: RelativeDistinguishedNames;
  issuer: RelativeDistinguishedNames;
  spki: Uint8Array;
  now: Date;
  notAfter: Date;
  extensions: Extension[];
}): Certificate {
  return new Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ valueHex: randomSerial() }),
    subject: input.subject,
    issuer: input.issuer,
    notBefore: timeOf(input.now),
    notAfter: timeOf(input.notAfter),
    subjectPublicKeyInfo: PublicKeyInfo.fromBER(Uint8Array.from(input.spki)),
    extensions: input.extensions,
  });
}

/** Signs with SHA-256 and the issuer's RSA key. pkijs lays the bytes, node:crypto signs them: no key leaves node:crypto. */
export function signWith(certificate: Certificate, key: KeyObject): string {
  const algorithm = (): AlgorithmIdentifier =>
    key.asymmetricKeyType === 'ec'
      ? new AlgorithmIdentifier({ algorithmId: oids.ecdsaWithSha256 })
      : new AlgorithmIdentifier({ algorithmId: oids.sha256WithRsa, algorithmParams: new asn1js.Null() });
  certificate.signature = algorithm();
  certificate.signatureAlgorithm = algorithm();
  certificate.tbsView = new Uint8Array(certificate.encodeTBS().toBER());
  certificate.signatureValue = new asn1js.BitString({ valueHex: sign('sha256', certificate.tbsView, key) });
  return readCertificate(new Uint8Array(certificate.toSchema(true).toBER())).pem;
}

export function nameOf(subject: CertificateSubject): RelativeDistinguishedNames {
  const entries = [
    [oids.organization, subject.organization],
    [oids.commonName, subject.commonName],
  ] as const;
  // One attribute to a set: the library's own encoder would put both into one, unsorted, which is not DER.
  const name = new asn1js.Sequence({
    value: entries.map(([oid, value]) => {
      const text = new asn1js.Utf8String({ value: value.normalize('NFC') });
      const pair = new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: oid }), text] });
      return new asn1js.Set({ value: [pair] });
    }),
  });
  return RelativeDistinguishedNames.fromBER(name.toBER());
}

export function extension(extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER() });
}

/** The one policy under which a certificate is issued (RFC 5280 §4.2.1.4). */
export function policy(policyIdentifier: string): Extension {
  const certificatePolicies = [new PolicyInformation({ policyIdentifier })];
  return extension(oids.certificatePolicies, false, new CertificatePolicies({ certificatePolicies }).toSchema());
}

/** Which key this is, and which one issued it (RFC 5280 §4.2.1.1 and §4.2.1.2). */
export function identifiers(spki: Uint8Array, issuerKey: KeyObject): Extension[] {
  const own = new asn1js.OctetString({ valueHex: keyIdentifier(spki) });
  const issuer = new asn1js.OctetString({ valueHex: keyIdentifier(publicKeyOf(issuerKey)) });
  return [
    extension(oids.subjectKeyIdentifier, false, own),
    extension(oids.authorityKeyIdentifier, false, new AuthorityKeyIdentifier({ keyIdentifier: issuer }).toSchema()),
  ];
}

/** RFC 5280 §4.2.1.2 asks for something derived from the key; here the first 20 bytes of SHA-256 over the whole SPKI (RFC 7093). */
function keyIdentifier(spki: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(spki).digest().subarray(0, 20));
}

/** 127 random bits, positive and without a leading zero byte. */
function randomSerial(): Uint8Array {
  const serial = Uint8Array.from(randomBytes(16));
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5); whole seconds. */
function timeOf(date: Date): Time {
  const value = new Date(Math.floor(date.getTime() / 1000) * 1000);
  return new Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value });
}

function yearsAfter(date: Date, years: number): Date {
  const end = new Date(date);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end;
}
