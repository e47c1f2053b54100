import { describe, expect, it } from 'vitest';
import { rosterOf } from '../../../src/main/cases/roster.ts';
import { interviewerView } from '../../../src/main/recording/interviewerView.ts';
import { sameAct } from '../../../src/main/recording/sameAct.ts';
import { buttonEntries, markToEntry, overrunEntry } from '../../../src/main/recording/timeline.ts';
import type { MarkInput, RecordingView } from '../../../src/shared/contract/recording.ts';
import type { TimelineEntry } from '../../../src/shared/evidence/record.ts';

const interview = 'i1';
const people = [
  { code: 'p-1', capacity: 'psychologist', place: 'interview' },
  { code: 'p-2', capacity: 'prosecutor', place: 'observation' },
] as const;

type Pressed = readonly [number, MarkInput, string?];

/** Presses one after the other; gives the timeline that the station would have. */
function pressed(...presses: readonly Pressed[]): TimelineEntry[] {
  const timeline: TimelineEntry[] = [];
  for (const [atMs, input, by = 'a-1'] of presses) {
    const planned = people.find(({ code }) => input.type === 'roster' && code === input.participant);
    if (sameAct(input, atMs, timeline, planned) === null) {
      timeline.push(markToEntry(input, atMs, timeline, [...people], by));
    }
  }
  return timeline;
}
const chapter = (phase: string): MarkInput => ({ type: 'chapter', interview, phase });
const marker = (label = ''): MarkInput => ({ type: 'marker', interview, label });
const note = (label: string): MarkInput => ({ type: 'note', interview, label });
const pause = (begins: boolean): MarkInput => ({ type: 'break', interview, label: 'tired', begins });
const roster = (participant: string, present: boolean, place?: 'interview' | 'observation'): MarkInput => ({
  ...{ type: 'roster', interview, participant, present },
  ...(place === undefined ? {} : { place }),
});
const times = (timeline: TimelineEntry[]) => timeline.map(({ at_ms }) => at_ms);

describe('the same act, done twice', () => {
  it.each([
    [
      'a phase that is on',
      [
        [1, chapter('narrative')],
        [900_000, chapter('narrative')],
      ],
      [1],
    ],
    [
      'a phase that was left',
      [
        [1, chapter('a')],
        [2, chapter('b')],
        [3, chapter('a')],
      ],
      [1, 2, 3],
    ],
    [
      'two markers at once',
      [
        [1000, marker()],
        [1999, marker()],
        [2000, marker()],
      ],
      [1000, 2000],
    ],
    [
      'a marker of other words',
      [
        [1, marker('face')],
        [2, marker('hands')],
        [3, marker('hands')],
      ],
      [1, 2],
    ],
    [
      'the same words',
      [
        [1, note('cries')],
        [9999, note('cries')],
        [10_001, note('cries')],
      ],
      [1, 10_001],
    ],
    [
      'a break that is on',
      [
        [1, pause(true)],
        [60_000, pause(true)],
        [61_000, pause(false)],
        [70_000, pause(false)],
      ],
      [1, 61_000],
    ],
    ['a break that never began', [[1, pause(false)]], [1]],
    [
      'somebody who came',
      [
        [1, roster('p-1', false)],
        [2, roster('p-1', false)],
        [3, roster('p-1', true)],
      ],
      [1, 3],
    ],
    [
      'somebody else',
      [
        [1, roster('p-1', false)],
        [2, roster('p-2', false)],
      ],
      [1, 2],
    ],
  ] satisfies [string, [number, MarkInput][], number[]][])('%s', (_, presses, expected) => {
    expect(times(pressed(...presses))).toEqual(expected);
  });

  it('a screen that presses again is given the entry that stands', () => {
    const before = pressed([1, chapter('narrative'), 'a-1']);
    expect(sameAct(chapter('narrative'), 500, before, undefined)).toMatchObject({ at_ms: 1, by: 'a-1' });
  });

  it('a picture is on the timeline once', () => {
    const picture: MarkInput = {
      ...{
        type: 'picture',
        interview,
        file: 'attachments/drawing.jpg',
        title: 'The house',
        of: 'child',
        said: 'ours',
        agoMs: 2,
      },
    };
    const timeline = pressed([5, picture], [50_000, picture]);
    expect(timeline).toEqual([
      {
        at_ms: 3,
        type: 'note',
        label: 'The house',
        attachment: 'attachments/drawing.jpg',
        of: 'child',
        said: 'ours',
        by: 'a-1',
      },
    ]);
  });
});

