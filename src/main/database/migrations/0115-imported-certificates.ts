import type { Migration } from '../migration.ts';

/** A person's certificate may come from another authority than the station's. */
export const importedCertificatesMigration: Migration = {
  version: 115,
  name: 'imported-certificates',
  up(db) {
    // JSON list of PEM texts, from the issuer upwards; null where the station's own authority issued the certificate.
    db.exec('ALTER TABLE accounts ADD COLUMN certificate_chain TEXT');
  },
};
