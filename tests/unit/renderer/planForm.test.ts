import { describe, expect, it } from 'vitest';
import {
  instantOf,
  type PlanForm,
  planFaults,
  planInput,
  suggestedStart,
} from '../../../src/renderer/plan/planForm.ts';
import { type SeatAsked, seatKey, suggestedCapacities, uncovered } from '../../../src/renderer/plan/seats.ts';

const zone = 'Asia/Almaty';
const person = { key: 0, capacity: 'psychologist', place: 'interview', name: ' P ', code: null } as const;
const form: PlanForm = {
  childId: 'k1',
  kind: 'deposition',
  language: 'kk',
  room: 'r1',
  date: '2026-11-21',
  time: '10:00',
  minutes: 60,
  people: [person],
  touched: true,
  absent: {},
  reason: '',
  authority: '',
  otherLead: '',
};
const seats: readonly SeatAsked[] = [
  { rule: 'kind', anyOf: ['investigator'], need: 'required' },
  { rule: 'kind', anyOf: ['interviewer', 'psychologist'], need: 'advised' },
  { rule: 'young', anyOf: ['teacher', 'psychologist'], need: 'required' },
  { rule: 'representative', anyOf: ['legal-representative'], need: 'advised' },
];
const asking = { further: false, zone, asked: [] };

describe('the plan', () => {
  it('asks for reason and authority only where there was an earlier interview', () => {
    const again = { ...asking, further: true };
    expect(planFaults(form, asking)).toEqual({});
    expect(planFaults(form, again)).toEqual({ reason: 'reason', authority: 'missing' });
    expect(planInput('c1', form, again)).toBeNull();
    const whole = { ...form, reason: 'A new circumstance came up', authority: 'Ruling 12' };
    expect(planFaults(whole, again)).toEqual({});
    expect(planInput('c1', whole, again)?.further).toEqual({
      reason: 'A new circumstance came up',
      authority: 'Ruling 12',
    });
    expect(planFaults({ ...whole, otherLead: 'short' }, again)).toEqual({ otherLead: 'reason' });
    const otherLead = 'She is ill until December';
    expect(planInput('c1', { ...whole, otherLead }, again)?.further?.otherLead).toBe(otherLead);
  });

  it('sends names trimmed, no reason that was not asked for, and the instant of the zone’s wall', () => {
    const input = planInput('c1', { ...form, reason: 'typed, then not needed' }, asking);
    expect(input?.further).toBeNull();
    expect(input?.participants).toEqual([{ capacity: 'psychologist', place: 'interview', name: 'P' }]);
    expect(input?.plannedAt).toBe('2026-11-21T05:00:00.000Z');
  });

  it('names fields that are wrong', () => {
    expect(planFaults({ ...form, minutes: Number.NaN, time: '', room: '' }, asking)).toEqual({
      minutes: 'minutes',
      time: 'time',
      room: 'missing',
    });
    const nameless = { ...person, key: 7, name: ' ' };
    expect(planFaults({ ...form, people: [nameless] }, asking)).toEqual({ 'person 7': 'missing' });
    expect(planFaults({ ...form, people: [{ ...nameless, code: 'p-aaaa' }] }, asking)).toEqual({});
  });

  it('suggests the next half hour that leaves a quarter of an hour, on the zone’s wall', () => {
    const start = (text: string) => suggestedStart(new Date(text), zone);
    expect(start('2026-11-21T04:14:00Z')).toEqual({ date: '2026-11-21', time: '09:30' });
    expect(start('2026-11-21T04:16:00Z')).toEqual({ date: '2026-11-21', time: '10:00' });
    expect(start('2026-11-21T18:50:00Z')).toEqual({ date: '2026-11-22', time: '00:30' });
  });

  it('knows no time that does not exist', () => {
    expect(instantOf('2026-13-01', '10:00', zone)).toBeNull();
    expect(instantOf('2026-11-21', '25:00', zone)).toBeNull();
    expect(instantOf('21.11.2026', '10:00', zone)).toBeNull();
  });
});

describe('the people', () => {
  it('that a rule requires are there, or a reason stands', () => {
    const alone = { ...form, people: [] };
    const asked = { ...asking, asked: seats };
    const key = seatKey({ rule: 'young', anyOf: ['teacher', 'psychologist'] });
    expect(planFaults(form, asked)).toEqual({});
    expect(planFaults(alone, asked)).toEqual({ [`seat ${key}`]: 'reason' });
    const absent = { [key]: 'Nobody can come before Monday' };
    expect(planFaults({ ...alone, absent }, asked)).toEqual({});
    expect(planInput('c1', { ...alone, absent }, asked)?.missing).toEqual([
      { rule: 'young', anyOf: ['teacher', 'psychologist'], reason: absent[key] },
    ]);
    expect(planInput('c1', { ...form, absent }, asked)?.missing).toEqual([]);
  });

  it('are suggested so that one takes two seats where it can', () => {
    expect(suggestedCapacities(seats)).toEqual(['psychologist']);
    expect(uncovered(seats, [person]).map(({ rule }) => rule)).toEqual(['representative']);
    expect(suggestedCapacities([])).toEqual([]);
  });
});
