import type { Language } from '../../shared/contract/common.ts';
import type { ProtocolDraft, ProtocolPerson } from '../../shared/contract/protocol.ts';
import type { Question } from '../../shared/domain/questions.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';

/** What was read aloud of rights and warnings, or why it was not, as the preparation says. */
export interface RightRead {
  readonly words: string;
  readonly by: string | null;
  /** Null where it was read. */
  readonly skipped: string | null;
}

/** Everything that a protocol says. Plain data: copied to the thread that draws it. */
export interface ProtocolData {
  readonly language: Language;
  readonly at: string;
  /** Of the station, as IANA names it. */
  readonly timeZone: string;
  readonly software: string;
  /** What the document is called under the rules in force. */
  readonly title: string;
  /** How the room is called here; its id where that is not known. */
  readonly room: string;
  readonly record: EvidenceRecord;
  readonly recordSha256: string;
  /** `child` and `officer` first, then the participants. */
  readonly people: readonly ProtocolPerson[];
  readonly rights: readonly RightRead[];
  readonly questions: readonly Question[];
  readonly phases: Readonly<Record<string, string>>;
  readonly draft: ProtocolDraft;
  /** True where it is written to be filed: it no longer says of itself that it is a draft. */
  readonly filing: boolean;
  /** The log's head that is printed; null on a draft's screen. */
  readonly head: { readonly size: number; readonly root: string } | null;
}

/** What a label says. */
export interface LabelData {
  readonly language: Language;
  readonly at: string;
  readonly timeZone: string;
  readonly software: string;
  readonly sheet: 'a6' | 'two';
  readonly record: EvidenceRecord;
  readonly recordSha256: string;
  readonly head: { readonly size: number; readonly root: string };
}

/** What the thread is given to draw. */
export type Drawn =
  | { readonly what: 'protocol'; readonly protocol: ProtocolData }
  | { readonly what: 'label'; readonly label: LabelData };
