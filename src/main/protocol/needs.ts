import type { Database } from 'better-sqlite3';
import type { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { CustodyLog, NoteSigner } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Hand } from '../sealing/index.ts';
import type { Drafts } from './drafts.ts';

export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** What the station keeps of a sealed exhibit, as a protocol needs it. */
export interface Stored {
  readonly number: string;
  readonly statement: EvidenceRecord;
  readonly recordSha256: string;
  readonly keyAge: Uint8Array;
}

/** Signed additions to a sealed exhibit. */
export interface SupplementShelf {
  add(
    one: {
      readonly exhibit: string;
      readonly files: readonly {
        readonly name: string;
        readonly mediaType: string;
        readonly title: string;
        readonly plain: Iterable<Uint8Array>;
      }[];
    },
    by: Hand,
  ): Promise<Added>;
  list(exhibit: string): readonly Added[];
}

/** A supplement that was added. */
interface Added {
  readonly n: number;
  readonly statement: { readonly at: string; readonly attachments: readonly { readonly file: string }[] };
}

export interface ProtocolNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: CustodyLog;
  readonly drafts: Drafts;
  readonly software: { readonly name: string; readonly version: string };
  /** Where the station stands in time, as IANA names it. */
  readonly timeZone: () => string;
  readonly logSigner: () => NoteSigner;
  /** @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE, EXHIBIT_KEY_DESTROYED */
  readonly stored: (exhibit: string) => Stored;
  /** Opens `exhibit.key.age` with the vault's identity. */
  readonly openKey: (keyAge: Uint8Array, vaultIdentity: string) => Promise<string>;
  /** The plain bytes of a file that was kept with the interview. */
  readonly attachment: (exhibit: string, file: string, vaultIdentity: string) => Promise<Uint8Array>;
  /** The rules in force at an instant, as far as they can be read. */
  readonly rulesAt: (instant: string) => JurisdictionProfile | null;
  readonly supplements: SupplementShelf;
  /** The name behind an account's code, where it is known here. */
  readonly nameOf: (code: string) => string;
}
