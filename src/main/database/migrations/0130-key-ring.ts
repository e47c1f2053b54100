import type { Migration } from '../migration.ts';

/** What the key ring remembers beyond the accounts: final ends, what was issued and revoked, rotations, destroyed keys. */
export const keyRingMigration: Migration = {
  version: 130,
  name: 'key-ring',
  up(db) {
    db.exec(`
      -- An account that was revoked is 'suspended' for every other rule, and never comes back.
      ALTER TABLE accounts ADD COLUMN revoked_at TEXT;

      -- Every certificate that the station's authority issued to a person: what can be revoked.
      CREATE TABLE issued_certificates (
        id INTEGER PRIMARY KEY,
        account TEXT NOT NULL REFERENCES accounts(id),
        pem TEXT NOT NULL,
        issued_at TEXT NOT NULL,
        revoked_at TEXT,
        -- CRLReason of RFC 5280
        reason INTEGER
      ) STRICT;
      CREATE INDEX issued_certificates_by_account ON issued_certificates(account);
      INSERT INTO issued_certificates (account, pem, issued_at)
        SELECT id, certificate, created_at FROM accounts WHERE certificate IS NOT NULL AND certificate_chain IS NULL;

      -- The authority's lists of revoked certificates (DER), by CRL number.
      CREATE TABLE revocation_lists (
        number INTEGER PRIMARY KEY,
        der BLOB NOT NULL,
        issued_at TEXT NOT NULL
      ) STRICT;

      -- A new identity of the vault, or a new recovery key: begun, and finished when nothing is closed to the old one.
      CREATE TABLE key_rotations (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('vault', 'recovery')),
        old_recipient TEXT NOT NULL,
        new_recipient TEXT NOT NULL,
        begun_by TEXT NOT NULL,
        begun_at TEXT NOT NULL,
        finished_at TEXT
      ) STRICT;
      CREATE UNIQUE INDEX key_rotations_one_at_a_time ON key_rotations(kind) WHERE finished_at IS NULL;

      -- What a rotation has closed anew. Whatever has no row here is still to be done.
      CREATE TABLE key_rotation_done (
        rotation INTEGER NOT NULL REFERENCES key_rotations(id),
        kind TEXT NOT NULL CHECK (kind IN ('exhibit', 'child', 'participant')),
        id TEXT NOT NULL,
        PRIMARY KEY (rotation, kind, id)
      ) STRICT, WITHOUT ROWID;

      -- Destroying an exhibit's key takes two people: one asks, another does it.
      CREATE TABLE key_destructions (
        exhibit TEXT PRIMARY KEY REFERENCES exhibits(number),
        state TEXT NOT NULL CHECK (state IN ('asked', 'begun', 'done')),
        reason TEXT NOT NULL,
        asked_by TEXT NOT NULL REFERENCES accounts(id),
        asked_at TEXT NOT NULL,
        done_by TEXT REFERENCES accounts(id),
        done_at TEXT
      ) STRICT;
    `);
  },
};
