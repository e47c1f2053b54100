import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { discoverDevices, inputArguments } from '../../../src/main/rooms/devices/index.ts';
import { runListing } from '../../../src/main/rooms/ffmpeg/index.ts';
import { type PulseServer, pulseSkipReason, startPulse } from '../../support/pulse.ts';
import { type Speaker, speechSkipReason, startSpeaking } from '../../support/speech.ts';

const reason = pulseSkipReason() ?? speechSkipReason();
if (reason !== null) process.stderr.write(`skipped: a real microphone: ${reason}\n`);

describe.skipIf(reason !== null)('a PulseAudio microphone into which a voice speaks', () => {
  let pulse: PulseServer;
  let speaker: Speaker;
  beforeAll(async () => {
    pulse = await startPulse();
    await pulse.addSink('quiet');
    speaker = await startSpeaking(pulse, { text: 'Сәлем. Здравствуйте. Hello.', voice: 'kk' });
  });
  afterAll(async () => {
    await speaker?.stop();
    await pulse?.stop();
  });

  /** Records `seconds` of a source and gives its mean level in dBFS and ffmpeg's `start`. */
  function listen(address: string, seconds: number): { mean: number; start: number } {
    const device = { kind: 'microphone', backend: 'pulse', address, label: address, simulated: false } as const;
    const args = [
      ...inputArguments(device, { font: null }),
      '-t',
      String(seconds),
      '-af',
      'volumedetect',
      '-f',
      'null',
      '-',
    ];
    const { stderr } = spawnSync('ffmpeg', ['-hide_banner', ...args], {
      env: { ...process.env, ...pulse.env },
      encoding: 'utf8',
    });
    return {
      mean: Number(/mean_volume: (-?[\d.]+|-inf) dB/.exec(stderr)?.[1]?.replace('-inf', '-999')),
      start: Number(/start: ([\d.]+)/.exec(stderr)?.[1]),
    };
  }

  it('is found, marked as a monitor', async () => {
    for (const [name, value] of Object.entries(pulse.env)) vi.stubEnv(name, value);
    try {
      const { devices } = await discoverDevices({ ffmpeg: 'ffmpeg', platform: 'linux', run: runListing });
      const found = devices.filter(({ backend }) => backend === 'pulse');
      expect(found.map(({ address, monitor }) => [address, monitor])).toEqual([
        ['room.monitor', true],
        ['quiet.monitor', true],
      ]);
      expect(devices.filter(({ simulated }) => simulated).length).toBe(5);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('hears the voice, with the wall clock on it, and silence where nobody speaks', () => {
    const before = Date.now() / 1000;
    const { mean, start } = listen(pulse.source, 3);
    expect(mean).toBeGreaterThan(-40);
    expect(start).toBeGreaterThan(before - 2);
    expect(start).toBeLessThan(Date.now() / 1000 - 2);
    expect(listen('quiet.monitor', 1).mean).toBeLessThan(-80);
  });
});
