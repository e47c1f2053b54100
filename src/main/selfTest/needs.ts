import type { Database } from 'better-sqlite3';
import type { Room } from '../../shared/contract/rooms.ts';
import type { RoomSettings, SourceConfig, SourceSecrets } from '../../shared/domain/devices.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { FfmpegChoice, RecorderClient } from '../recorder/index.ts';
import type { ClockFact, DiskFact } from './judgeStation.ts';

/** How events name a person. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** What this area asks of others; `composition.ts` hands it in. */
export interface SelfTestNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: () => Pick<CustodyLog, 'append'>;
  readonly rooms: {
    list(): Room[];
    /** @throws ROOM_UNKNOWN, ROOM_INCOMPLETE, STATION_KEYS_LOCKED where the room's cameras have passwords */
    sourcesFor(room: string): Promise<{ sources: SourceConfig[]; secrets: SourceSecrets; settings: RoomSettings }>;
  };
  /** The state of the interview that this room is prepared for or records, null where there is none. */
  readonly interviewIn: (room: string) => 'ready' | 'recording' | null;
  /** The folder of the room's recorder. */
  readonly recorderFolder: (room: string) => string;
  /**
   * Takes over what an earlier run of the room's recorder still keeps, so that its sources can be sampled.
   * @throws RECORDER_WRONG_PHASE where the station has not taken it over
   */
  readonly settleEarlier: (client: RecorderClient) => Promise<void>;
  /** @throws FFMPEG_MISSING, FFMPEG_UNSUITABLE */
  readonly ffmpeg: () => Promise<FfmpegChoice>;
  /** The folders that recordings go to. */
  readonly disks: () => Promise<readonly DiskFact[]>;
  /** The station's clock, or null where it cannot be asked. */
  readonly clockFact: () => Promise<ClockFact | null>;
}
