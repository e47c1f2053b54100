import type { Clock } from '../platform/clock.ts';
import type { FfmpegChildren } from './ffmpeg/children.ts';
import type { OpenedInput } from './ffmpeg/sourcePorts.ts';
import type { StartFile } from './folder.ts';
import type { Journal } from './journal.ts';
import type { SleepInhibitor } from './sleepInhibitor.ts';
import type { RecorderEvent } from './wire/protocol.ts';

/** What a room's recorder is given by its process. */
export interface RoomPorts {
  readonly folder: string;
  readonly start: StartFile;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly children: FfmpegChildren;
  readonly inhibitor: SleepInhibitor;
  readonly openInput: (source: StartFile['sources'][number]) => Promise<OpenedInput>;
  readonly emit: (event: RecorderEvent) => void;
  /** No disk holds the recording whole: this process has to end as by a crash, so that the station secures what stands. */
  readonly broken: () => void;
}