describe('who marked it', () => {
  it('stands in every entry', () => {
    const all = pressed(
      [1, chapter('a'), 'a-1'],
      [2, marker(), 'interviewer'],
      [3, pause(true), 'a-2'],
      [4, roster('p-1', false)],
    );
    expect(all.map((entry) => entry['by'])).toEqual(['a-1', 'interviewer', 'a-2', 'a-1']);
    expect(
      overrunEntry(
        9,
        'it ends soon',
        [
          { which: 'run', rules: ['r'] },
          { which: 'day', rules: ['r', 's'] },
        ],
        'p-2',
      ),
    ).toEqual({
      ...{ at_ms: 9, type: 'note', label: 'it ends soon', overrun: ['r', 's'], limits: ['run', 'day'], by: 'p-2' },
    });
  });

  it('what the child presses is no numbered marker', () => {
    const wish: TimelineEntry = { at_ms: 3, type: 'marker', label: 'child', wish: 'break' };
    const before = [...buttonEntries(2), wish];
    expect(markToEntry(marker(), 5, before, [], 'a-1')).toMatchObject({ label: '1', number: 1 });
    expect(sameAct(marker(), 5, before, undefined)).toBeNull();
  });
});

describe('somebody who changes rooms', () => {
  const stays = (...presses: readonly Pressed[]) =>
    rosterOf(
      people.map((one) => ({ ...one, identity_commitment: 'ab'.repeat(32) })),
      pressed(...presses),
    ).map(({ code, place, entered_ms, left_ms }) => [code, place, entered_ms, left_ms]);

  it('stands in the record once for each room', () => {
    expect(stays([500, roster('p-2', true, 'interview')], [900, roster('p-2', true, 'observation')])).toEqual([
      ['p-1', 'interview', 0, null],
      ['p-2', 'observation', 0, 500],
      ['p-2', 'interview', 500, 900],
      ['p-2', 'observation', 900, null],
    ]);
  });

  it('comes back to the room where they were last', () => {
    expect(
      stays([500, roster('p-2', true, 'interview')], [600, roster('p-2', false)], [700, roster('p-2', true)]).slice(1),
    ).toEqual([
      ['p-2', 'observation', 0, 500],
      ['p-2', 'interview', 500, 600],
      ['p-2', 'interview', 700, null],
    ]);
  });

  it('was not there before where the first that is said is that they came', () => {
    expect(stays([500, roster('p-2', true)]).slice(1)).toEqual([['p-2', 'observation', 500, null]]);
  });
});

it("the interviewer's screen is told the break, the markers, and what the child said last", () => {
  const timeline: TimelineEntry[] = [
    ...pressed([1, chapter('rapport')], [2, marker()]),
    { at_ms: 3, type: 'marker', label: 'child', wish: 'draw' },
    { at_ms: 4, type: 'break', label: 'tired', begins: true },
  ];
  const view = { interview: { state: 'recording' }, elapsedMs: 9, timeline, phase: 'rapport', phases: [], guard: null };
  expect(interviewerView(view as unknown as RecordingView)).toEqual({
    ...{ state: 'recording', elapsedMs: 9, guard: null, phase: 'rapport', phases: [], markers: 1 },
    pause: { sinceMs: 4, label: 'tired' },
    wish: { wish: 'draw', atMs: 3 },
  });
});
