import { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { RecordingNeeds } from './needs.ts';

/**
 * What the station knew of its clock when this exhibit's recording began, as `recording.started` says it. `unknown` where
 * no such event was written: the station was gone between the button and the log.
 */
export function recordClock(needs: Pick<RecordingNeeds, 'custody'>, exhibit: string): EvidenceRecord['clock'] {
  const events = needs.custody.eventsOf({ type: 'exhibit', id: exhibit });
  const started = events.find(({ event }) => event.action === 'recording.started')?.event;
  const said = EvidenceRecord.shape.clock.safeParse(started?.details['clock']);
  return said.success ? said.data : { source: 'unknown', offset_ms: null, checked_at: null };
}
