import { createHmac } from 'node:crypto';
import { likeness } from '../../shared/domain/names.ts';

/**
 * Who leads an interview, as an HMAC under the station's index key: whether it is the same person as before can be told,
 * and not who it is.
 */
export function leadMark(name: string, indexKey: Uint8Array): string {
  return createHmac('sha256', indexKey)
    .update(`lead\n${likeness([name])}`)
    .digest('hex');
}

/** Whose name that is: of those planned the interviewer, else the officer. */
export function leadName(participants: readonly { capacity: string; name: string }[], officer: string): string {
  return participants.find(({ capacity }) => capacity === 'interviewer')?.name ?? officer;
}
