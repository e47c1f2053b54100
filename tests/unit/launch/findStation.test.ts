import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOrStartStation, findStation, StationDidNotStart } from '../../../src/main/launch/findStation.ts';
import { isHealthy, lastWindowClosed, requestCode } from '../../../src/main/launch/station.ts';
import { whyItDidNotStart } from '../../../src/main/launch/whyNot.ts';
import { newStationFolder, type StationFolder, startFakeStation } from '../../support/stationFolder.ts';
import { until } from '../../support/until.ts';

let folder: StationFolder;
beforeEach(async () => {
  folder = await newStationFolder();
});
afterEach(() => folder.end());

const start = { start: startFakeStation };

async function failure(): Promise<StationDidNotStart> {
  try {
    await findOrStartStation(folder.path, start);
  } catch (error) {
    if (error instanceof StationDidNotStart) return error;
    throw error;
  }
  throw new Error('it started');
}

describe('finding or starting a station', () => {
  it('finds none in a new folder', async () => {
    expect(await findStation(folder.path)).toBeNull();
  });

  it('starts one, and attaches to it the next time', async () => {
    const first = await findOrStartStation(folder.path, start);
    const second = await findOrStartStation(folder.path, {
      start: () => {
        throw new Error('it was started twice');
      },
    });
    expect(second.pid).toBe(first.pid);
    expect(second.origin).toBe(`http://127.0.0.1:${first.port}`);
  });

  it('keeps what the station writes in a file that others cannot read', async () => {
    await findOrStartStation(folder.path, start);
    const log = await stat(join(folder.path, 'logs', 'station.log'));
    if (process.platform !== 'win32') expect(log.mode & 0o077).toBe(0);
  });

  it('starts a new one when the one of run.json was killed', async () => {
    const first = await findOrStartStation(folder.path, start);
    process.kill(first.pid, 'SIGKILL');
    await until('the first one is gone', async () => !(await isHealthy(first, 500)));
    const second = await findOrStartStation(folder.path, start);
    expect(second.pid).not.toBe(first.pid);
  });

  it('takes a run.json that makes no sense for none', async () => {
    await writeFile(join(folder.path, 'run.json'), '{"pid":"me"');
    expect(await findStation(folder.path)).toBeNull();
  });

  it('says in words why a station refused to start', async () => {
    await writeFile(join(folder.path, 'refuse'), 'Refusal: STATION_IN_USE {"path":"/there"}');
    expect(whyItDidNotStart(await failure(), 'en')).toContain('The station in /there is already open');
  });

  it('understands a refusal in the log, too', async () => {
    const line = { level: 50, err: { code: 'STATION_FROM_THE_FUTURE', params: { path: '/there' } } };
    await writeFile(join(folder.path, 'refuse'), JSON.stringify(line));
    expect(whyItDidNotStart(await failure(), 'ru')).toContain('/there');
  });

  it('shows the last words of one that ended for a reason without a code', async () => {
    await writeFile(join(folder.path, 'refuse'), 'SyntaxError: something of ours');
    expect(whyItDidNotStart(await failure(), 'en')).toContain('SyntaxError: something of ours');
  });

  it('leaves a folder of other things as it was', async () => {
    await writeFile(join(folder.path, 'refuse'), 'Refusal: STATION_NOT_A_STATION {"path":"x"}');
    await failure();
    expect(await readdir(folder.path)).toEqual(['refuse']);
  });
});

describe('what the shell asks of a station', () => {
  it('is a code, a new one each time', async () => {
    const station = await findOrStartStation(folder.path, start);
    expect(await requestCode(station)).not.toBe(await requestCode(station));
  });

  it('is refused with a wrong secret', async () => {
    const station = await findOrStartStation(folder.path, start);
    await expect(requestCode({ ...station, secret: 'x'.repeat(32) })).rejects.toThrow('403');
  });

  it('is to consider ending when the last window closes, and no harm if it is gone', async () => {
    const station = await findOrStartStation(folder.path, start);
    await lastWindowClosed(station);
    await until('it has ended', async () => !(await isHealthy(station, 500)));
    await lastWindowClosed(station);
    expect(await readFile(join(folder.path, 'asked.txt'), 'utf8')).toContain('POST /shell/closing');
  });
});
