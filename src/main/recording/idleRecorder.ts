import { isRefusal, Refusal } from '../../shared/errors.ts';
import { attachRecorder } from '../recorder/index.ts';

/**
 * Ends a recorder that a station before us left behind and that records no more. A result that nobody acknowledged stays
 * in its folder, for the next one to be asked about. One that is on its way out anyway is left to go: whoever starts the
 * next waits for its lock.
 * @throws Refusal ROOM_BUSY while one records
 */
export async function endIdleRecorder(folder: string, room: string): Promise<void> {
  try {
    const left = await attachRecorder(folder);
    if (left === null) return;
    const { phase } = await left.state();
    if (phase === 'recording') {
      left.close();
      throw new Refusal('ROOM_BUSY', { room });
    }
    await left.release();
    await left.closed;
  } catch (error) {
    if (!isRefusal(error, 'RECORDER_LOST') && !isRefusal(error, 'RECORDER_ATTACH_REFUSED')) throw error;
  }
}
