import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultStationFolder } from '../../../src/main/launch/defaultFolder.ts';
import { readLaunchOptions } from '../../../src/main/launch/options.ts';

describe('the options of npm start', () => {
  it('name a station relative to where the person stands', () => {
    const options = readLaunchOptions(['--station', 'court', '--kiosk', '--browser', '/usr/bin/chromium'], '/srv');
    expect(options).toEqual({
      station: resolve('/srv/court'),
      kiosk: true,
      practice: false,
      electron: null,
      browser: '/usr/bin/chromium',
    });
  });

  it('refuse what they do not know', () => {
    expect(readLaunchOptions(['--station', 'court', '--practice'], '/srv')).toMatchObject({
      station: resolve('/srv/court-practice'),
      practice: true,
    });
    expect(() => readLaunchOptions(['--sation', 'x'])).toThrow(TypeError);
    expect(() => readLaunchOptions(['x'])).toThrow(TypeError);
  });
});

describe('the folder of a station that nobody named', () => {
  it("is the system's place for a person's data", () => {
    const home = join('/', 'people', 'a');
    expect(defaultStationFolder('linux', {}, home)).toBe(join(home, '.local', 'share', 'bir-ret', 'station'));
    expect(defaultStationFolder('linux', { XDG_DATA_HOME: '/data' }, home)).toBe(join('/data', 'bir-ret', 'station'));
    expect(defaultStationFolder('darwin', {}, home)).toBe(
      join(home, 'Library', 'Application Support', 'bir-ret', 'station'),
    );
    expect(defaultStationFolder('win32', { LOCALAPPDATA: 'L' }, home)).toBe(join('L', 'bir-ret', 'station'));
  });
});
