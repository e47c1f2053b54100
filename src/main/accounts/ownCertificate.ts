import type { Database } from 'better-sqlite3';
import type { OwnCertificate } from '../../shared/contract/accounts.ts';
import { signingRoles } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { keyWords, openOfficerCertificate, publicKeyOf, readCertificate } from '../sealing/index.ts';
import { type AccountRow, type AccountStore, actorOf, type Person } from './accountStore.ts';
import type { OpenKeys } from './openKeys.ts';

export interface OwnCertificatesNeeds {
  readonly db: Database;
  readonly accounts: AccountStore;
  readonly log: () => Pick<CustodyLog, 'append'>;
  readonly clock: Clock;
}

/** The certificate that a person signs with: issued by the station, or brought from another authority. */
export class OwnCertificates {
  readonly #needs: OwnCertificatesNeeds;

  constructor(needs: OwnCertificatesNeeds) {
    this.#needs = needs;
  }

  /** Null while there is none. */
  of(person: Person): OwnCertificate | null {
    const row = this.#needs.accounts.get(person.id);
    return row.certificate === null ? null : view(row, row.certificate);
  }

  /**
   * Takes the key and certificate of a PKCS#12 file (any authority's) in place of the person's own: what is signed from now
   * on is signed with it. The key is kept under the person's password alone, as the one before was.
   * @throws Refusal ROLE_REFUSED, SESSION_LOCKED, and what `openOfficerCertificate` refuses
   */
  import(p12: Uint8Array, password: string, person: Person, keys: OpenKeys): OwnCertificate {
    const { db, accounts, log, clock } = this.#needs;
    const row = accounts.get(person.id);
    if (!signingRoles.includes(row.role) || row.state !== 'active')
      throw new Refusal('ROLE_REFUSED', { role: row.role });
    const own = openOfficerCertificate(p12, password, clock.now());
    try {
      const { pem, sha256 } = own.certificate;
      const chain = own.chain.map((one) => one.pem);
      const packed = keys.packSigner(own.privateKeyPkcs8, pem, chain);
      db.transaction(() => {
        accounts.update(row.id, {
          p12: packed,
          public_key: publicKeyOf(own.privateKeyPkcs8),
          certificate: pem,
          certificate_chain: chain,
          certificate_packed: true,
        });
        log().append({
          action: 'certificate.imported',
          actor: actorOf(person),
          details: { account: row.code, cert_sha256: sha256, chain: own.chain.map((one) => one.sha256) },
          subject: { type: 'account', id: row.code },
        });
      }).immediate();
    } finally {
      own.privateKeyPkcs8.fill(0);
    }
    return view(accounts.get(person.id), own.certificate.pem);
  }
}

function view(row: AccountRow, pem: string): OwnCertificate {
  const certificate = readCertificate(pem);
  const { commonName, organization, notBefore, notAfter, sha256, x509 } = certificate;
  return {
    name: commonName,
    organization,
    issuer: /^CN=(.*)$/m.exec(x509.issuer)?.[1] ?? x509.issuer.replaceAll('\n', ', '),
    from: notBefore.toISOString(),
    until: notAfter.toISOString(),
    key: keyWords(certificate),
    fingerprint: sha256,
    origin: row.certificate_chain === null ? 'station' : 'outside',
  };
}
