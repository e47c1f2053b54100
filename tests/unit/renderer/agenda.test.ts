import { describe, expect, it } from 'vitest';
import { agendaOf, dayPart } from '../../../src/renderer/home/agenda.ts';
import type { Interview } from '../../../src/shared/contract/cases.ts';

function interview(id: string, state: Interview['state'], plannedAt: string): Interview {
  return {
    id,
    exhibit: 'aktau2-2026-000001',
    caseId: 'c1',
    caseNumber: '1',
    child: { id: 'k1', code: 'K-7F3A', status: 'victim', ageYears: 9 },
    kind: 'deposition',
    language: 'kk',
    room: { id: 'r1', name: 'Room 1' },
    officer: { id: 'a1', name: 'Officer' },
    plannedAt,
    plannedMinutes: 60,
    state,
    participants: [],
    startedAt: null,
    endedAt: null,
    continues: null,
    goesOnIn: null,
  };
}

describe('what is next', () => {
  it('is the earliest planned one', () => {
    const agenda = agendaOf([
      interview('late', 'planned', '2026-11-21T14:30:00.000Z'),
      interview('soon', 'planned', '2026-11-21T10:00:00.000Z'),
      interview('done', 'sealed', '2026-11-21T08:00:00.000Z'),
    ]);
    expect(agenda.next?.id).toBe('soon');
    expect(agenda.later.map(({ id }) => id)).toEqual(['late']);
  });

  it('is a running recording before everything, then what waits for its seal', () => {
    const planned = interview('planned', 'planned', '2026-11-21T07:00:00.000Z');
    const ended = interview('ended', 'ended', '2026-11-21T09:00:00.000Z');
    const running = interview('running', 'recording', '2026-11-21T11:00:00.000Z');
    expect(agendaOf([planned, ended, running]).next?.id).toBe('running');
    expect(agendaOf([planned, ended]).next?.id).toBe('ended');
  });

  it('is nothing where all is done', () => {
    expect(agendaOf([interview('a', 'cancelled', '2026-11-21T07:00:00.000Z')])).toEqual({ next: null, later: [] });
  });
});

describe('the greeting', () => {
  it('follows the hour', () => {
    expect([4, 5, 11, 12, 17, 18, 23].map(dayPart)).toEqual([
      'evening',
      'morning',
      'morning',
      'day',
      'day',
      'evening',
      'evening',
    ]);
  });
});
