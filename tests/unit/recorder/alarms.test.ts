import { describe, expect, it } from 'vitest';
import { Alarms } from '../../../src/main/recorder/alarms.ts';
import { FindingAlarms, type Watched } from '../../../src/main/recorder/findingAlarms.ts';
import type { Alarm, Finding } from '../../../src/shared/domain/liveState.ts';

const SECOND = 1_000_000_000n;

function desk() {
  let seconds = 0;
  const told: Alarm[] = [];
  const noted: string[] = [];
  const clock = {
    now: () => new Date(Date.UTC(2026, 10, 21, 10, 0, seconds)),
    monotonicNs: () => BigInt(seconds) * SECOND,
  };
  const alarms = new Alarms(clock, (alarm) => told.push(alarm));
  const findings = new FindingAlarms(alarms, (what, code, track) => noted.push(`${what} ${code} ${track}`));
  return {
    told,
    noted,
    alarms,
    findings,
    at: (s: number) => {
      seconds = s;
    },
    now: () => clock.monotonicNs(),
  };
}

const watched = (findings: readonly Finding[], running = true): Watched => ({
  id: 'room',
  running,
  findings,
  params: { place: 'room' },
});

describe('alarms', () => {
  it('have a beginning and an end, and are told once each', () => {
    const { alarms, told, at } = desk();
    expect(alarms.begin('x', 'PICTURE_BLACK', {})).toBe(true);
    at(5);
    expect(alarms.begin('x', 'PICTURE_BLACK', {})).toBe(false);
    at(9);
    expect(alarms.end('x')).toMatchObject({ at: '2026-11-21T10:00:00.000Z', ended: '2026-11-21T10:00:09.000Z' });
    expect(alarms.end('x')).toBeNull();
    expect(told).toHaveLength(2);
    expect(alarms.list).toHaveLength(1);
  });

  it('that merely happened are over at once', () => {
    const { alarms } = desk();
    alarms.raise('CLOCK_JUMPED', { jumpMs: 5000 });
    expect(alarms.list[0]?.ended).toBe(alarms.list[0]?.at);
    expect(alarms.forgetEnded()).toEqual([]);
  });

  it('are bounded, and what is still wrong is not forgotten for what is over', () => {
    const { alarms } = desk();
    alarms.begin('lost', 'SOURCE_LOST', { place: 'face' });
    for (let i = 0; i < 200; i++) alarms.raise('SOURCE_BACK', { i });
    expect(alarms.list).toHaveLength(50);
    expect(alarms.list[0]?.code).toBe('SOURCE_LOST');
    expect(alarms.isOn('lost')).toBe(true);
  });
});

describe('what is found on a source', () => {
  it('becomes an alarm that ends with it, and both are noted', () => {
    const { findings, alarms, noted, now } = desk();
    findings.look([watched(['black'])], now());
    findings.look([watched(['black'])], now());
    expect(alarms.list.map(({ code, ended }) => [code, ended])).toEqual([['PICTURE_BLACK', null]]);
    findings.look([watched([])], now());
    expect(noted).toEqual(['began PICTURE_BLACK room', 'ended PICTURE_BLACK room']);
    expect(alarms.list[0]?.ended).not.toBeNull();
  });

  it('is told of growth only after two more seconds, and never of a source that is lost', () => {
    const { findings, alarms, at, now } = desk();
    findings.look([watched(['no-bytes'])], now());
    at(1);
    findings.look([watched(['no-bytes'])], now());
    expect(alarms.list).toEqual([]);
    at(2);
    findings.look([watched(['no-bytes'])], now());
    expect(alarms.list.map(({ code }) => code)).toEqual(['NOT_GROWING']);
    findings.look([watched(['no-bytes'], false)], now());
    expect(alarms.list[0]?.ended).not.toBeNull();
    at(60);
    findings.look([watched(['no-bytes'], false)], now());
    expect(alarms.list).toHaveLength(1);
  });

  it('belongs to a recording that begins while it lasts', () => {
    const { findings, noted, now } = desk();
    findings.look([watched(['silent'])], now());
    findings.noteAgain([watched(['silent', 'hum'])]);
    expect(noted).toEqual(['began SOUND_SILENT room', 'began SOUND_SILENT room']);
  });
});
