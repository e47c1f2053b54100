import type { Database } from 'better-sqlite3';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { signDetached } from '../sealing/index.ts';

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

/** A certificate with its key, open in memory. */
export interface Signer {
  readonly code: string;
  readonly certPem: string;
  /** From the issuer up to, and with, the root. */
  readonly chainPem: readonly string[];
  readonly privateKey: Parameters<typeof signDetached>[0]['privateKey'];
}

/** A sealed exhibit as it lies on the targets; `folders` are those that are there now. */
export interface SealedExhibit {
  readonly number: string;
  readonly recordSha256: string;
  readonly keyAge: Uint8Array;
  readonly folders: readonly string[];
  readonly allFolders: readonly string[];
}

/** What supplements ask of others besides. */
export interface SupplementsNeeds extends Pick<AttachmentsNeeds, 'db' | 'clock' | 'log' | 'custody' | 'openKey'> {
  /** @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE, EXHIBIT_KEY_DESTROYED, TARGET_UNUSABLE */
  readonly stored: (exhibit: string) => SealedExhibit;
  /** The exhibit's folders, whatever has become of it. */
  readonly foldersOf: (exhibit: string) => readonly string[];
  /** The exhibit's own age recipient. */
  readonly recipientOf: (exhibit: string) => string;
  /** @throws Refusal STATION_KEYS_LOCKED */
  readonly stationSigner: () => Signer;
  /** The signers' chains as files beside the exhibit. */
  readonly certificateFiles: (signers: readonly Signer[]) => readonly [string, string][];
  readonly timestamps: {
    add(one: { kind: 'signature'; exhibit: string; file: string; sha256: string; note: null }): void;
    nudge(): void;
  };
}
