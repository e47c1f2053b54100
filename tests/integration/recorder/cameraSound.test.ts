import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SourceConfig } from '../../../src/shared/domain/devices.ts';
import { findBeeps } from '../../support/findMoments.ts';
import { decrypted, recorderRoom, stem } from '../../support/recorderRoom.ts';
import { rtspServerSkipReason } from '../../support/rtspServer.ts';
import { startSoundCamera } from '../../support/soundCamera.ts';
import { until } from '../../support/until.ts';

const reason = rtspServerSkipReason();
if (reason !== null) process.stderr.write(`skipped: the sound of a network camera: ${reason}\n`);

describe.skipIf(reason !== null)('the sound of a network camera', () => {
  it('stands where it truly was', async () => {
    const camera = await startSoundCamera(3);
    const source: SourceConfig = {
      ...{ id: 'mic1', place: 'mic1', kind: 'audio' },
      device: { kind: 'microphone', backend: 'rtsp', address: camera.address, label: 'Its sound', simulated: false },
    };
    const room = await recorderRoom({ sources: [source] });
    try {
      await room.ready();
      await room.client.begin(room.plan);
      await until('ten seconds', async () => (await room.client.state()).elapsedMs > 10_000);
      const result = await room.client.end();
      const [part, ...more] = result.tracks[0]?.track.parts ?? [];
      if (part === undefined) throw new Error('no part');
      expect(more).toEqual([]);
      const plain = join(room.folder, 'sound.mp4');
      writeFileSync(plain, decrypted(room, `${stem(room.targets[0], part)}.mp4.age`), { mode: 0o600 });
      const { moments } = await findBeeps(createReadStream(plain));
      expect(moments.length).toBeGreaterThan(1);
      const truth = camera.beeps.map((ns) => Number(ns - BigInt(result.startedMonotonicNs)) / 1e6);
      const off = moments.map((moment) => {
        const placed = part.offset_ms + moment * 1000;
        return truth.reduce((best, one) => (Math.abs(placed - one) < Math.abs(best) ? placed - one : best), Infinity);
      });
      process.stderr.write(`beeps of a camera are off by ${off.map((ms) => ms.toFixed(1)).join(', ')} ms\n`);
      // Half of a beep's distance is what chance would give; how near it is on a quiet machine is printed.
      expect(Math.max(...off.map(Math.abs))).toBeLessThan(400);
    } finally {
      await room.stop();
      await camera.stop();
    }
  });
});
