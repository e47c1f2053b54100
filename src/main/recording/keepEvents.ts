import type { TimelineEntry } from '../../shared/evidence/record.ts';
import type { JournalEntry } from '../recorder/index.ts';
import { type RecordingNeeds, stationActor } from './needs.ts';

/** A microphone that crackles must not make a record that nobody can read. */
const MOST_ALARMS = 200;

/**
 * Takes what a recorder wrote down about an exhibit into its custody log, each entry with its own moment, and the alarms
 * among it onto the interview's timeline. To be called inside the transaction that ends the recording.
 */
export function keepEvents(
  needs: Pick<RecordingNeeds, 'custody' | 'interviews'>,
  of: { readonly exhibit: string; readonly interview: string },
  events: readonly JournalEntry[],
): void {
  const subject = { type: 'exhibit', id: of.exhibit } as const;
  let alarms = 0;
  // A try before this one that did not start counted its own time.
  const begun = events.findLastIndex(({ action }) => action === 'recording.begun');
  for (const event of events.slice(begun + 1)) {
    // What the recorder did is said by the station's own events.
    if (event.action.startsWith('recording.') || event.action.startsWith('recorder.')) continue;
    needs.custody.append({
      action: event.action,
      actor: stationActor,
      subject,
      details: { at: event.at, ...wholeDetails(event.details) },
    });
    const entry = alarmEntry(event);
    if (entry !== null && alarms < MOST_ALARMS) {
      alarms += 1;
      needs.interviews.addEntry(of.interview, entry);
    }
  }
}

/** Entries of the journal that are alarms by what they are. */
const LABELS: Partial<Record<JournalEntry['action'], string>> = {
  'source.lost': 'SOURCE_LOST',
  'clock.jumped': 'CLOCK_JUMPED',
};

/** The timeline's entry for an alarm that began: its label is its code, which every language can name. */
function alarmEntry({ action, details }: JournalEntry): TimelineEntry | null {
  const at = details['at_ms'];
  const label = action === 'alarm.began' ? details['code'] : (LABELS[action] ?? null);
  if (typeof at !== 'number' || typeof label !== 'string') return null;
  const { track, jump_ms } = details;
  return {
    ...{ at_ms: Math.round(at), type: 'alarm', label },
    ...(typeof track === 'string' ? { track } : {}),
    ...(typeof jump_ms === 'number' ? { jump_ms } : {}),
  };
}

/** The log holds whole numbers only; text of a journal is kept as it is. */
function wholeDetails(details: JournalEntry['details']) {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [key, typeof value === 'number' ? Math.round(value) : value]),
  );
}
