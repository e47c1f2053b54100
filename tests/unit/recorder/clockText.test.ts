import { describe, expect, it } from 'vitest';
import { sourceArguments } from '../../../src/main/recorder/ffmpeg/arguments.ts';
import { clockOf, clockText } from '../../../src/main/recorder/ffmpeg/clockText.ts';
import { plainRoom, type SourceConfig } from '../../../src/shared/domain/devices.ts';

const nowMs = Date.parse('2026-11-21T18:59:30.000Z');
const source = (place: 'room' | 'face'): SourceConfig => ({
  id: place,
  place,
  kind: 'video',
  device: { kind: 'camera', backend: 'rtsp', address: 'rtsp://10.0.0.7/s', label: 'Camera', simulated: false },
});

describe('the clock in the picture', () => {
  it('is written in the font that the system has, its path escaped', () => {
    const text = clockText({ font: '/usr/share/fonts/Mono.ttf', nowMs, offsetMinutes: 300, platform: 'linux' });
    expect(text).toContain('fontfile=/usr/share/fonts/Mono.ttf:');
    expect(text).toContain('UTC%z');
    const windows = clockText({ font: 'C:/Windows/Fonts/consola.ttf', nowMs, offsetMinutes: -210, platform: 'win32' });
    expect(windows).toContain('fontfile=C\\\\:/Windows');
    expect(windows).toContain('UTC-0330');
  });

  it('is drawn in boxes where there is no font; the date turns at the local midnight', () => {
    const boxes = clockText({ font: null, nowMs, offsetMinutes: 300 });
    expect(boxes).not.toContain('drawtext');
    // 23:59:30 in the west of Kazakhstan: the day ends half a minute later, 19:00 UTC.
    expect(boxes).toContain(`if(lt(time(0),${Date.parse('2026-11-21T19:00:00Z') / 1000}),1,2)`);
    expect(boxes).toContain('mod(floor(time(0))+18000,86400)');
  });

  it('stands on the room view alone, and only where the room wants it', () => {
    const ffmpeg = {};
    const settings = { ...plainRoom, burnedClock: true };
    expect(clockOf(source('room'), { settings: plainRoom, ffmpeg }, new Date(nowMs))).toBe(null);
    expect(clockOf(source('face'), { settings, ffmpeg }, new Date(nowMs))).toBe(null);
    expect(clockOf(source('room'), { settings, ffmpeg }, new Date(nowMs))).toMatch(/^draw(text|box)=/);
    expect(clockOf(source('room'), { settings, ffmpeg: { drawsText: false } }, new Date(nowMs))).toMatch(/^drawbox=/);
  });

  it('is drawn on what is encoded, not on the preview, and never makes a copied stream something else', () => {
    const encoded = sourceArguments(source('room'), ['-i', 'x'], 'libx264', false, 'DRAWN');
    expect(encoded.filter((arg) => arg.includes('DRAWN'))).toHaveLength(1);
    expect(encoded.indexOf('libx264')).toBeGreaterThan(0);
    expect(encoded.findIndex((arg) => arg.includes('DRAWN'))).toBeLessThan(encoded.indexOf('pipe:1'));
    const copied = sourceArguments(source('room'), ['-i', 'x'], 'libx264', true, 'DRAWN');
    expect(copied.join(' ')).not.toContain('DRAWN');
  });
});
