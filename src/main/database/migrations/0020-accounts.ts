import type { Migration } from '../migration.ts';

/** People, what their passwords open, and the key ring. No password and no hash of one is stored. */
export const accountsMigration: Migration = {
  version: 20,
  name: 'accounts',
  up(db) {
    db.exec(`
      CREATE TABLE accounts (
        id TEXT PRIMARY KEY,
        -- stands for the person in records and events
        code TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        -- NFKC, case-folded: two people cannot differ by the case of a letter
        login TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL
          CHECK (role IN ('investigator', 'operator', 'judge', 'clerk', 'auditor', 'administrator')),
        state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'suspended')),
        -- the person's age recipient; the identity is inside the wrap
        recipient TEXT,
        -- JSON: Argon2id parameters, salt, nonce; what the password opens
        wrap TEXT,
        -- signing roles: PKCS#12 whose password is inside the wrap, and the public key (SPKI, DER)
        p12 BLOB,
        public_key BLOB,
        certificate TEXT,
        -- 1 once the PKCS#12 carries the certificate
        certificate_packed INTEGER NOT NULL DEFAULT 0 CHECK (certificate_packed IN (0, 1)),
        -- when this person's key was let into the vault; null waits
        granted_at TEXT,
        wrong_passwords INTEGER NOT NULL DEFAULT 0,
        locked_until TEXT,
        invitation_sha256 TEXT UNIQUE,
        invitation_expires TEXT,
        created_at TEXT NOT NULL,
        CHECK (state <> 'active' OR (recipient IS NOT NULL AND wrap IS NOT NULL))
      ) STRICT;

      -- Secrets of the station, each an age file to the keys in \`recipients\` (JSON list).
      CREATE TABLE key_blobs (
        name TEXT PRIMARY KEY CHECK (name IN ('vault', 'ca', 'station')),
        sealed BLOB NOT NULL,
        recipients TEXT NOT NULL,
        changed_at TEXT NOT NULL
      ) STRICT;
    `);
  },
};
