import { describe, expect, it } from 'vitest';
import {
  chronyOffset,
  isSynchronised,
  ntpqOffset,
  timesyncOffset,
  w32tmOffset,
} from '../../../src/main/platform/clockReports.ts';
import { type RunReport, readReferenceClock } from '../../../src/main/platform/referenceClock.ts';

const CHRONY = `Reference ID    : CB00710F (ntp.example.kz)
Stratum         : 3
Ref time (UTC)  : Sat Nov 21 10:14:00 2026
System time     : 0.002345678 seconds slow of NTP time
Last offset     : -0.000004000 seconds
RMS offset      : 0.000100000 seconds
Frequency       : 14.523 ppm slow
Leap status     : Normal
`;
const TIMESYNC = `       Server: 203.0.113.15 (ntp.example.kz)
Poll interval: 34min 8s (min: 32s; max 34min 8s)
         Leap: normal
      Version: 4
      Stratum: 2
       Offset: -1.231ms
        Delay: 20.111ms
 Packet count: 12
`;
const W32TM = `Leap Indicator: 0(no warning)
Stratum: 4 (secondary reference - syncd by (S)NTP)
Precision: -23 (119.209ns per tick)
Root Delay: 0.0312500s
Root Dispersion: 7.7760000s
ReferenceId: 0xCB00710F (source IP:  203.0.113.15)
Last Successful Sync Time: 11/21/2026 10:14:00 AM
Source: time.windows.com,0x8
Poll Interval: 10 (1024s)

Phase Offset: 0.0123456s
ClockRate: 0.0156250s
State Machine: 2 (Sync)
Time since Last Good Sync Time: 123.4567890s
`;
const W32TM_RU = `Индикатор помех: 0(предупреждений нет)
Страта: 4 (вторичная ссылка - синхронизирована с помощью (S)NTP)
Точность: -23 (119.209ns за такт времени)
Задержка корня: 0,0312500s
Дисперсия корня: 7,7760000s
Идентификатор опорного времени: 0xCB00710F (IP-адрес источника:  203.0.113.15)
Время последней успешной синхронизации: 21.11.2026 10:14:00
Источник: time.windows.com,0x8
Интервал опроса: 10 (1024s)

Смещение фазы: -0,2500000s
`;

describe('what programs say of the clock', () => {
  it('reads chrony, on both sides of the truth', () => {
    expect(chronyOffset(CHRONY)).toBeCloseTo(2.345678, 6);
    expect(chronyOffset(CHRONY.replace('slow of NTP', 'fast of NTP'))).toBeCloseTo(-2.345678, 6);
  });

  it('does not believe a chrony that is not synchronised', () => {
    expect(chronyOffset(CHRONY.replace('Normal', 'Not synchronised'))).toBeNull();
    expect(chronyOffset('506 Cannot talk to daemon')).toBeNull();
  });

  it('reads ntpd, old and new', () => {
    expect(ntpqOffset('leap=00, stratum=3, offset=-0.123\n')).toBe(-0.123);
    expect(ntpqOffset('leap=leap_none, stratum=2,\noffset=+12.5\n')).toBe(12.5);
    expect(ntpqOffset('leap=11, stratum=16, offset=0.000\n')).toBeNull();
    expect(ntpqOffset('leap=leap_alarm, stratum=0, offset=0.000')).toBeNull();
  });

  it('reads systemd-timesyncd in all its units', () => {
    expect(timesyncOffset(TIMESYNC)).toBe(-1.231);
    expect(timesyncOffset(TIMESYNC.replace('-1.231ms', '+1min 2.345s'))).toBe(62_345);
    expect(timesyncOffset(TIMESYNC.replace('-1.231ms', '+821us'))).toBeCloseTo(0.821, 9);
    expect(timesyncOffset(TIMESYNC.replace('Packet count: 12', 'Packet count: 0'))).toBeNull();
    expect(timesyncOffset('Server: n/a')).toBeNull();
  });

  it("reads Windows' own service, whatever its language", () => {
    expect(w32tmOffset(W32TM)).toBeCloseTo(12.3456, 6);
    expect(w32tmOffset(W32TM_RU)).toBe(-250);
    expect(w32tmOffset(W32TM.replace('0(no warning)', '3(not synchronized)'))).toBeNull();
    expect(w32tmOffset('The following error occurred: The service has not been started. (0x80070426)')).toBeNull();
  });

  it('takes the system at its word', () => {
    expect(isSynchronised('NTPSynchronized=yes\n')).toBe(true);
    expect(isSynchronised('NTPSynchronized=no\n')).toBe(false);
  });
});

describe('the clock in the record', () => {
  const clock = { now: () => new Date('2026-11-21T10:14:00.000Z'), monotonicNs: () => 0n };
  const machine =
    (answers: Readonly<Record<string, string>>): RunReport =>
    (program, args) =>
      Promise.resolve(answers[`${program} ${args.at(-1) ?? ''}`] ?? null);

  it('is what was measured, in whole milliseconds', async () => {
    const run = machine({ 'chronyc tracking': CHRONY, 'timedatectl NTPSynchronized': 'NTPSynchronized=yes\n' });
    expect(await readReferenceClock({ clock, platform: 'linux', run })).toEqual({
      source: 'ntp',
      offset_ms: 2,
      checked_at: '2026-11-21T10:14:00.000Z',
    });
  });

  it('is the system’s where nobody says how far it is off', async () => {
    const run = machine({ 'timedatectl NTPSynchronized': 'NTPSynchronized=yes\n' });
    expect(await readReferenceClock({ clock, platform: 'linux', run })).toEqual({
      source: 'system',
      offset_ms: null,
      checked_at: '2026-11-21T10:14:00.000Z',
    });
  });

  it.each(['linux', 'win32', 'darwin'] as const)('is unknown on a machine that cannot tell: %s', async (platform) => {
    const unknown = { source: 'unknown', offset_ms: null, checked_at: null };
    expect(await readReferenceClock({ clock, platform, run: machine({}) })).toEqual(unknown);
  });
});
