import type { Database } from 'better-sqlite3';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';

/** Who does something, as custody events say it: an account's code and role, never a name. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** An exhibit's own age recipient and where it stands. */
export interface KeyPlace {
  readonly recipient: string;
  /** Its folders that are there and hold its key. */
  readonly usable: readonly string[];
  /** Folders that it stood in before the station was given others; empty otherwise. */
  readonly before: readonly string[];
}

/** What this area asks of others; `composition.ts` hands it in. */
export interface AttachmentsNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly custody: CustodyLog;
  /** The exhibit's own key, made with its folders where there is none yet. @throws Refusal TARGET_UNUSABLE */
  readonly ensureKey: (exhibit: string) => Promise<KeyPlace>;
  /** Opens `exhibit.key.age` with the vault's identity. */
  readonly openKey: (keyAge: Uint8Array, vaultIdentity: string) => Promise<string>;
}
