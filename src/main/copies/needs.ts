import type { Database } from 'better-sqlite3';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { PartLines } from './copyPlan.ts';

export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** What long work is given. */
export interface Control {
  readonly signal: AbortSignal;
  progress(done: number): void;
}

/** A sealed exhibit as it lies on the targets; `folders` are those that are there now. */
export interface StoredExhibit {
  readonly number: string;
  readonly record: Uint8Array;
  readonly recordSha256: string;
  readonly statement: EvidenceRecord;
  readonly keyAge: Uint8Array;
  readonly folders: readonly string[];
  readonly allFolders: readonly string[];
}

/** The masters, open: every segment is equal to its digest under the signed root before it is given. */
export interface Masters {
  parts(track: string): readonly PartLines[];
  segment(track: string, part: number, line: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** A copy of a master's segment that did not verify; the other target's was read instead, or nothing. */
export interface Damage {
  readonly folder: string;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** A file that is carried as it is: `path` relative, exactly `bytes` bytes. */
export interface CarriedFile {
  readonly path: string;
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** Where files that are given out go, as the archive's bags have it: all of it or nothing. */
export interface Sink {
  begin(name: string): Promise<void>;
  open(path: string, bytes: number): Promise<{ write(piece: Uint8Array): Promise<void>; close(): Promise<void> }>;
  finish(): Promise<string>;
  discard(): Promise<void>;
}

export interface CopiesNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly custody: CustodyLog;
  readonly software: { readonly name: string; readonly version: string };
  readonly ffmpeg: () => Promise<{ readonly path: string; readonly version: string; readonly videoEncoder: string }>;
  /** A font with Cyrillic letters for the label, or null. */
  readonly font: () => string | null;
  /** @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE, TARGET_UNUSABLE */
  readonly stored: (exhibit: string) => StoredExhibit;
  readonly exhibit: (number: string) => Exhibit;
  /** The exhibit's own age identity, opened with the vault's. */
  readonly openKey: (keyAge: Uint8Array, vaultIdentity: string) => Promise<string>;
  readonly signaturesValid: (record: Uint8Array, folders: readonly string[]) => Promise<boolean>;
  /** @throws Refusal SEGMENT_DAMAGED */
  readonly openMasters: (
    stored: StoredExhibit,
    identity: string,
    onDamage: (damage: Damage) => void,
  ) => Promise<Masters>;
  readonly sink: (path: string, recipient: string | null, now: Date) => Sink;
  /** The name behind an account's code, where it is known here. */
  readonly nameOf: (code: string) => string;
}

export const subjectOf = (exhibit: string) => ({ type: 'exhibit', id: exhibit }) as const;
