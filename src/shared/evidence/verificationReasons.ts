/** Reasons why a check did not run. */
const notCheckedReasons = [
  'no-trust-given',
  'no-time-trust-given',
  'no-witness-given',
  'no-token',
  'token-missing',
  'no-outside-time',
  'outside-authority',
  'expired-unproven',
  'revoked-unproven',
  'needs-other-check',
  'target-absent',
  'target-not-level',
  'key-destroyed',
] as const;

/** What can be wrong with files and names. */
const bagReasons = [
  'file-missing',
  'file-unlisted',
  'file-unexpected',
  'file-not-plain',
  'link',
  'name-outside',
  'name-not-allowed',
  'name-case',
  'name-twice',
  'fetch-file',
  'tag-malformed',
  'too-large',
  'line-malformed',
  'bytes-differ',
  'digest-differs',
  'key-file-differs',
  'key-file-left',
  'oxum-differs',
] as const;

/** What can be wrong with statements and signatures. */
const recordReasons = [
  'json-malformed',
  'json-not-canonical',
  'shape',
  'exhibit-differs',
  'practice',
  'signer-missing',
  'signer-extra',
  'station-signer-missing',
  'signature-malformed',
  'signature-invalid',
  'certificate-differs',
  'foreign-signer',
  'token-invalid',
  'foreign-token',
  'token-not-logged',
  'seal-before-anchor',
  'seal-after-token',
] as const;

/** What can be wrong with tracks. */
const trackReasons = [
  'segment-order',
  'segment-cover',
  'segment-digest',
  'segment-start',
  'media-structure',
  'gap-undeclared',
  'lines-differ',
  'merkle-differs',
  'recorder-key-missing',
  'head-malformed',
  'head-signature',
  'head-root',
  'head-order',
  'head-final',
] as const;

/** What can be wrong with custody, supplements and copies. */
const custodyReasons = [
  'key-differs',
  'checkpoint-malformed',
  'log-damaged',
  'checkpoint-signature',
  'proof-missing',
  'proof-extra',
  'proof-invalid',
  'event-foreign',
  'event-order',
  'event-missing',
  'event-twice',
  'last-not-export',
  'export-manifest-differs',
  'seal-record-differs',
  'seal-signature-differs',
  'seal-stored-missing',
  'seal-not-covered',
  'consistency-invalid',
  'witness-missing',
  'witness-before-seal',
  'order-broken',
  'chain-broken',
  'continuation-invalid',
  'addition-not-logged',
  'addition-missing',
  'database-differs',
] as const;

/** The closed list of reasons of a check; each has a sentence in every language (`i18n/<lang>/verify.json`). */
export const reasonCodes = [
  'ok',
  'none-present',
  'expired-later',
  'revoked-later',
  'unreadable',
  ...notCheckedReasons,
  ...bagReasons,
  ...recordReasons,
  ...trackReasons,
  ...custodyReasons,
] as const;

export type ReasonCode = (typeof reasonCodes)[number];
