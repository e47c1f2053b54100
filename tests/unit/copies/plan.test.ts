import { describe, expect, it } from 'vitest';
import { planCopy, type TrackParts, uncovered } from '../../../src/main/copies/copyPlan.ts';
import { editList } from '../../../src/main/copies/editList.ts';
import { millisecondsOf } from '../../../src/main/copies/ffmpegRun.ts';
import { filterGraph } from '../../../src/main/copies/filterGraph.ts';
import type { RecordPart, SegmentLine } from '../../../src/shared/evidence/record.ts';

const digest = 'ab'.repeat(32);

/** Segments of a second from `startMs` of the file; `holes` are left out, by number. */
function lines(seconds: number, startMs = 0, holes: readonly number[] = []): SegmentLine[] {
  const line = (i: number, start_ms: number, duration_ms: number): SegmentLine => {
    return { duration_ms, i, length: 10, offset: i * 10, sha256: digest, start_ms };
  };
  const media = Array.from({ length: seconds }, (_, n) => startMs + n * 1000).filter((_, n) => !holes.includes(n));
  return [line(0, 0, 0), ...media.map((start, n) => line(n + 1, start, 1000))];
}

function track(id: string, kind: 'video' | 'audio' | 'av', parts: readonly [number, SegmentLine[]][]): TrackParts {
  const part = (index: number, offset_ms: number): RecordPart => ({
    file: `tracks/${id}${index === 0 ? '' : `.${index + 1}`}.mp4`,
    bytes: 1,
    sha256: digest,
    lines: 1,
    merkle_root: digest,
    started_at: '2026-11-21T10:14:00.000Z',
    offset_ms,
    duration_ms: 1,
    end: 'stopped',
  });
  return {
    track: { id, kind },
    parts: parts.map(([offset, list], index) => ({ part: part(index, offset), lines: list })),
  };
}

const usual = [
  track('mic1', 'audio', [[-500, lines(10)]]),
  track('face', 'video', [[0, lines(10)]]),
  track('room', 'video', [
    [-4000, lines(5, 4000)],
    [7000, lines(3)],
  ]),
];

describe('the plan of a copy', () => {
  it('shows the room full and the face inset, in whatever order the record has them', () => {
    const plan = planCopy(usual, 10_000);
    expect(plan).toMatchObject({ main: 'room', inset: 'face', sound: ['mic1'], leftOut: [] });
    expect(plan.inputs.map(({ file, picture, sound }) => [file, picture, sound])).toEqual([
      ['tracks/mic1.mp4', null, true],
      ['tracks/face.mp4', 'inset', false],
      ['tracks/room.mp4', 'main', false],
      ['tracks/room.2.mp4', 'main', false],
    ]);
  });

  it('places a part by its first segment, not by its file’s zero', () => {
    const plan = planCopy(usual, 10_000);
    expect(plan.inputs.map(({ atMs }) => atMs)).toEqual([-500, 0, 0, 7000]);
    expect(plan.inputs.map(({ covered }) => covered)).toEqual([
      [[0, 9500]],
      [[0, 10_000]],
      [[0, 5000]],
      [[7000, 10_000]],
    ]);
  });

  it('keeps a hole within a part as a hole', () => {
    const plan = planCopy([track('room', 'video', [[0, lines(6, 0, [2, 3])]])], 6000);
    expect(plan.inputs[0]?.covered).toEqual([
      [0, 2000],
      [4000, 6000],
    ]);
  });

  it('takes the one angle that is there, and leaves a third one out by name', () => {
    expect(planCopy([track('face', 'video', [[0, lines(2)]])], 2000)).toMatchObject({
      main: 'face',
      inset: null,
      sound: [],
    });
    const three = ['screen', 'face', 'room'].map((id) => track(id, 'video', [[0, lines(2)]]));
    expect(planCopy(three, 2000)).toMatchObject({ main: 'room', inset: 'face', leftOut: ['screen'] });
    expect(planCopy([track('mic1', 'audio', [[0, lines(2)]])], 2000)).toMatchObject({ main: null, inset: null });
  });

  it('has no input that lies outside the interview, and none of a part without a segment', () => {
    const empty = track('room', 'video', [
      [0, lines(0)],
      [9000, lines(2)],
    ]);
    expect(planCopy([empty], 5000).inputs).toEqual([]);
  });

  it('finds what nothing covers', () => {
    expect(uncovered([], 3000)).toEqual([[0, 3000]]);
    expect(
      uncovered(
        [
          [2000, 3000],
          [100, 1000],
        ],
        5000,
      ),
    ).toEqual([
      [1000, 2000],
      [3000, 5000],
    ]);
  });
});

describe('the edit list', () => {
  it('says every gap, every place and the label, in whole numbers', () => {
    const edits = editList(planCopy(usual, 10_000), 'A label');
    expect(edits).toContainEqual({ type: 'black', track: 'room', from_ms: 5000, to_ms: 7000 });
    expect(edits).toContainEqual({ type: 'placed', file: 'tracks/room.2.mp4', at_ms: 7000 });
    expect(edits).toContainEqual({ type: 'silent', track: 'mic1', from_ms: 9500, to_ms: 10_000 });
    expect(edits).toContainEqual({ type: 'label', text: 'A label' });
    for (const value of edits.flatMap((edit) => Object.values(edit))) {
      if (typeof value === 'number') expect(Number.isInteger(value)).toBe(true);
    }
  });

  it('says that there is no picture at all', () => {
    const edits = editList(planCopy([track('mic1', 'audio', [[0, lines(2)]])], 2000), 'x');
    expect(edits).toContainEqual({ type: 'black', track: null, from_ms: 0, to_ms: 2000 });
  });
});

describe('the filter graph', () => {
  it('uses each input by its number, and each name once', () => {
    const plan = planCopy(usual, 10_000);
    const graph = filterGraph(plan, 'A label', null);
    expect([...graph.matchAll(/\[(\d+):([va])\]/g)].map(([, n, of]) => `${n}${of}`).sort()).toEqual([
      '0a',
      '1v',
      '2v',
      '3v',
    ]);
    const names = [...graph.matchAll(/\[([a-z]+\d*)\](?:;|$)/gm)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(graph).toContain("enable='gte(t,0.000)*lt(t,5.000)'");
    expect(graph).toContain('atrim=start=0.500');
    expect(graph).toContain('amix=inputs=2:duration=first');
  });

  it('lets no text out of its quotes', () => {
    const graph = filterGraph(planCopy(usual, 10_000), "it's: a [label]; x", 'C:\\Fonts\\a.ttf');
    expect(graph).toContain("text='it’s\\: a [label]; x'");
    expect(graph).toContain("fontfile='C\\:/Fonts/a.ttf'");
  });

  it('is silence and black where there is nothing else', () => {
    const graph = filterGraph(planCopy([track('mic1', 'audio', [[0, lines(2)]])], 2000), 'x', null);
    expect(graph).not.toContain('overlay');
    expect(graph).toContain('[picture]');
  });
});

it('reads ffmpeg’s clock', () => {
  expect(millisecondsOf('01:02:03.45')).toBe(3_723_450);
  expect(millisecondsOf('N/A')).toBe(0);
  expect(millisecondsOf('-00:00:00.89')).toBe(0);
  expect(millisecondsOf(undefined)).toBe(0);
});
