import { describe, expect, it } from 'vitest';
import type { LiveSegments } from '../../../src/main/recorder/index.ts';
import { livePlaylist } from '../../../src/main/recording/livePlaylist.ts';
import { LiveWindow } from '../../../src/main/recording/liveWindow.ts';

const START = Date.parse('2026-11-21T10:14:00.000Z');

interface Made {
  readonly part?: string;
  readonly offsetMs?: number;
  readonly from: number;
  readonly to: number;
  readonly init?: boolean;
}

/** What a recorder answers: lines `from` to `to` of a part, a second each; a segment's bytes are its number. */
function answer({ part = 'room', offsetMs = -400, from, to, init = false }: Made): LiveSegments & { bytes: Buffer } {
  const line = (i: number) => ({
    ...{ i, duration_ms: i === 0 ? 0 : 1000, start_ms: Math.max(0, i - 1) * 1000 },
    ...{ length: 2, offset: i * 2, sha256: '0'.repeat(64) },
  });
  const lines = Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => line(from + n));
  return {
    ...{ part, offsetMs, file: `tracks/${part}.mp4`, mediaType: 'video/mp4' },
    init: init ? line(0) : null,
    segments: lines,
    bytes: Buffer.from([...(init ? [100, 100] : []), ...lines.flatMap(({ i }) => [i, i])]),
  };
}

const numbers = (window: LiveWindow) => window.segments.map(({ sn }) => sn);

describe('the live window of a track', () => {
  it('keeps the newest segments with their own bytes, and asks for what comes after', () => {
    const window = new LiveWindow('room');
    expect(window.cursor).toEqual({ part: null, after: -1 });
    window.take(answer({ from: 1, to: 4, init: true }), START);
    expect(window.cursor).toEqual({ part: 'room', after: 4 });
    window.take(answer({ from: 5, to: 10 }), START);
    expect(window.segments.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(window.bytes(1, 7)).toEqual(Buffer.from([7, 7]));
    expect(window.bytes(1, 0)).toEqual(Buffer.from([100, 100]));
    expect(window.bytes(1, 2)).toBeNull();
    expect(window.bytes(2, 7)).toBeNull();
  });

  it('takes nothing twice', () => {
    const window = new LiveWindow('room');
    window.take(answer({ from: 1, to: 4, init: true }), START);
    window.take(answer({ from: 1, to: 5, init: true }), START);
    expect(window.segments.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });

  it('goes on counting over a new part, and says that media time begins anew there', () => {
    const window = new LiveWindow('room');
    window.take(answer({ from: 1, to: 3, init: true }), START);
    window.take(answer({ part: 'room.2', offsetMs: 9_000, from: 1, to: 2, init: true }), START);
    const [first] = numbers(window);
    expect(numbers(window).map((sn) => sn - (first ?? 0))).toEqual([0, 1, 2, 3, 4]);
    expect(window.segments.map(({ run }) => run)).toEqual([1, 1, 1, 2, 2]);
    expect(window.bytes(2, 0)).toEqual(Buffer.from([100, 100]));
    expect(livePlaylist(window.segments).split('\n').slice(-12)).toEqual([
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-21T10:14:01.600Z',
      '#EXTINF:1.000,',
      '1/3.mp4',
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-MAP:URI="2/0.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-21T10:14:09.000Z',
      '#EXTINF:1.000,',
      '2/1.mp4',
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-21T10:14:10.000Z',
      '#EXTINF:1.000,',
      '2/2.mp4',
      '',
    ]);
  });

  it('forgets a part with its last segment, and names how many discontinuities went by', () => {
    const window = new LiveWindow('room');
    window.take(answer({ from: 1, to: 3, init: true }), START);
    window.take(answer({ part: 'room.2', offsetMs: 9_000, from: 1, to: 8, init: true }), START);
    expect(window.bytes(1, 0)).toBeNull();
    const text = livePlaylist(window.segments);
    expect(text).toContain('#EXT-X-DISCONTINUITY-SEQUENCE:2\n');
    expect(text).not.toContain('#EXT-X-DISCONTINUITY\n');
    expect(text.match(/#EXT-X-MAP/g)).toHaveLength(1);
  });

  it('marks a place where segments are missing in between', () => {
    const window = new LiveWindow('room');
    window.take(answer({ from: 1, to: 2, init: true }), START);
    window.take(answer({ from: 6, to: 7 }), START);
    expect(window.segments.map(({ run }) => run)).toEqual([1, 1, 2, 2]);
    expect(livePlaylist(window.segments)).toContain('#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="1/0.mp4"\n');
  });

  it('never counts backwards when a station begins anew', () => {
    const before = new LiveWindow('room');
    for (let last = 1; last <= 40; last++) before.take(answer({ from: last, to: last, init: last === 1 }), START);
    const after = new LiveWindow('room');
    after.take(answer({ from: 36, to: 41, init: true }), START);
    expect(numbers(after)[0] ?? 0).toBeGreaterThanOrEqual(numbers(before)[0] ?? 0);
  });

  it('stays within its bytes', () => {
    const window = new LiveWindow('room');
    const large = 6 * 1024 * 1024;
    for (let i = 1; i <= 5; i++) {
      const one = answer({ from: i, to: i, init: i === 1 });
      const segments = one.segments.map((line) => ({ ...line, length: large }));
      window.take({ ...one, segments, bytes: Buffer.alloc(large + (i === 1 ? 2 : 0)) }, START);
    }
    expect(window.segments.map(({ line }) => line)).toEqual([4, 5]);
  });

  it('takes nothing of another track or without a part', () => {
    const window = new LiveWindow('room');
    window.take(answer({ part: 'roomy', from: 1, to: 2, init: true }), START);
    window.take({ ...answer({ from: 1, to: 0 }), part: null, offsetMs: null }, START);
    expect(window.segments).toEqual([]);
  });
});

describe('the live playlist', () => {
  it('names its longest segment, rounded as players round', () => {
    const segment = { sn: 3, run: 1, part: 1, line: 4, atMs: START, bytes: Buffer.alloc(0) };
    expect(livePlaylist([{ ...segment, durationMs: 1040 }])).toContain('#EXT-X-TARGETDURATION:1\n');
    expect(livePlaylist([{ ...segment, durationMs: 1960 }])).toContain('#EXT-X-TARGETDURATION:2\n');
  });

  it('has no end', () => {
    expect(livePlaylist([])).not.toContain('ENDLIST');
  });
});
