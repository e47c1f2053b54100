import { isRefusal, Refusal } from '../../shared/errors.ts';
import { type NoteVerifier, parseVkey } from '../custody/index.ts';
import {
  type CertificateView,
  type RevocationList,
  readableLists,
  readCertificate,
  readCertificates,
} from '../sealing/index.ts';

/** Whom the person who verifies trusts: obtained elsewhere, never taken from the bag. */
export interface Trust {
  /** Roots of stations and courts, each a PEM text (several certificates allowed) or DER. */
  readonly trust?: readonly (string | Uint8Array)[] | undefined;
  /** Roots of time-stamping authorities. */
  readonly tsaTrust?: readonly (string | Uint8Array)[] | undefined;
  /** Verifier keys of witnesses (C2SP signed-note, cosignature/v1). */
  readonly witnesses?: readonly string[] | undefined;
  /** Lists of revoked certificates (RFC 5280 CRLs, DER) that the verifier has besides those that the bag carries. */
  readonly lists?: readonly Uint8Array[] | undefined;
  /** The moment of asking: a certificate that has run out by then is said to have. Absent, nothing is said of it. */
  readonly now?: Date | undefined;
}

/** The same, read. */
export interface ReadTrust {
  readonly roots: readonly CertificateView[];
  readonly tsaRoots: readonly CertificateView[];
  readonly witnesses: readonly NoteVerifier[];
  readonly lists: readonly RevocationList[];
  readonly now: Date | null;
}

/**
 * Reads roots and keys once. Throws `TRUST_ROOT_UNREADABLE` with the number of the root, from 1, when one is no
 * certificate, and `LOG_KEY_MALFORMED` for a witness's key.
 */
export function readTrust(trust: Trust): ReadTrust {
  return {
    roots: roots(trust.trust ?? []),
    tsaRoots: roots(trust.tsaTrust ?? []),
    witnesses: (trust.witnesses ?? []).map((vkey) => parseVkey(vkey)),
    lists: readableLists(trust.lists ?? []),
    now: trust.now ?? null,
  };
}

function roots(given: readonly (string | Uint8Array)[]): CertificateView[] {
  return given.flatMap((root, index) => {
    try {
      const text = typeof root === 'string' ? root : Buffer.from(root).toString('latin1');
      return text.includes('-----BEGIN') ? readCertificates(text) : [readCertificate(root)];
    } catch (error) {
      throw unreadableRoot(error, index + 1);
    }
  });
}

function unreadableRoot(error: unknown, number: number): unknown {
  if (!isRefusal(error, 'CERTIFICATE_REFUSED')) return error;
  return new Refusal('TRUST_ROOT_UNREADABLE', { number }, { cause: error });
}

/** Certificates that a bag carries beside its signatures; one that cannot be read is left out, since none is trusted. */
export function carriedCertificates(pems: readonly string[]): CertificateView[] {
  return pems.flatMap((pem) => {
    try {
      return readCertificates(pem);
    } catch (error) {
      if (isRefusal(error, 'CERTIFICATE_REFUSED')) return [];
      throw error;
    }
  });
}
