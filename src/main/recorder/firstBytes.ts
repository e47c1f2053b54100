import type { Recording } from './recording.ts';
import type { TrackRecorder } from './writing/trackRecorder.ts';

/**
 * Waits until every track has its first durable bytes, but for those that a person said may be missing. Gives the track
 * that had none after `withinMs`, or null when all is well. With every source missing, one of them at least has to come.
 */
export async function firstBytes(recording: Recording, withinMs: number): Promise<TrackRecorder | null> {
  const { confirmedMissing = [] } = recording.input;
  const expected = recording.tracks.filter(({ source }) => !confirmedMissing.includes(source.id));
  const growing =
    expected.length > 0
      ? Promise.all(expected.map((track) => track.growing))
      : Promise.race(recording.tracks.map((track) => track.growing));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, withinMs, 'late');
  });
  const outcome = await Promise.race([growing, late]);
  clearTimeout(timer);
  if (outcome !== 'late') return null;
  const waited = expected.length > 0 ? expected : recording.tracks;
  return waited.find((track) => track.durableNs === null) ?? waited[0] ?? null;
}
