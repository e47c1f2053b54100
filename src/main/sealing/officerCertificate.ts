import { Refusal } from '../../shared/errors.ts';
import { signingKeyKind } from './keys.ts';
import { policyOids } from './oids.ts';
import { type KeyFile, openPkcs12 } from './pkcs12.ts';
import { type CertificateView, readCertificate } from './readCertificate.ts';
import { STRONG_SIGNATURES } from './trust.ts';

/** A person's own key and certificate out of a file that an authority gave them, fit to sign with. */
export interface OfficerCertificate {
  readonly privateKeyPkcs8: Buffer;
  readonly certificate: CertificateView;
  /** The other certificates of the file, from the issuer upwards as far as they link. */
  readonly chain: readonly CertificateView[];
}

/**
 * Opens a PKCS#12 file of any authority and checks that its certificate may sign evidence now: one key and its own
 * certificate, RSA of at least 3072 bits or P-256, signed with SHA-2, valid at `now`, no authority's, keyUsage with
 * digitalSignature or nonRepudiation (or none stated), and not a certificate of a station, log or TSA.
 * @throws Refusal PKCS12_WRONG_PASSWORD, PKCS12_MALFORMED, PKCS12_NO_CERTIFICATE, PKCS12_KEY_MISMATCH,
 * CERTIFICATE_NATIONAL_ALGORITHM, CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, CERTIFICATE_IS_AUTHORITY,
 * CERTIFICATE_WRONG_USAGE, CERTIFICATE_TOO_WEAK, CERTIFICATE_REFUSED
 */
export function openOfficerCertificate(bytes: Uint8Array, password: string, now: Date): OfficerCertificate {
  const file = openPkcs12(bytes, password);
  try {
    const certificate = ownCertificate(file);
    checkMaySign(certificate, now);
    return { privateKeyPkcs8: file.privateKeyPkcs8, certificate, chain: linked(certificate, file) };
  } catch (error) {
    file.privateKeyPkcs8.fill(0);
    throw error;
  }
}

function ownCertificate({ certPem, chain }: KeyFile): CertificateView {
  if (certPem !== null) return readCertificate(certPem);
  throw new Refusal(chain.length === 0 ? 'PKCS12_NO_CERTIFICATE' : 'PKCS12_KEY_MISMATCH');
}

/** @throws Refusal as `openOfficerCertificate` says */
export function checkMaySign(certificate: CertificateView, now: Date): void {
  const { commonName: name, notBefore, notAfter, keyUsage, policies } = certificate;
  if (now > notAfter) throw new Refusal('CERTIFICATE_EXPIRED', { name, until: notAfter.toISOString() });
  if (now < notBefore) throw new Refusal('CERTIFICATE_NOT_YET_VALID', { name, from: notBefore.toISOString() });
  if (certificate.isAuthority) throw new Refusal('CERTIFICATE_IS_AUTHORITY', { name });
  const others: readonly string[] = [policyOids.station, policyOids.timestamp, policyOids.log, policyOids.network];
  const signs = keyUsage === null || keyUsage.has(0) || keyUsage.has(1);
  if (!signs || policies.some((one) => others.includes(one))) throw new Refusal('CERTIFICATE_WRONG_USAGE', { name });
  const weak = weakness(certificate);
  if (weak !== null) throw new Refusal('CERTIFICATE_TOO_WEAK', { name, what: weak });
}

function weakness({ publicKey, signatureAlgorithm }: CertificateView): string | null {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details } = publicKey;
  if (signingKeyKind(publicKey) === null)
    return `${type.toUpperCase()} ${details?.modulusLength ?? details?.namedCurve ?? ''}`.trim();
  return STRONG_SIGNATURES.has(signatureAlgorithm) ? null : signatureAlgorithm;
}

/** The chain in order; a file may carry certificates that have nothing to do with it. */
function linked(certificate: CertificateView, { chain }: KeyFile): CertificateView[] {
  const left = chain.map((pem) => readCertificate(pem));
  const path: CertificateView[] = [];
  for (let last = certificate; !last.issuer.equals(last.subject); ) {
    const issuer = left.find(
      (one) => one.subject.equals(last.issuer) && !path.includes(one) && last.x509.verify(one.publicKey),
    );
    if (issuer === undefined) break;
    path.push(issuer);
    last = issuer;
  }
  return path;
}

/** The key's kind and size in words: `RSA 3072`, `P-256`. */
export function keyWords({ publicKey }: CertificateView): string {
  const length = publicKey.asymmetricKeyDetails?.modulusLength;
  return length === undefined ? 'P-256' : `RSA ${length}`;
}
