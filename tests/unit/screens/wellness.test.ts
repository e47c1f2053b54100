import { describe, expect, it } from 'vitest';
import { orderAlarms } from '../../../src/renderer/interview/alarmOrder.ts';
import { breakNow, keepingOf, lightOf, meterShare } from '../../../src/renderer/interview/wellness.ts';
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
    expect(keepingOf(view(whole, [false, false], 60_000))).toEqual({ how: 'nothing' });
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
    expect(keepingOf(view(sources, [true, true], 60_000))).toEqual({ how: 'part', places: ['face'] });
  });

  it('gives the tracks a moment to begin, and no longer', () => {
    const sources = [source('room', false)];
    expect(keepingOf(view(sources, [true, true], 2000))).toEqual({ how: 'starting' });
    expect(keepingOf(view(sources, [true, true], 6000))).toEqual({ how: 'nothing' });
  });

  it('never says that it records without a recorder', () => {
    expect(keepingOf({ recorder: null, elapsedMs: 60_000 })).toEqual({ how: 'nothing' });
  });

  it('says that it is not known while the station is not heard', () => {
    expect(keepingOf(view(whole, [true, true], 60_000), false)).toEqual({ how: 'unknown' });
  });

  it('does not let a slow disk hide a source that sends nothing', () => {
    const { recorder, elapsedMs } = view(whole, [true, true], 60_000);
    if (recorder === null) throw new Error('no recorder');
    const targets = recorder.targets.map((target, i) => ({ ...target, slow: i === 1 }));
    const sources = [{ ...source('room', false), state: 'lost' as const }, source('face', false), source('mic1')];
    expect(keepingOf({ elapsedMs, recorder: { ...recorder, targets, sources } })).toEqual({
      how: 'part',
      places: ['room'],
    });
  });
});

describe("a source's light", () => {
  const recording: Parameters<typeof lightOf>[1] = { phase: 'recording', targets: [], elapsedMs: 60_000 };

  it('is green only where the source is well and, while it is recorded, grows', () => {
    expect(lightOf(source('room'), recording)).toEqual({ tone: 'good', word: 'kept' });
    expect(lightOf(source('room', false), { ...recording, phase: 'ready' })).toEqual({ tone: 'good', word: 'sends' });
    expect(lightOf(source('room', false), recording)).toEqual({ tone: 'lost', word: 'unkept' });
    expect(lightOf(source('room', false), { ...recording, elapsedMs: 2000 })).toEqual({
      tone: 'waits',
      word: 'starting',
    });
    expect(lightOf({ ...source('room'), findings: ['no-frames'] }, recording)).toEqual({ tone: 'warn', word: 'still' });
  });

  it('says what is found, and that it is lost before anything else', () => {
    const dark = { ...source('room'), findings: ['black' as const] };
    expect(lightOf(dark, recording)).toEqual({ tone: 'warn', word: 'PICTURE_BLACK' });
    expect(lightOf({ ...dark, state: 'lost' }, recording)).toEqual({ tone: 'lost', word: 'lost' });
  });

  it('says of a disk that lags that the other has it', () => {
    const slow = { path: '/b', ok: true, freeBytes: null, problem: null, slow: true, behindBytes: 1 };
    const late = { ...source('room', false), findings: ['no-bytes' as const] };
    expect(lightOf(late, { ...recording, targets: [slow] })).toEqual({ tone: 'warn', word: 'behind' });
  });
});

describe('alarms', () => {
  const at = (second: number) => `2026-11-21T10:14:${String(second).padStart(2, '0')}.000Z`;
  const alarm = (code: Alarm['code'], place: string, second: number, ended: number | null = null): Alarm => ({
    code,
    params: place === '' ? {} : { place, source: place },
    at: at(second),
    ended: ended === null ? null : at(ended),
  });
  const ordered = (alarms: readonly Alarm[], remainingMs: number | null = null, second = 30) => {
    const { now, earlier } = orderAlarms({ alarms: [...alarms], remainingMs }, Date.parse(at(second)));
    return { now: now.map(({ code }) => code), earlier: earlier.map(({ code }) => code) };
  };

  it('stand with the gravest first, of one kind the newest', () => {
    const alarms = [alarm('SOUND_HUM', 'mic1', 1), alarm('SOURCE_LOST', 'room', 2), alarm('SOURCE_LOST', 'face', 3)];
    const { now } = orderAlarms({ alarms: [...alarms, alarm('TARGET_LOST', '', 4)], remainingMs: null }, 0);
    expect(now.map(({ code, params }) => `${code} ${String(params['place'] ?? '')}`.trim())).toEqual([
      'TARGET_LOST',
      'SOURCE_LOST face',
      'SOURCE_LOST room',
      'SOUND_HUM mic1',
    ]);
  });

  it('that are over go to the earlier ones; that a source is back is said for a minute', () => {
    const alarms = [alarm('SOURCE_LOST', 'room', 1, 5), alarm('SOURCE_BACK', 'room', 5, 5)];
    expect(ordered(alarms)).toEqual({ now: ['SOURCE_BACK'], earlier: ['SOURCE_LOST'] });
    const later = orderAlarms({ alarms, remainingMs: null }, Date.parse(at(5)) + 60_000);
    expect([later.now, later.earlier.map(({ code }) => code)]).toEqual([[], ['SOURCE_LOST']]);
  });

  it('do not say that a source is back which is lost once more', () => {
    const alarms = [
      alarm('SOURCE_LOST', 'room', 1, 5),
      alarm('SOURCE_BACK', 'room', 5, 5),
      alarm('SOURCE_LOST', 'room', 8),
    ];
    expect(ordered(alarms)).toEqual({ now: ['SOURCE_LOST'], earlier: ['SOURCE_LOST'] });
  });

  it('of full disks last as long as there is no room', () => {
    const low = [alarm('DISK_LOW', '', 1, 1)];
    expect(ordered(low, 40 * 60_000).now).toEqual(['DISK_LOW']);
    expect(ordered(low, 90 * 60_000)).toEqual({ now: [], earlier: ['DISK_LOW'] });
    const both = [...low, alarm('DISK_ALMOST_FULL', '', 9, 9)];
    expect(ordered(both, 10 * 60_000)).toEqual({ now: ['DISK_ALMOST_FULL'], earlier: ['DISK_LOW'] });
    expect(ordered(both, 40 * 60_000)).toEqual({ now: ['DISK_LOW'], earlier: ['DISK_ALMOST_FULL'] });
  });
});

describe('the timeline', () => {
  it('knows the break that is on', () => {
    const begins = { at_ms: 1000, type: 'break', label: 'tired', begins: true } as const;
    const ends = { at_ms: 2000, type: 'break', label: 'tired', begins: false } as const;
    expect(breakNow([begins])).toEqual({ sinceMs: 1000, label: 'tired' });
    expect(breakNow([begins, ends])).toBeNull();
  });
});

it('fills a meter from −60 to 0 dBFS', () => {
  expect([-120, -60, -30, 0, 6].map(meterShare)).toEqual([0, 0, 0.5, 1, 1]);
});
