import type { SourceConfig } from '../../../shared/domain/devices.ts';
import type { Level } from '../../../shared/domain/liveState.ts';
import type { SourceFailure } from '../../../shared/domain/sourceFailure.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Fragment } from '../media/fragment.ts';
import type { InitSection } from '../media/initSection.ts';
import type { VideoEncoder } from './arguments.ts';
import type { FfmpegChildren } from './children.ts';
import type { CopyCheck } from './copyCheck.ts';
import type { SourceLog } from './sourceLog.ts';

/** How a device is opened: input arguments, and for a network camera the loopback relay that holds its password. */
export interface OpenedInput {
  readonly args: readonly string[];
  /** The relay's address that stands in `args`, or null. */
  readonly relay: string | null;
  /** Why the device could not be reached, as a code for the log, or null. */
  problem(): string | null;
  /** Monotonic time of time 0 of the input's stamps, or null where nobody knows it. The first asking settles it. */
  zeroNs(): bigint | null;
  close(): Promise<void>;
}

/** Why a source was lost, in words for the journal and the record's gaps. */
export type LossCause = 'ended' | 'silent' | 'damaged' | 'not-opened' | 'clock';

/** How a source was lost: `failure` and `line` = what its ffmpeg said of it. */
export interface Loss {
  readonly cause: LossCause;
  readonly failure: SourceFailure;
  readonly line: string;
}

export interface SourceListener {
  fragment(run: SourceRun, fragment: Fragment, arrivedNs: bigint): void;
  /** An encoder was started: what follows is of a new run. */
  begun(): void;
  /** This run is over though nobody asked for it. */
  lost(loss: Loss): void;
  /** What ffmpeg printed. */
  log(chunk: Buffer): void;
  level(level: Level): void;
  changed(): void;
}

export interface RunnerPorts {
  readonly children: FfmpegChildren;
  readonly ffmpegPath: string;
  readonly videoEncoder: VideoEncoder;
  readonly clock: Clock;
  readonly log: SourceLog;
  readonly openInput: (source: SourceConfig) => Promise<OpenedInput>;
  /** Filters that draw on the pictures, asked for at each start; null leaves them, and a copied stream, as they come. */
  readonly drawn: () => string | null;
  readonly listener: SourceListener;
  /** False while a recording runs: then a stream is taken as it is. */
  readonly mayRestart: () => boolean;
}

/**
 * One run of a source's encoder. `zeroNs` = monotonic time of decode time 0, as well as it is known: `placedBy` a clock
 * that its stamps are of, or by the earliest arrival.
 */
export interface SourceRun {
  readonly number: number;
  readonly init: InitSection;
  readonly command: string;
  /** For a stream that is copied; null where we encode. */
  readonly copied: CopyCheck | null;
  zeroNs: bigint;
  placedBy: 'clock' | 'arrival';
}
