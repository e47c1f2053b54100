import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readShellOptions, shellFolder } from '../../../src/main/electron/options.ts';

describe("the shell's arguments", () => {
  it("stand among Chromium's own", () => {
    const args = ['--no-sandbox', '--remote-debugging-port=0', '/app', '--station', 'court', '--kiosk'];
    expect(readShellOptions(args, '/srv')).toEqual({ station: resolve('/srv/court'), kiosk: true, practice: false });
    expect(readShellOptions(['--station=/a b'], '/srv')).toEqual({
      station: resolve('/a b'),
      kiosk: false,
      practice: false,
    });
  });

  it('need name no station', () => {
    expect(readShellOptions([], '/srv').station).toMatch(/bir-ret[\\/]station$/);
    expect(readShellOptions(['--practice'], '/srv')).toMatchObject({
      station: expect.stringMatching(/bir-ret[\\/]station-practice$/),
      practice: true,
    });
  });
});

it('gives each station a folder of its own for its windows', () => {
  const one = shellFolder('/data', '/stations/a');
  expect(one).toBe(shellFolder('/data', '/stations/a'));
  expect(one).not.toBe(shellFolder('/data', '/stations/b'));
  expect(one.startsWith(join('/data', 'Bir Ret'))).toBe(true);
});
