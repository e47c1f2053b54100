import type { Presented } from '../../../shared/contract/hearings.ts';

/** Whether a microphone at this place is heard: the interpreter's is told from the others by its place. */
export function isHeard(place: string, hears: Presented['sound']): boolean {
  if (hears === 'all') return true;
  return (place === 'interpreter') === (hears === 'interpreter');
}
