import type { KeyObject } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Interview } from '../../shared/contract/cases.ts';
import type { ArriveInput } from '../../shared/contract/conducting.ts';
import type { RecordingView } from '../../shared/contract/recording.ts';
import type { BaseLines, RoomSettings, SourceConfig, SourceSecrets } from '../../shared/domain/devices.ts';
import type { InterviewAct } from '../../shared/domain/interviewStates.ts';
import type { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import type { EvidenceRecord, TimelineEntry } from '../../shared/evidence/record.ts';
import type { CustodyLog, NoteSigner } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { FfmpegChoice } from '../recorder/index.ts';

/** Who does something, as custody events say it: an account's code and role, never a name. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** The station itself, where it acts without a person: after a crash, on the recorder's word. */
export const stationActor: Actor = { id: 'station', role: 'station' };

/** A certificate with its key, open in memory. */
export interface Signer {
  readonly code: string;
  readonly certPem: string;
  /** From the issuer up to, and with, the root. */
  readonly chainPem: readonly string[];
  readonly privateKey: KeyObject | Uint8Array;
}

/** What `cases` knows of an interview that the record states. */
export type RecordFacts = Pick<EvidenceRecord, 'case' | 'child' | 'roster' | 'previous'> & {
  readonly interview: Pick<EvidenceRecord['interview'], 'id' | 'kind' | 'language' | 'room' | 'station' | 'planned_at'>;
};

/** What this area asks of others; `composition.ts` hands it in. */
export interface RecordingNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly custody: CustodyLog;
  readonly software: EvidenceRecord['software'];
  /** Folder under which each room's recorder has its own. */
  readonly recorderFolder: string;
  readonly interviews: {
    get(interview: string): Interview;
    inStates(states: readonly Interview['state'][]): Interview[];
    /** Moves the state by the table; to be called inside a transaction. @throws INTERVIEW_WRONG_STATE */
    act(interview: string, act: InterviewAct): unknown;
    timeline(interview: string): TimelineEntry[];
    /** Gives it as stored. */
    addEntry(interview: string, entry: TimelineEntry): TimelineEntry;
    forRecord(interview: string): RecordFacts;
    /** Adds a person who was not planned, the name sealed, with the log's event. */
    join(
      interview: string,
      person: Omit<ArriveInput, 'interview'>,
      by: Actor,
    ): Promise<Pick<Interview['participants'][number], 'code' | 'capacity' | 'place'>>;
    /** Interviews of the same child in any case of this station, itself among them. */
    sameChild(child: string): Interview[];
  };
  /** The phases in force at an instant, such as the beginning of a recording; null asks for now. None where they cannot be read. */
  readonly phases: (instant: string | null) => RecordingView['phases'];
  /** The rules in force at an instant; null asks for now. Null where they cannot be read. */
  readonly rules: (instant: string | null) => JurisdictionProfile | null;
  /** What was asked for and decided before the recording, for its timeline. */
  readonly questionsAtBegin: (interview: string) => TimelineEntry[];
  readonly rooms: {
    /** @throws ROOM_UNKNOWN, ROOM_INCOMPLETE, STATION_KEYS_LOCKED where the room's cameras have passwords */
    sourcesFor(room: string): Promise<{ sources: SourceConfig[]; secrets: SourceSecrets; settings: RoomSettings }>;
  };
  /** What the microphones of a room hear when nobody speaks, by source, as far as the self-test's base line says. */
  readonly baseLines: (room: string, sources: readonly SourceConfig[]) => BaseLines;
  readonly recipients: () => { vault: string; recovery: string };
  readonly stationKeys: {
    /** @throws STATION_KEYS_LOCKED */
    signer(): Signer;
    /** @throws STATION_KEYS_LOCKED */
    logSigner(): NoteSigner;
  };
  readonly targets: () => readonly string[];
  /** Trusted time for what is sealed: it is noted, and obtained afterwards; no seal waits for it. */
  readonly timestamps: {
    /** Notes something to be stamped; inside the transaction that makes it. `note` = a checkpoint's text, null for a signature. */
    add(one: { kind: 'signature' | 'seal'; exhibit: string; file: string; sha256: string; note: string | null }): void;
    whyDeferred(): 'queued' | 'no-authority-configured';
    /** The newest outside time-stamp over a head of the log that was held before `at`; null where there was none. */
    anchorBefore(at: string): { checkpoint: string; tsr: Uint8Array; time: string } | null;
    /** Looks for what is due, behind the caller's back. */
    nudge(): void;
  };
  /** Files that are kept with an interview and signed with its record. */
  readonly attachments: {
    forRecord(exhibit: string): EvidenceRecord['attachments'];
    /** Their age files as they stand in these folders, which events count by their place here. */
    storedFiles(
      exhibit: string,
      folders: readonly string[],
    ): readonly { target: number; file: string; bytes: number; sha256: string }[];
    /** Brings them to folders that lack them. */
    bring(exhibit: string, from: readonly string[], to: readonly string[]): Promise<void>;
  };
  /** The checklist before the interview. */
  readonly preparation: {
    /** Roster entries for those who were planned and did not come, for the beginning of the timeline. */
    absentAtBegin(interview: string): readonly TimelineEntry[];
    /** Puts the checklist into the exhibit before it is sealed; nothing where there is none. @throws STATION_KEYS_LOCKED */
    keep(interview: string, actor: Actor): Promise<void>;
  };
  readonly ffmpeg: () => Promise<FfmpegChoice>;
  /** Where the machine's clock comes from; never fails, answers within two seconds. */
  readonly referenceClock: () => Promise<EvidenceRecord['clock']>;
  /** A recorder's connection ended without our doing: what was recorded shall be secured. */
  readonly onRecorderGone: (interview: string) => Promise<void>;
}
