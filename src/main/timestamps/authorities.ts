import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { TimestampAuthority } from '../../shared/contract/timestamps.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { readCertificates } from '../sealing/index.ts';
import { checkAddress } from './askAuthority.ts';

const Row = z.object({ address: z.string(), policy: z.string().nullable(), root_pem: z.string().nullable() });

/** The authorities that the administrator named, in the order in which they are asked. */
export class Authorities {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  list(): TimestampAuthority[] {
    const rows = this.#db
      .prepare('SELECT address, policy, root_pem FROM timestamp_authorities ORDER BY position')
      .all();
    return z
      .array(Row)
      .parse(rows)
      .map(({ address, policy, root_pem: rootPem }) => ({ address, policy, rootPem }));
  }

  /** Replaces the list, inside the caller's transaction; to be checked before. */
  store(authorities: readonly TimestampAuthority[]): void {
    this.#db.prepare('DELETE FROM timestamp_authorities').run();
    const insert = this.#db.prepare(
      'INSERT INTO timestamp_authorities (position, address, policy, root_pem) VALUES (?, ?, ?, ?)',
    );
    authorities.forEach(({ address, policy, rootPem }, position) => {
      insert.run(position, address, policy, rootPem);
    });
  }
}

/**
 * The authority as it may be stored: an HTTP address, a root that can be read and is not one of `ownRoots` (a time-stamp by
 * a root of the station's own would prove nothing).
 * @throws Refusal TSA_ADDRESS_INVALID, TRUST_ROOT_UNREADABLE, TSA_NOT_TRUSTED
 */
export function checkedAuthority(given: TimestampAuthority, ownRoots: readonly string[]): TimestampAuthority {
  checkAddress(given.address);
  if (given.rootPem === null) return given;
  const roots = readRoot(given.rootPem);
  const own = new Set(ownRoots.flatMap((pem) => readCertificates(pem).map(({ sha256 }) => sha256)));
  if (roots.some(({ sha256 }) => own.has(sha256))) {
    throw new Refusal('TSA_NOT_TRUSTED', { authority: given.address, reason: 'station-root' });
  }
  return { ...given, rootPem: roots.map(({ pem }) => pem).join('') };
}

function readRoot(pem: string) {
  try {
    return readCertificates(pem);
  } catch (error) {
    if (!isRefusal(error, 'CERTIFICATE_REFUSED')) throw error;
    throw unreadableRoot(error);
  }
}

function unreadableRoot(cause: unknown): Refusal {
  return new Refusal('TRUST_ROOT_UNREADABLE', { number: 1 }, { cause });
}
