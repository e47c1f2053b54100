import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import * as asn1js from 'asn1js';
import { AltName, BasicConstraints, ExtKeyUsage, GeneralName, RelativeDistinguishedNames } from 'pkijs';
import { build, checkIssuer, extension, identifiers, nameOf, policy, signWith } from './certificates.ts';
import { privateKeyOf } from './keys.ts';
import { oids, policyOids } from './oids.ts';
import { readCertificate } from './readCertificate.ts';
import { refusedCertificate } from './refusals.ts';

/** keyUsage digitalSignature alone (RFC 5280 §4.2.1.3): such a key cannot stand for one that signs evidence. */
const USAGE_TLS = Uint8Array.of(0x80);

/**
 * A certificate for the station's HTTPS door, issued by its own authority: `serverAuth`, and every DNS name and IP address
 * under which screens reach it as subjectAltName (RFC 9110 §4.3.4 asks for nothing else). It never outlives its issuer.
 *
 * @throws Refusal CERTIFICATE_REFUSED for an issuer that is no authority or has run out, a key that is not the issuer's, and
 * where there is no name
 */
export function issueServerCertificate(input: {
  ca: string;
  caKey: KeyObject | Uint8Array;
  subject: { readonly commonName: string; readonly organization: string };
  /** DNS names and IP addresses. */
  names: readonly string[];
  publicKeySpki: Uint8Array;
  now: Date;
  validDays: number;
}): string {
  if (input.names.length === 0) throw refusedCertificate('no name');
  const ca = readCertificate(input.ca);
  const caKey = privateKeyOf(input.caKey);
  checkIssuer(ca, caKey, input.now);
  const end = new Date(input.now.getTime() + input.validDays * 86_400_000);
  const certificate = build({
    subject: nameOf(input.subject),
    issuer: RelativeDistinguishedNames.fromBER(ca.subject),
    spki: input.publicKeySpki,
    now: input.now,
    notAfter: end < ca.notAfter ? end : ca.notAfter,
    extensions: [
      extension(oids.basicConstraints, true, new BasicConstraints({ cA: false }).toSchema()),
      extension(oids.keyUsage, true, new asn1js.BitString({ valueHex: USAGE_TLS, unusedBits: 7 })),
      extension(oids.extendedKeyUsage, false, new ExtKeyUsage({ keyPurposes: [oids.serverAuthentication] }).toSchema()),
      extension(oids.subjectAltName, false, new AltName({ altNames: input.names.map(generalName) }).toSchema()),
      policy(policyOids.network),
      ...identifiers(input.publicKeySpki, caKey),
    ],
  });
  return signWith(certificate, caKey);
}

/** dNSName or iPAddress (RFC 5280 §4.2.1.6). */
function generalName(name: string): GeneralName {
  const family = isIP(name);
  if (family === 0) return new GeneralName({ type: 2, value: name });
  const octets = family === 4 ? name.split('.').map(Number) : ipv6Octets(name);
  return new GeneralName({ type: 7, value: new asn1js.OctetString({ valueHex: Uint8Array.from(octets) }) });
}

function ipv6Octets(address: string): number[] {
  const [left = '', right] = address.split('::');
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'));
  const [head, tail] = [groups(left), groups(right)];
  const gap = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...gap, ...tail].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
