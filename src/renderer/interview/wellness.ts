import type { RecordingView } from '../../shared/contract/recording.ts';
import type { Alarm, RecorderState, SourceLive } from '../../shared/domain/liveState.ts';

/** How a recording is kept at this moment, as one answer; `names` are the places of the sources that are concerned. */
export type Keeping =
  | { readonly how: 'both' | 'same-disk' | 'slow' | 'one' | 'none' | 'starting' }
  | { readonly how: 'not-growing'; readonly places: readonly SourceLive['place'][] };

/** Tracks take a moment to write their first second: before this a track that does not grow is no trouble. */
const BEGINS_MS = 5000;

/**
 * What may be said of a running recording. "Both disks" only when two targets say so **and** every source's track grows:
 * anything else is named for what it is.
 */
export function keepingOf(view: Pick<RecordingView, 'recorder' | 'elapsedMs'>): Keeping {
  const { recorder } = view;
  if (recorder === null) return { how: 'none' };
  const targets = recorder.targets.filter(({ ok }) => ok).length;
  if (targets === 0) return (view.elapsedMs ?? 0) < BEGINS_MS ? { how: 'starting' } : { how: 'none' };
  // One disk has it all, the other owes something: what is not on both is not lost.
  if (recorder.targets.some(({ ok, slow }) => ok && slow)) return { how: 'slow' };
  const still = recorder.sources.filter(({ growing }) => !growing).map(({ place }) => place);
  if (still.length > 0) {
    return (view.elapsedMs ?? 0) < BEGINS_MS ? { how: 'starting' } : { how: 'not-growing', places: still };
  }
  if (targets < 2) return { how: 'one' };
  return { how: recorder.oneDisk ? 'same-disk' : 'both' };
}

export const isAway = ({ state }: Pick<SourceLive, 'state'>): boolean => state === 'lost' || state === 'restarting';

/** The sources that send nothing at this moment. */
export function awayOf(recorder: RecorderState): readonly SourceLive['place'][] {
  return recorder.sources.filter(isAway).map(({ place }) => place);
}

/** The newest alarms that still say something: of one source only its last word. */
export function alarmsToShow(alarms: readonly Alarm[], most = 4): readonly Alarm[] {
  const last = new Map<string, Alarm>();
  for (const alarm of alarms) {
    const about = alarm.code === 'SOURCE_BACK' ? 'SOURCE_LOST' : alarm.code;
    // That a source is back says that its loss is over.
    if (alarm.code === 'SOURCE_LOST' && alarm.ended !== null) continue;
    const key = `${about} ${String(alarm.params['place'] ?? alarm.params['target'] ?? '')}`;
    last.delete(key);
    last.set(key, alarm);
  }
  return [...last.values()].toReversed().slice(0, most);
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

/** Who of the planned people is here now: everybody, until the timeline says otherwise. */
export function isHere(timeline: RecordingView['timeline'], code: string): boolean {
  const moves = timeline.filter((entry) => entry.type === 'roster' && entry['code'] === code);
  const last = moves.at(-1);
  return last === undefined || last['present'] === true;
}
