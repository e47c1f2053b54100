import { createHash, X509Certificate } from 'node:crypto';
import { issueCertificate } from '../sealing/index.ts';
import type { OpenAuthority } from './openKeys.ts';
import type { StationFacts } from './stationFacts.ts';

const OFFICER_YEARS = 3;

/** SHA-256 of the certificate's DER, as `signers[].cert_sha256` has it. */
export function certificateSha256(pem: string): string {
  return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
}

/** Issues a person's certificate (EVIDENCE-FORMAT §3, officer policy) for three years. CERTIFICATE_REFUSED. */
export function issueForPerson(
  authority: OpenAuthority,
  facts: Pick<StationFacts, 'court'>,
  person: { readonly name: string; readonly publicKeySpki: Uint8Array },
  now: Date,
): string {
  return issueCertificate({
    ca: authority.certPem,
    caKey: authority.privateKeyPkcs8,
    kind: 'officer',
    subject: { commonName: person.name, organization: facts.court },
    publicKeySpki: person.publicKeySpki,
    now,
    validYears: OFFICER_YEARS,
  });
}
