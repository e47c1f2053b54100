import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { NetworkSettings } from '../../shared/contract/network.ts';
import { blob, jsonColumn } from '../database/index.ts';

const Row = z.strictObject({
  one: z.literal(1),
  settings: jsonColumn(NetworkSettings),
  certificate: z.string().nullable(),
  sealed_key: blob.nullable(),
  changed_at: z.string(),
});

/** The certificate of the door, PEM, and its key, sealed to the station's own recipient. */
export interface StoredCertificate {
  readonly pem: string;
  readonly sealedKey: Uint8Array;
}

/** What the administrator set, and the certificate. */
export interface StoredNetwork {
  readonly settings: NetworkSettings;
  readonly certificate: StoredCertificate | null;
}

/** As long as nobody has turned it on. */
const OFF: NetworkSettings = { enabled: false, listen: 'all', port: 8443, names: [] };

/** The row of `network`. */
export class NetworkRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  read(): StoredNetwork {
    const row = this.#db.prepare('SELECT * FROM network').get();
    if (row === undefined) return { settings: OFF, certificate: null };
    const { settings, certificate: pem, sealed_key: sealedKey } = Row.parse(row);
    return { settings, certificate: pem === null || sealedKey === null ? null : { pem, sealedKey } };
  }

  write({ settings, certificate }: StoredNetwork, at: string): void {
    this.#db
      .prepare(
        `INSERT INTO network (one, settings, certificate, sealed_key, changed_at) VALUES (1, @settings, @pem, @key, @at)
         ON CONFLICT (one) DO UPDATE SET settings = @settings, certificate = @pem, sealed_key = @key, changed_at = @at`,
      )
      .run({
        settings: JSON.stringify(settings),
        pem: certificate?.pem ?? null,
        key: certificate === null ? null : Buffer.from(certificate.sealedKey),
        at,
      });
  }
}
