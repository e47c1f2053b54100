import { isRefusal } from '../../shared/errors.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import { OpenExhibit } from './openExhibit.ts';

/**
 * Reads every segment of an exhibit in one target's folder; gives, by track, whether all of it is what was sealed.
 * `onBytes` is told what was read; `signal` breaks it off.
 */
export function readThrough(statement: EvidenceRecord, identity: string) {
  return async (
    folder: string,
    onBytes: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<Map<string, boolean>> => {
    const exhibit = new OpenExhibit(statement, [folder], identity, () => undefined);
    const whole = new Map<string, boolean>(statement.tracks.map((track) => [track.id, false]));
    try {
      await exhibit.start();
      for (const { id } of statement.tracks) whole.set(id, await trackIsWhole(exhibit, id, onBytes, signal));
    } catch (error) {
      // A segment list that is not what was signed: nothing of this folder is vouched for.
      if (!isRefusal(error, 'SEGMENT_DAMAGED')) throw error;
    } finally {
      await exhibit.close();
    }
    return whole;
  };
}

async function trackIsWhole(
  exhibit: OpenExhibit,
  track: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    for (const [index, { lines }] of exhibit.parts(track).entries()) {
      for (const line of lines) {
        signal.throwIfAborted();
        onBytes((await exhibit.segment(track, index + 1, line.i)).length);
      }
    }
    return true;
  } catch (error) {
    if (isRefusal(error, 'SEGMENT_DAMAGED')) return false;
    throw error;
  }
}
