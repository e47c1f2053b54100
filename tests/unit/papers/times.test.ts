import { describe, expect, it } from 'vitest';
import { brokenCommand, grouped } from '../../../src/main/papers/pen.ts';
import { clockOf, figure, lengthOf, momentOf } from '../../../src/main/papers/times.ts';
import { digestOf } from '../../support/samplePaper.ts';

describe('a moment', () => {
  it.each([
    ['kk', '2026 жылғы 1 наурыз, 02:30:00'],
    ['ru', '1 марта 2026 г., 02:30:00'],
    ['en', '1 March 2026, 02:30:00'],
  ] as const)('in %s is that of the place, with UTC beside it', (language, local) => {
    const moment = momentOf('2026-02-28T21:30:00.500Z', language, 'Asia/Almaty');
    expect(moment).toMatchObject({ local, offset: '+05:00', utc: '2026-02-28 21:30:00' });
  });

  it('knows midnight, UTC and summer time', () => {
    expect(momentOf('2026-01-01T00:00:00.000Z', 'en', 'UTC')).toMatchObject({
      local: '1 January 2026, 00:00:00',
      offset: '+00:00',
    });
    expect(momentOf('2026-07-01T12:00:00.000Z', 'en', 'America/New_York').offset).toBe('-04:00');
    expect(momentOf('2026-01-01T12:00:00.000Z', 'en', 'Asia/Kolkata').offset).toBe('+05:30');
  });
});

it('figures and lengths', () => {
  expect(figure(1_234_567).replaceAll('\u00a0', '_')).toBe('1_234_567');
  expect(figure(17)).toBe('17');
  expect(clockOf(3_725_400)).toBe('01:02:05');
  expect(lengthOf(2_710_480)).toEqual({ hours: 0, minutes: 45, seconds: 10 });
});

it('a digest in groups is the digest', () => {
  const digest = digestOf('anything');
  const lines = grouped(digest).split('\n');
  expect(lines.map((line) => line.split(' ').map((group) => group.length))).toEqual([
    Array.from({ length: 8 }, () => 4),
    Array.from({ length: 8 }, () => 4),
  ]);
  expect(grouped(digest).replaceAll(/\s/g, '')).toBe(digest);
});

it('a broken command is the command to a shell', () => {
  const command = 'openssl cms -verify -binary -CAfile ROOT.pem -in signatures/record.json.station.p7s -out /dev/null';
  const lines = brokenCommand(command, 40);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join('\n').replaceAll(/ \\\n */g, ' ')).toBe(command);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(42);
  expect(brokenCommand('birret verify X', 40)).toEqual(['birret verify X']);
});
