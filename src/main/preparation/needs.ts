import type { Database } from 'better-sqlite3';
import type { Interview } from '../../shared/contract/cases.ts';
import type { NamedTest } from '../../shared/contract/selfTest.ts';
import type { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';

/** Who acts, by the code that stands everywhere. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** A reason that the plan gives for a seat on which nobody will sit. */
export interface PlannedReason {
  readonly anyOf: readonly string[];
  readonly reason: string;
}

/** A camera of a room. */
export interface Camera {
  readonly source: string;
  readonly place: string;
}

/** What this area asks of others; `composition/rooms.ts` hands it in. */
export interface PreparationNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: () => Pick<CustodyLog, 'append'>;
  readonly interviews: {
    /** @throws INTERVIEW_UNKNOWN */
    get(interview: string): Interview;
    ofExhibit(exhibit: string): Interview | null;
    /** Puts an entry on the timeline. */
    addEntry(interview: string, entry: TimelineEntry): unknown;
  };
  /** The rules at an instant, such as the beginning of a recording; null asks for now. */
  readonly rulesAt: (instant: string | null) => JurisdictionProfile;
  readonly plannedReasons: (interview: string) => readonly PlannedReason[];
  /** The cameras of a room, none where it is not there any more. */
  readonly cameras: (room: string) => readonly Camera[];
  /** The newest self-test of a room, and whether it is of today. */
  readonly test: (
    room: string,
  ) => { readonly newest: NamedTest['test']; readonly byCode: string; readonly today: boolean } | null;
  /** The newest preview picture of a source; null while there is none. @throws RECORDER_NOT_RUNNING */
  readonly preview: (interview: string, source: string) => Promise<Uint8Array | null>;
  readonly stationRecipient: () => string;
  /** @throws STATION_KEYS_LOCKED */
  readonly stationIdentity: () => string;
  readonly vaultRecipient: () => string;
  readonly nameOf: (code: string) => string;
  readonly attachments: {
    /** Keeps a file with the recording, encrypted under its key; gives its path in the exhibit. */
    keep(
      file: {
        readonly interview: string;
        readonly name: string;
        readonly mediaType: string;
        readonly title: string;
        readonly bytes: Uint8Array;
      },
      actor: Actor,
    ): Promise<{ file: string }>;
    /** What is kept with an interview already. */
    of(interview: string): readonly { readonly file: string; readonly title: string; readonly sha256: string }[];
  };
}
