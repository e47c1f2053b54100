import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverDevices } from '../../../src/main/rooms/devices/discover.ts';
import { simulatedDevices } from '../../../src/main/rooms/devices/simulatedDevices.ts';
import { chooseV4l2Format } from '../../../src/main/rooms/devices/v4l2Format.ts';
import { readVideoNodes } from '../../../src/main/rooms/devices/videoNodes.ts';
import type { Listing, RunListing } from '../../../src/main/rooms/ffmpeg/runListing.ts';

const listing = (name: string): string =>
  readFileSync(new URL(`../../fixtures/listings/${name}.txt`, import.meta.url), 'utf8');
const absent: Listing = { stdout: '', stderr: '', code: null, missing: true };

/** A machine on which a program's command line that holds `key` gives the recorded listing; all others are absent. */
function machine(answers: Readonly<Record<string, Partial<Listing>>>): RunListing {
  return async (program, args) => {
    const line = [program, ...args].join(' ');
    const answer = Object.entries(answers).find(([key]) => line.includes(key))?.[1];
    return answer === undefined ? absent : { stdout: '', stderr: '', code: 0, missing: false, ...answer };
  };
}
const noNodes = async (): Promise<[]> => [];

describe('discoverDevices', () => {
  it('looks on Linux for a sound server first, and for cards without one', async () => {
    const withServer = await discoverDevices({
      ffmpeg: 'ffmpeg',
      platform: 'linux',
      videoNodes: noNodes,
      run: machine({
        '-sources pulse': { stdout: listing('linux-pulse-sources') },
        '-sources v4l2': { stdout: listing('linux-v4l2-sources') },
        'arecord -l': { stdout: listing('linux-arecord') },
      }),
    });
    expect(withServer.devices.map(({ backend }) => backend).join(' ')).toBe(
      'v4l2 v4l2 pulse pulse pulse simulated simulated simulated simulated simulated',
    );
    expect(withServer.unavailable).toEqual([]);

    const without = await discoverDevices({
      ffmpeg: 'ffmpeg',
      platform: 'linux',
      videoNodes: noNodes,
      run: machine({
        '-sources pulse': { stdout: listing('linux-pulse-refused') },
        arecord: { stdout: listing('linux-arecord') },
      }),
    });
    expect(without.devices.filter(({ simulated }) => !simulated).map(({ backend }) => backend)).toEqual([
      'alsa',
      'alsa',
    ]);
    expect(without.unavailable).toEqual([
      { backend: 'v4l2', reason: 'no camera' },
      { backend: 'pulse', reason: 'Cannot list sources: Generic error in an external library' },
    ]);
  });

  it('lists Windows and macOS from what ffmpeg writes on standard error', async () => {
    const windows = await discoverDevices({
      ffmpeg: 'ffmpeg.exe',
      platform: 'win32',
      run: machine({ 'dshow -i dummy': { stderr: listing('windows-dshow-new'), code: 1 } }),
    });
    expect(windows.devices.filter(({ backend }) => backend === 'dshow').length).toBe(5);
    const mac = await discoverDevices({
      ffmpeg: 'ffmpeg',
      platform: 'darwin',
      run: machine({ avfoundation: { stderr: listing('macos-avfoundation'), code: 1 } }),
    });
    expect(mac.devices.filter(({ backend }) => backend === 'avfoundation').length).toBe(7);
  });

  it('offers the simulated devices on a machine with nothing, and says what was not found', async () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const { devices, unavailable } = await discoverDevices({
        ffmpeg: 'x',
        platform,
        run: machine({}),
        videoNodes: noNodes,
      });
      expect(devices.every(({ simulated }) => simulated)).toBe(true);
      expect(devices.length).toBe(simulatedDevices.length);
      expect(unavailable.length).toBeGreaterThan(0);
      expect(unavailable.every(({ reason }) => reason.length > 0)).toBe(true);
    }
  });
});

describe('the kernel’s video nodes', () => {
  it('are read with their names and lasting links', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nodes-'));
    try {
      for (const [node, name, index] of [
        ['video10', 'Камера', 0],
        ['video2', 'Камера', 1],
      ]) {
        await mkdir(join(folder, 'sys', String(node)), { recursive: true });
        await writeFile(join(folder, 'sys', String(node), 'name'), `${name}\n`);
        await writeFile(join(folder, 'sys', String(node), 'index'), `${index}\n`);
      }
      await mkdir(join(folder, 'v4l', 'by-id'), { recursive: true });
      await writeFile(join(folder, 'video10'), '');
      await symlink('../../video10', join(folder, 'v4l', 'by-id', 'usb-one'));
      await symlink('../../gone', join(folder, 'v4l', 'by-id', 'usb-gone'));
      expect(await readVideoNodes(join(folder, 'sys'), join(folder, 'v4l'))).toEqual([
        { node: 'video2', name: 'Камера', index: 1, byId: null, byPath: null },
        { node: 'video10', name: 'Камера', index: 0, byId: join(folder, 'v4l', 'by-id', 'usb-one'), byPath: null },
      ]);
      expect(await readVideoNodes(join(folder, 'none'), folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a USB camera’s format', () => {
  it('is compressed where the camera offers that in the size wanted', () => {
    const formats = listing('linux-v4l2-formats');
    expect(chooseV4l2Format(formats, '1280x720')).toBe('mjpeg');
    expect(chooseV4l2Format(formats, '800x600')).toBeNull();
    expect(chooseV4l2Format(formats.replace(/^.*mjpeg.*$/m, ''), '1280x720')).toBeNull();
    const free = '[v4l2 @ 0x1] Compressed:  mjpeg :  Motion-JPEG : {32-1920, 2}x{32-1080, 2}';
    expect(chooseV4l2Format(free, '1280x720')).toBe('mjpeg');
    expect(chooseV4l2Format('', '1280x720')).toBeNull();
  });
});
