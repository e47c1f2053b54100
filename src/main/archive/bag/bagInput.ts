import type { LoggedEvent } from '../../custody/index.ts';

/** A file that is carried as it is. `path` is relative to `data/`; `open` gives exactly `bytes` bytes. */
export interface BagFile {
  readonly path: string;
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/** One original: its plain bytes out of the vault, and the two files beside it. Length and digest come from the record. */
export interface BagPart {
  /** As the record names it: `tracks/room.mp4`. */
  readonly file: string;
  open(): AsyncIterable<Uint8Array>;
  /** `<part>.segments.jsonl`. */
  readonly segments: Uint8Array;
  /** `<part>.heads`. */
  readonly heads: Uint8Array;
}

/** The custody folder, made after the `bag.exported` event was appended (`collectCustody`). */
export interface BagCustody {
  /** All events of the exhibit, `seq` 0 first, ending with `bag.exported`. */
  readonly events: readonly LoggedEvent[];
  /** Proof file by the event's index in the log that the record names. */
  readonly proofs: ReadonlyMap<number, string>;
  /** How that log goes on from an earlier one; null where nothing of an earlier one is in the bag. */
  readonly first?: BagLog['first'] | undefined;
  /** Further logs of a station that was restored from a backup. */
  readonly others?: readonly BagLog[] | undefined;
  readonly checkpoint: string;
  readonly checkpointTsr?: Uint8Array | undefined;
  /** The head right after the seal, and how the log grew from it to `checkpoint`. */
  readonly sealCheckpoint: string;
  readonly sealCheckpointTsr?: Uint8Array | undefined;
  readonly sealToHead: string;
  readonly vkey: string;
  /** Earlier heads that witnesses cosigned, and how the log grew from each to `checkpoint`. */
  readonly witnessed?: readonly WitnessedHead[] | undefined;
  /** The checkpoint and time-stamp that `record.anchor` quotes. */
  readonly anchor?: { readonly checkpoint: Uint8Array; readonly tsr: Uint8Array } | undefined;
}

/** A log before or after the one that the record names. */
export interface BagLog {
  /** Folder in `custody/`: `before/1` is the oldest, `after/1` the next one after the record's. */
  readonly place: string;
  readonly origin: string;
  readonly vkey: string;
  readonly checkpoint: string;
  readonly proofs: ReadonlyMap<number, string>;
  /** Its event at index 0, by which it goes on from the one before, with its proof; null for the first one in the bag. */
  readonly first: { readonly event: Uint8Array; readonly proof: string } | null;
  readonly witnessed?: readonly WitnessedHead[] | undefined;
}

/** A head with its cosignatures; `toHead` is the consistency proof to the bag's checkpoint. */
export interface WitnessedHead {
  readonly size: number;
  readonly checkpoint: string;
  readonly toHead: string;
}

/** What `bag.exported` must say: the digest of the manifest without the custody folder's own lines. */
export interface ExportedManifest {
  readonly sha256: string;
  readonly text: string;
}

export interface BagInput {
  /** The body that hands over; any script, one line. */
  readonly sourceOrganization: string;
  readonly now: Date;
  /** `record.json`, byte for byte. */
  readonly record: Uint8Array;
  /** Exactly the parts of the record, in any order. */
  readonly parts: readonly BagPart[];
  /** Under `signatures/`: the `.p7s` files and their `.tsr`. */
  readonly signatures: readonly BagFile[];
  /** PEM certificates for `signatures/chain` and `signatures/roots/{station,tsa}`; lists for `signatures/revocation`. */
  readonly chain: readonly string[];
  readonly stationRoots: readonly string[];
  readonly tsaRoots: readonly string[];
  readonly revocation: readonly Uint8Array[];
  /** Under `attachments/`, `supplements/` and `copies/`. */
  readonly more: readonly BagFile[];
  /** Appends `bag.exported` and gives the final custody files. Called once, when everything large has been written. */
  exported(manifest: ExportedManifest): Promise<BagCustody>;
  /** Signs the tag manifest for whoever hands over: a detached CMS (`signDetached`). */
  handOver(tagManifest: Uint8Array): Promise<Uint8Array>;
  readonly onProgress?: ((progress: BagProgress) => void) | undefined;
  /** Cancels up to the `bag.exported` event; after it the little that is left is finished. */
  readonly signal?: AbortSignal | undefined;
}

export interface BagProgress {
  readonly writtenBytes: number;
  readonly totalBytes: number;
}

/** A small file whose bytes are at hand. */
export function bagFile(path: string, content: string | Uint8Array): BagFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    path,
    bytes: bytes.length,
    async *open() {
      yield bytes;
    },
  };
}
