/** Refusals of this area; a sentence for each in `i18n/<lang>/errors-sealing.json`. */
export const sealingErrors = [
  'CERTIFICATE_REFUSED',
  'PKCS12_MALFORMED',
  'PKCS12_WRONG_PASSWORD',
  'SIGNATURE_MALFORMED',
  'SIGNATURE_INVALID',
  'ALREADY_SEALED',
  'EXHIBIT_UNKNOWN',
  'RECORD_INVALID',
] as const;
