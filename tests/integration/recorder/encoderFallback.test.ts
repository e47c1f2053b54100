import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulatedRoom } from '../../../src/main/rooms/devices/index.ts';
import { recorderRoom } from '../../support/recorderRoom.ts';
import { until } from '../../support/until.ts';

const missing = spawnSync('ffmpeg', ['-version']).error !== undefined;
if (missing) process.stderr.write('skipped: an encoder that fails: ffmpeg is not installed\n');

describe.skipIf(missing)('a hardware encoder that passed its test and is gone when it is needed', () => {
  it('is replaced by x264 for this source, which then records', async () => {
    const sources = simulatedRoom().filter(({ place }) => place === 'room');
    const ffmpeg = { path: 'ffmpeg', version: 'ffmpeg of the test', videoEncoder: 'h264_vaapi:/dev/dri/renderD999' };
    const room = await recorderRoom({ sources, ffmpeg });
    try {
      await room.ready();
      const log = readFileSync(join(room.options.folder, 'ffmpeg-room.log'), 'utf8');
      expect(log).toContain('-c:v libx264');
      await room.client.begin(room.plan);
      await until('two segments are kept', async () => ((await room.client.state()).sources[0]?.bytes ?? 0) > 50_000);
      const result = await room.client.end();
      expect(result.tracks[0]?.track.encoder.command).toContain('-c:v libx264');
    } finally {
      await room.stop();
    }
  });
});
