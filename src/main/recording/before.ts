import type { RecordingNeeds } from './needs.ts';

/**
 * What was asked and prepared before the button, onto the timeline; within the transaction that notes the beginning. The
 * recorder keeps already what it records: nothing that was written beforehand may undo that the recording began.
 */
export function tellOfBefore(
  {
    interviews,
    questionsAtBegin,
    preparation,
    log,
  }: Pick<RecordingNeeds, 'interviews' | 'questionsAtBegin' | 'preparation' | 'log'>,
  interview: string,
): void {
  for (const entries of [questionsAtBegin, (id: string) => preparation.absentAtBegin(id)]) {
    try {
      for (const entry of entries(interview)) interviews.addEntry(interview, entry);
    } catch (error) {
      log.error({ err: error }, 'what was said before the recording does not stand on its timeline');
    }
  }
}
