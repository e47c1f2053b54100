import type { CheckReason } from '../../shared/evidence/verification.ts';

/** One regular file of a bag. `path` is relative to the bag's folder, with `/`. */
export interface BagEntry {
  readonly path: string;
  readonly bytes: number;
}

/** What a source found without opening any file: the regular files, and everything that a bag must not contain. */
export interface BagListing {
  readonly entries: readonly BagEntry[];
  readonly problems: readonly CheckReason[];
}

/**
 * Where a bag's bytes come from. Nothing is written anywhere. `list` may be called once; `stream` gives one file's bytes
 * in order and throws `BAG_UNREADABLE` if they cannot be had, and the vault's `AGE_…` refusals for an encrypted bag.
 */
export interface BagSource {
  /** The folder's or archive's own name, without path. */
  readonly name: string;
  readonly encrypted: boolean;
  list(): Promise<BagListing>;
  stream(path: string): AsyncIterable<Uint8Array>;
  /** Where a file lies as it is, so that a thread can read it by itself; null or absent where it does not. */
  plainFile?(path: string): string | null;
  close(): Promise<void>;
}
