import { describe, expect, it } from 'vitest';
import { holders, systemSleepInhibitor } from '../../../src/main/recorder/sleepInhibitor.ts';
import { until } from '../../support/until.ts';

const cat = { command: 'cat', args: [], needed: true };
const ends = { command: 'false', args: [], needed: true };
const absent = { command: '/nowhere/such-program', args: [], needed: true };

describe('the block on sleep', () => {
  it('is asked for sleep and for the lock of the screen on every system', () => {
    expect(holders('linux', 1, '')[0]?.args.join(' ')).toMatch(/--what=sleep:idle/);
    expect(holders('linux', 1, 'ubuntu:GNOME').map(({ command, needed }) => [command, needed])).toEqual([
      ['systemd-inhibit', true],
      ['gnome-session-inhibit', false],
    ]);
    expect(holders('darwin', 77, '')[0]?.args).toEqual(['-d', '-i', '-m', '-s', '-w', '77']);
    expect(holders('win32', 1, '')[0]?.args.at(-1)).toContain('2147483651');
    expect(holders('aix', 1, '')).toEqual([]);
  });

  it('holds while its program runs, and tells when that ends by itself', async () => {
    const inhibitor = systemSleepInhibitor('linux', 50, [cat]);
    let lost = 0;
    expect(await inhibitor.block(() => (lost += 1))).toBe(true);
    inhibitor.release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(lost).toBe(0);
    const short = systemSleepInhibitor('linux', 20, [{ command: 'sleep', args: ['0.3'], needed: true }]);
    if (await short.block(() => (lost += 1))) await until('its end is told', () => lost === 1);
  });

  it('is not had where the program ends at once or is absent, or where no system is known', async () => {
    for (const chosen of [[ends], [absent], []]) {
      const inhibitor = systemSleepInhibitor('linux', 2000, chosen);
      expect(await inhibitor.block(() => undefined)).toBe(false);
      inhibitor.release();
    }
  });

  it('does not depend on what only keeps the screen unlocked', async () => {
    const inhibitor = systemSleepInhibitor('linux', 50, [cat, { ...absent, needed: false }]);
    expect(await inhibitor.block(() => undefined)).toBe(true);
    inhibitor.release();
  });
});
