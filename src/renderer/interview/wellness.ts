import type { RecordingView } from '../../shared/contract/recording.ts';
import {
  alarmOf,
  isWell,
  type RecorderState,
  type SourceAlarm,
  type SourceLive,
} from '../../shared/domain/liveState.ts';

/** How a recording is kept at this moment, as one answer; `places` are those of the sources that are not being kept. */
export type Keeping =
  | { readonly how: 'both' | 'same-disk' | 'slow' | 'one' | 'starting' | 'nothing' | 'unknown' }
  | { readonly how: 'part'; readonly places: readonly SourceLive['place'][] };

/** Tracks take a moment to write their first second: before this a track that does not grow is no trouble. */
const BEGINS_MS = 5000;

/**
 * What may be said of a running recording. That it records is said only while something grows, "both disks" only when two
 * targets say so **and** every source's track grows: anything else is named for what it is. `heard` = the station's last
 * word is of this moment; without it nothing is known.
 */
export function keepingOf(view: Pick<RecordingView, 'recorder' | 'elapsedMs'>, heard = true): Keeping {
  if (!heard) return { how: 'unknown' };
  const { recorder } = view;
  if (recorder === null) return { how: 'nothing' };
  const begins = (view.elapsedMs ?? 0) < BEGINS_MS;
  const targets = recorder.targets.filter(({ ok }) => ok);
  if (targets.length === 0) return { how: begins ? 'starting' : 'nothing' };
  const still = recorder.sources.filter(({ growing }) => !growing);
  // One disk has it all, the other owes something: what is not on both is not lost. What sends nothing is.
  const lags = targets.some(({ slow }) => slow);
  const unkept = lags ? still.filter(({ state }) => state !== 'running') : still;
  if (unkept.length > 0 && begins) return { how: 'starting' };
  if (unkept.length === recorder.sources.length) return { how: 'nothing' };
  if (unkept.length > 0) return { how: 'part', places: unkept.map(({ place }) => place) };
  if (lags) return { how: 'slow' };
  if (targets.length < 2) return { how: 'one' };
  return { how: recorder.oneDisk ? 'same-disk' : 'both' };
}

/** A source's light, and the word beside it: a finding's name, or how it is with its signal and its track. */
export interface Light {
  readonly tone: 'good' | 'waits' | 'warn' | 'lost';
  readonly word: SourceAlarm | 'kept' | 'unkept' | 'sends' | 'starting' | 'lost' | 'restarting' | 'behind' | 'still';
}

/** Green only where the source is well in every respect; red where nothing of it is being kept. */
export function lightOf(
  source: SourceLive,
  { phase, targets, elapsedMs }: Pick<RecorderState, 'phase' | 'targets' | 'elapsedMs'>,
): Light {
  if (source.state === 'starting') return { tone: 'waits', word: 'starting' };
  if (source.state !== 'running') return { tone: 'lost', word: source.state };
  const recording = phase === 'recording';
  const lags = targets.some(({ ok, slow }) => ok && slow);
  if (recording && !source.growing && !lags) {
    return elapsedMs < BEGINS_MS ? { tone: 'waits', word: 'starting' } : { tone: 'lost', word: 'unkept' };
  }
  for (const finding of source.findings) {
    const word = finding === 'no-bytes' ? null : alarmOf(finding);
    if (word !== null) return { tone: 'warn', word };
  }
  if (recording && !source.growing) return { tone: 'warn', word: 'behind' };
  if (!isWell(source, phase)) return { tone: 'warn', word: 'still' };
  return { tone: 'good', word: recording ? 'kept' : 'sends' };
}

export const isAway = ({ state }: Pick<SourceLive, 'state'>): boolean => state === 'lost' || state === 'restarting';

/** The sources that send nothing at this moment. */
export function awayOf(recorder: RecorderState): readonly SourceLive['place'][] {
  return recorder.sources.filter(isAway).map(({ place }) => place);
}

/** How much of a meter a level fills, 0 to 1: −60 dBFS is nothing, 0 is full. */
export function meterShare(db: number): number {
  return Math.min(1, Math.max(0, (db + 60) / 60));
}

/** The break that is on, or null: since when, in ms of the recording, and why. */
export function breakNow(
  timeline: RecordingView['timeline'],
): { readonly sinceMs: number; readonly label: string } | null {
  const last = timeline.findLast(({ type }) => type === 'break');
  return last === undefined || last['begins'] !== true ? null : { sinceMs: last.at_ms, label: last.label };
}
