import { createHash } from 'node:crypto';
import type { Fingerprint } from '../../shared/contract/pairing.ts';
import { issueServerCertificate, newEcKey, readCertificate } from '../sealing/index.ts';
import { sealSecret } from '../vault/index.ts';
import type { StoredCertificate } from './networkRows.ts';

/** Thirteen months: what browsers accept of any authority, and an administrator signs in oftener. */
const VALID_DAYS = 397;
const RENEW_BEFORE_MS = 60 * 86_400_000;

/** The station's authority, opened by an administrator's keys. */
export interface OpenAuthority {
  readonly certPem: string;
  readonly privateKeyPkcs8: Uint8Array;
}

export interface NewCertificate extends StoredCertificate {
  /** PKCS#8, for the door of this process. */
  readonly key: Buffer;
}

/** A new P-256 key, made for TLS alone, and its certificate. The key is kept sealed to the station's own recipient. */
export async function newServerCertificate(input: {
  readonly authority: OpenAuthority;
  readonly station: { readonly name: string; readonly court: string; readonly recipient: string };
  readonly names: readonly string[];
  readonly now: Date;
}): Promise<NewCertificate> {
  const { authority, station, names, now } = input;
  const { privateKeyPkcs8: key, publicKeySpki } = await newEcKey();
  const pem = issueServerCertificate({
    ...{ ca: authority.certPem, caKey: authority.privateKeyPkcs8 },
    subject: { commonName: station.name, organization: station.court },
    ...{ names, publicKeySpki, now, validDays: VALID_DAYS },
  });
  return { pem, key, sealedKey: await sealSecret(key, [station.recipient]) };
}

/** What people compare: SHA-256 over the certificate's DER, as browsers show it. */
export function fingerprintOf(pem: string): Fingerprint {
  const sha256 = createHash('sha256').update(readCertificate(pem).der).digest('hex');
  const groups = sha256.slice(0, 16).toUpperCase().match(/.{4}/g) ?? [];
  return { sha256, short: groups.join(' ') };
}

/** The names and addresses that a certificate is for. */
export function namesOf(pem: string): string[] {
  return (readCertificate(pem).x509.subjectAltName ?? '')
    .split(', ')
    .map((entry) => entry.replace(/^(DNS|IP Address):/, ''))
    .map((name) => (name.includes(':') ? shortIpv6(name) : name));
}

/** When a certificate ends. */
export const endOf = (pem: string): Date => readCertificate(pem).notAfter;

/** Whether it ends within sixty days, or has ended. */
export function endsSoon(pem: string, now: Date): boolean {
  return endOf(pem).getTime() - now.getTime() < RENEW_BEFORE_MS;
}

/** One spelling of an IPv6 address (RFC 5952), as the system gives it. */
export const shortIpv6 = (address: string): string => new URL(`http://[${address}]/`).hostname.slice(1, -1);
