import { Refusal } from '../../shared/errors.ts';

/** Bytes that are not DER, or not the structure that is due. `reason` is for the log and the expert, in English. */
export function malformed(reason: string, cause?: unknown): Refusal {
  return new Refusal('SIGNATURE_MALFORMED', { reason }, { cause });
}

/** A certificate or key that cannot be used for this. */
export function refusedCertificate(reason: string, cause?: unknown): Refusal {
  return new Refusal('CERTIFICATE_REFUSED', { reason }, { cause });
}

/** A key file that cannot be opened. */
export function refusedKeyFile(code: 'PKCS12_MALFORMED' | 'PKCS12_WRONG_PASSWORD', cause?: unknown): Refusal {
  return new Refusal(code, {}, { cause });
}
