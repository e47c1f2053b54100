import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Hand } from '../sealing/index.ts';

export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** Which version of a draft is the newest; `savedBy` is an account's code. */
interface Saved {
  readonly version: number;
  readonly savedAt: string;
  readonly savedBy: string;
}

/** A supplement that was added. */
interface Added {
  readonly n: number;
  readonly statement: { readonly at: string; readonly attachments: readonly { readonly file: string }[] };
}

export interface TranscriptsNeeds {
  readonly custody: CustodyLog;
  /** Versions of what people write, encrypted to the exhibit's own key. */
  readonly drafts: {
    newest(exhibit: string, kind: 'transcript'): Saved | null;
    read(exhibit: string, kind: 'transcript', identity: string): Promise<Uint8Array | null>;
    save(one: { exhibit: string; kind: 'transcript'; base: number; by: string }, plain: Uint8Array): Promise<Saved>;
  };
  readonly stored: (exhibit: string) => { readonly statement: EvidenceRecord; readonly keyAge: Uint8Array };
  readonly openKey: (keyAge: Uint8Array, vaultIdentity: string) => Promise<string>;
  /** Signed additions to a sealed exhibit. */
  readonly supplements: {
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
    /** The plain bytes of a supplement's file, as they were signed. */
    open(exhibit: string, file: string, vaultIdentity: string): Promise<{ readonly content: Uint8Array }>;
  };
  /** Writes bytes as a new file, whole or not at all, `onRecord` before it gets its name. */
  readonly write: (
    path: string,
    make: () => Promise<Uint8Array>,
    how: { readonly actor: Actor; readonly exhibit: string; readonly onRecord: (sha256: string) => void },
  ) => Promise<{ path: string; sha256: string }>;
  /** The name behind an account's code, where it is known here. */
  readonly nameOf: (code: string) => string;
}
