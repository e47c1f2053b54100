import { describe, expect, it } from 'vitest';
import { firstFree } from '../../../src/renderer/plan/firstFree.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');
const slot = (room: string, from: string, until: string, state: 'planned' | 'cancelled' = 'planned') => ({
  ...{ room, state, interview: null },
  ...{ from: `2026-11-22T${from}:00Z`, until: `2026-11-22T${until}:00Z` },
});
const wanted = { room: 'a', from: noon, minutes: 60 };

describe('the time that a plan begins with', () => {
  it('is the first half hour from which the room is free for long enough', () => {
    expect(firstFree([], wanted)).toBe(noon);
    expect(firstFree([slot('a', '11:48', '12:18')], wanted)).toBe(noon + 30 * 60_000);
    expect(firstFree([slot('a', '12:30', '13:00')], wanted)).toBe(noon + 60 * 60_000);
    expect(firstFree([slot('a', '11:00', '12:00'), slot('a', '13:00', '14:00')], wanted)).toBe(noon);
  });

  it('is not moved by another room, nor by what was called off', () => {
    expect(firstFree([slot('b', '11:48', '12:18'), slot('a', '11:48', '12:18', 'cancelled')], wanted)).toBe(noon);
  });

  it('stays where the whole day is taken', () => {
    const whole = { ...slot('a', '11:00', '12:00'), until: '2026-11-24T12:00:00Z' };
    expect(firstFree([whole], wanted)).toBe(noon);
  });
});
