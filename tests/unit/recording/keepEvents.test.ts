import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/main/recorder/index.ts';
import { keepEvents } from '../../../src/main/recording/keepEvents.ts';
import type { TimelineEntry } from '../../../src/shared/evidence/record.ts';

type Needs = Parameters<typeof keepEvents>[0];

/** What the custody log and the timeline were given. */
function desk() {
  const logged: { action: string; details: unknown }[] = [];
  const timeline: TimelineEntry[] = [];
  const needs = {
    custody: {
      append: ({ action, details }: { action: string; details: unknown }) => logged.push({ action, details }),
    },
    interviews: { addEntry: (_: string, entry: TimelineEntry) => timeline.push(entry) },
  };
  return { logged, timeline, needs: needs as unknown as Needs };
}

const of = { exhibit: 'st1-2026-000001', interview: 'i1' };
const entry = (action: JournalEntry['action'], details: JournalEntry['details'] = {}): JournalEntry => ({
  seq: 0,
  at: '2026-11-21T10:14:00.000Z',
  exhibit: of.exhibit,
  action,
  details,
});

describe('what a recorder wrote down', () => {
  it('enters the log with its own moment, and its alarms the timeline by code and track', () => {
    const { needs, logged, timeline } = desk();
    keepEvents(needs, of, [
      entry('recording.begun', { sources: 2 }),
      entry('source.lost', { track: 'room', cause: 'silent', at_ms: 4000.4 }),
      entry('alarm.began', { code: 'PICTURE_BLACK', track: 'face', at_ms: 5000 }),
      entry('alarm.ended', { code: 'PICTURE_BLACK', track: 'face', at_ms: 6000 }),
      entry('recording.ended', {}),
    ]);
    expect(logged.map(({ action }) => action)).toEqual(['source.lost', 'alarm.began', 'alarm.ended']);
    expect(logged[0]?.details).toEqual({
      at: '2026-11-21T10:14:00.000Z',
      track: 'room',
      cause: 'silent',
      at_ms: 4000,
    });
    expect(timeline).toEqual([
      { at_ms: 4000, type: 'alarm', label: 'SOURCE_LOST', track: 'room' },
      { at_ms: 5000, type: 'alarm', label: 'PICTURE_BLACK', track: 'face' },
    ]);
  });

  it('leaves out what belongs to an earlier try that did not start', () => {
    const { needs, logged, timeline } = desk();
    keepEvents(needs, of, [
      entry('recording.begun'),
      entry('source.lost', { track: 'room', at_ms: 100 }),
      entry('recording.not-started', {}),
      entry('recording.begun'),
      entry('alarm.began', { code: 'SOUND_HUM', track: 'mic1', at_ms: 7 }),
    ]);
    expect(logged.map(({ action }) => action)).toEqual(['alarm.began']);
    expect(timeline.map(({ label }) => label)).toEqual(['SOUND_HUM']);
  });

  it('fills no timeline with a microphone that crackles, and loses nothing of it in the log', () => {
    const { needs, logged, timeline } = desk();
    const many = Array.from({ length: 500 }, (_, i) =>
      entry('alarm.began', { code: 'SOUND_CLIPPING', track: 'mic1', at_ms: i }),
    );
    keepEvents(needs, of, many);
    expect([logged.length, timeline.length]).toEqual([500, 200]);
  });
});
