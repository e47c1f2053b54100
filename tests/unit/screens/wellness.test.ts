import { describe, expect, it } from 'vitest';
import { alarmsToShow, breakNow, isHere, keepingOf, meterShare } from '../../../src/renderer/interview/wellness.ts';
import type { RecordingView } from '../../../src/shared/contract/recording.ts';
import type { Alarm, SourceLive } from '../../../src/shared/domain/liveState.ts';

function source(place: SourceLive['place'], growing = true): SourceLive {
  return {
    id: place,
    place,
    kind: place === 'room' || place === 'face' ? 'video' : 'audio',
    label: place,
    simulated: true,
    state: 'running',
    growing,
    findings: [],
    failure: null,
    fps: 25,
    lastFragmentMsAgo: 10,
    delayMs: 0,
    bytes: 1_000_000,
    partNumber: 1,
    level: null,
    pid: 1,
  };
}

/** A running recording; only what the judgement reads is given. */
function view(
  sources: SourceLive[],
  targets: boolean[],
  elapsedMs: number,
): Pick<RecordingView, 'recorder' | 'elapsedMs'> {
  return {
    elapsedMs,
    recorder: {
      room: 'room1',
      phase: 'recording',
      oneDisk: false,
      remainingMs: null,
      exhibit: 'demo-2026-000001',
      startedAt: '2026-11-21T10:14:00.000Z',
      startedMonotonicNs: '1',
      elapsedMs,
      sources,
      targets: targets.map((ok, index) => ({
        ...{ path: `/disk${index}`, ok, freeBytes: 10_000_000_000, problem: null },
        ...{ slow: false, behindBytes: 0 },
      })),
      alarms: [],
      sleepBlocked: true,
      pid: 1,
      memoryBytes: 1,
    },
  };
}

describe('what is said of a running recording', () => {
  const whole = [source('room'), source('face'), source('mic1')];

  it('says both disks only when two take it and every track grows', () => {
    expect(keepingOf(view(whole, [true, true], 60_000))).toEqual({ how: 'both' });
    expect(keepingOf(view(whole, [true, false], 60_000))).toEqual({ how: 'one' });
    expect(keepingOf(view(whole, [false, false], 60_000))).toEqual({ how: 'none' });
  });

  it('says where two folders are one disk, and where a disk lags', () => {
    const { recorder, elapsedMs } = view(whole, [true, true], 60_000);
    if (recorder === null) throw new Error('no recorder');
    expect(keepingOf({ elapsedMs, recorder: { ...recorder, oneDisk: true } })).toEqual({ how: 'same-disk' });
    const targets = recorder.targets.map((target, i) => ({ ...target, slow: i === 1 }));
    expect(keepingOf({ elapsedMs, recorder: { ...recorder, targets } })).toEqual({ how: 'slow' });
  });

  it('names the sources that are not being saved', () => {
    const sources = [source('room'), source('face', false), source('mic1')];
    expect(keepingOf(view(sources, [true, true], 60_000))).toEqual({ how: 'not-growing', places: ['face'] });
  });

  it('gives the tracks a moment to begin, and no longer', () => {
    const sources = [source('room', false)];
    expect(keepingOf(view(sources, [true, true], 2000))).toEqual({ how: 'starting' });
    expect(keepingOf(view(sources, [true, true], 6000))).toEqual({ how: 'not-growing', places: ['room'] });
  });

  it('never says that it records without a recorder', () => {
    expect(keepingOf({ recorder: null, elapsedMs: 60_000 })).toEqual({ how: 'none' });
  });
});

describe('alarms', () => {
  const alarm = (code: Alarm['code'], place: string, second: number): Alarm => ({
    code,
    params: { place },
    at: `2026-11-21T10:14:0${second}.000Z`,
    ended: null,
  });

  it('shows of each source its last word only, newest first', () => {
    const shown = alarmsToShow([
      alarm('SOURCE_LOST', 'room', 1),
      alarm('SOURCE_LOST', 'mic1', 2),
      alarm('SOURCE_BACK', 'room', 3),
    ]);
    expect(shown.map(({ code, params }) => [code, params['place']])).toEqual([
      ['SOURCE_BACK', 'room'],
      ['SOURCE_LOST', 'mic1'],
    ]);
  });
});

describe('the timeline', () => {
  it('knows the break that is on', () => {
    const begins = { at_ms: 1000, type: 'break', label: 'tired', begins: true } as const;
    const ends = { at_ms: 2000, type: 'break', label: 'tired', begins: false } as const;
    expect(breakNow([begins])).toEqual({ sinceMs: 1000, label: 'tired' });
    expect(breakNow([begins, ends])).toBeNull();
  });

  it('knows who is here: everybody until they leave', () => {
    const move = (present: boolean, at: number) => ({
      at_ms: at,
      type: 'roster' as const,
      label: 'psychologist',
      code: 'p1',
      present,
    });
    expect(isHere([], 'p1')).toBe(true);
    expect(isHere([move(false, 1)], 'p1')).toBe(false);
    expect(isHere([move(false, 1), move(true, 2)], 'p1')).toBe(true);
  });
});

it('fills a meter from −60 to 0 dBFS', () => {
  expect([-120, -60, -30, 0, 6].map(meterShare)).toEqual([0, 0, 0.5, 1, 1]);
});
