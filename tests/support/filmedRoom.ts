import type { Fragment } from '../../src/main/recorder/media/fragment.ts';
import { FragmentReader } from '../../src/main/recorder/media/fragmentReader.ts';
import type { InitSection } from '../../src/main/recorder/media/initSection.ts';
import { Recording } from '../../src/main/recorder/recording.ts';
import type { RecordingResult } from '../../src/main/recorder/result.ts';
import { simulatedRoom } from '../../src/main/rooms/devices/index.ts';
import { type Disk, newIdentity } from '../../src/main/vault/index.ts';
import type { SourceConfig } from '../../src/shared/domain/devices.ts';
import { isRefusal } from '../../src/shared/errors.ts';
import { fragmentedAudio, fragmentedVideo } from './fragmentedMp4.ts';
import { EXHIBIT } from './recorderRoom.ts';

/** Sources that were filmed once, so that a recording of them can be made again and again without ffmpeg or time. */
export interface FilmedRoom {
  readonly identity: string;
  readonly recipient: string;
  readonly tracks: readonly FilmedTrack[];
}

export interface FilmedTrack {
  readonly id: string;
  readonly source: SourceConfig;
  readonly media: Buffer;
  /** Bytes of the initialisation section. */
  readonly init: number;
  readonly section: InitSection;
  readonly fragments: readonly Fragment[];
}

const SECONDS = 12;

export async function filmedRoom(): Promise<FilmedRoom> {
  const films = new Map([
    ['room', fragmentedVideo(SECONDS)],
    ['mic1', fragmentedAudio(SECONDS)],
  ]);
  const tracks = simulatedRoom().flatMap((source) => {
    const media = films.get(source.id);
    return media === undefined ? [] : [filmed(source, media)];
  });
  return { ...(await newIdentity()), tracks };
}

function filmed(source: SourceConfig, media: Buffer): FilmedTrack {
  const pieces = new FragmentReader().push(media);
  const section = pieces.flatMap((piece) => (piece.type === 'init' ? [piece.init] : []))[0];
  if (section === undefined) throw new Error('no initialisation section');
  const fragments = pieces.flatMap((piece) => (piece.type === 'fragment' ? [piece.fragment] : []));
  return { id: source.id, source, media, init: section.bytes.length, section, fragments };
}

/** A disk that is slow or full is not what these recordings are about; what befell a target is in `ended`. */
const quiet = {
  targetLost: () => undefined,
  targetSlow: () => undefined,
  slow: () => undefined,
};

export interface Filming {
  /** Milliseconds after the button at which a source of this id comes; those that are not named stand at the button. */
  readonly comesAt?: Readonly<Record<string, number>>;
  /** Called when all was taken and before the stop. */
  readonly beforeStop?: () => void;
}

export interface Filmed {
  /** Bytes of each track that the recording had called durable on every target when it ended. */
  readonly promised: Map<string, number>;
  /** It came to its end. */
  readonly ended: boolean;
  readonly result: RecordingResult | null;
}

/**
 * Makes a recording of the room on the folders `/a` and `/b` of `disk`, from the button to the stop.
 */
export async function recordOnto(disk: Disk, room: FilmedRoom, filming: Filming = {}): Promise<Filmed> {
  let nowNs = 0n;
  const clock = { now: () => new Date(1_795_000_000_000 + Number(nowNs / 1_000_000n)), monotonicNs: () => nowNs };
  const targets = ['/a', '/b'].map((target) => `${target}/${EXHIBIT}`);
  const recording = new Recording(
    { exhibit: EXHIBIT, recipient: room.recipient, targets, plannedMs: 60_000 },
    { clock, encoderVersion: 'x', disk, listener: quiet },
  );
  try {
    await recording.start(
      room.tracks.map(({ source }) => source),
      1000,
    );
    for (const { track, fragment, zeroNs, endNs } of inOrder(room.tracks, filming.comesAt ?? {})) {
      nowNs = endNs;
      const run = {
        number: 1,
        init: track.section,
        command: 'ffmpeg',
        copied: null,
        placedBy: 'clock' as const,
        zeroNs,
      };
      recording.take(track.id, run, fragment, endNs);
      // Others get their turn, as between two pieces from a pipe.
      await new Promise((resolve) => setImmediate(resolve));
    }
    filming.beforeStop?.();
    const result = await recording.end([], () => []);
    return { promised: promisesOf(recording), ended: true, result };
  } catch (error) {
    if (!isRefusal(error, 'TARGET_UNUSABLE')) throw error;
    return { promised: promisesOf(recording), ended: false, result: null };
  }
}

const promisesOf = (recording: Recording): Map<string, number> =>
  new Map(recording.tracks.map((track) => [track.source.id, track.bytes]));

interface Taken {
  readonly track: FilmedTrack;
  readonly fragment: Fragment;
  readonly zeroNs: bigint;
  readonly endNs: bigint;
}

function inOrder(tracks: readonly FilmedTrack[], comesAt: Readonly<Record<string, number>>): Taken[] {
  return tracks
    .flatMap((track) => {
      const zeroNs = BigInt(comesAt[track.id] ?? 0) * 1_000_000n;
      return track.fragments.map((fragment) => ({
        ...{ track, fragment, zeroNs },
        endNs: zeroNs + BigInt(Math.round((fragment.end / track.section.timescale) * 1e9)) + 1_000_000n,
      }));
    })
    .sort((one, other) => Number(one.endNs - other.endNs));
}
