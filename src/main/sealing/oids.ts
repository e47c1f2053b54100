/**
 * Our own arc, under 2.25 (ITU-T X.667: anyone may take `2.25.<a UUID as an integer>`); UUID
 * 658215e0-857b-459e-9102-f6a6c2361a16. Beneath it `.1.<n>` are certificate policies, one for each thing that a key of
 * a station may do, so that no key can stand for another (EVIDENCE-FORMAT §3).
 */
const ARC = '2.25.134927469884906643585657561919285238294';

/** Certificate policies by what the key may sign. */
export const policyOids = {
  station: `${ARC}.1.1`,
  officer: `${ARC}.1.2`,
  timestamp: `${ARC}.1.3`,
  log: `${ARC}.1.4`,
  /** Speaks TLS on the court's network, and signs nothing: no signature is ever asked for it. */
  network: `${ARC}.1.5`,
} as const;
export type KeyRole = keyof typeof policyOids;

/** Object identifiers of RFC 5280, 5652, 5035, 5754, 3161 that are written or read here. */
export const oids = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  country: '2.5.4.6',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
  subjectAltName: '2.5.29.17',
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha384WithRsa: '1.2.840.113549.1.1.12',
  sha512WithRsa: '1.2.840.113549.1.1.13',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  ecdsaWithSha384: '1.2.840.10045.4.3.3',
  ecdsaWithSha512: '1.2.840.10045.4.3.4',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;
