export { buildPkcs12 } from './buildPkcs12.ts';
export { type CertificateSubject, issueCertificate, newCertificateAuthority } from './certificates.ts';
export { signDetached } from './cms.ts';
export { readDer } from './der.ts';
export { issueRevocationList, revocationReasons } from './issueRevocationList.ts';
export { type KeyPairDer, newEcKey, newRsaKey, privateKeyOf, publicKeyOf } from './keys.ts';
export { keyWords, openOfficerCertificate } from './officerCertificate.ts';
export { type KeyRole, policyOids } from './oids.ts';
export { type KeyFile, openPkcs12 } from './pkcs12.ts';
export { type CertificateView, readCertificate, readCertificates } from './readCertificate.ts';
export { buildRecord, type RecordInput } from './record.ts';
export { type RevocationList, readableLists, readRevocationList } from './revocation.ts';
export { issueServerCertificate } from './serverCertificate.ts';
export type { Hand } from './signer.ts';
export {
  type TimestampProblem,
  type TimestampProblemCode,
  type TimestampVerdict,
  verifyTimestamp,
} from './timestamp.ts';
export { nonceHex, timestampRequest } from './timestampRequest.ts';
export {
  checkTrust,
  type TrustProblem,
  type TrustProblemCode,
  type TrustQuestion,
  type TrustVerdict,
} from './trust.ts';
export {
  type SignatureProblem,
  type SignatureProblemCode,
  type SignatureVerdict,
  verifyDetached,
} from './verifyDetached.ts';
