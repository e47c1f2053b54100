import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingResult } from '../../../src/main/recorder/index.ts';
import { FragmentReader } from '../../../src/main/recorder/media/fragmentReader.ts';
import type { SourceConfig } from '../../../src/shared/domain/devices.ts';
import type { RecorderState } from '../../../src/shared/domain/liveState.ts';
import { type PulseServer, pulseSkipReason, startPulse } from '../../support/pulse.ts';
import { decoded, decrypted, type RecorderRoom, recorderRoom, stem } from '../../support/recorderRoom.ts';
import { type RtspServer, rtspServerSkipReason, startRtspServer } from '../../support/rtspServer.ts';
import { type Speaker, speechSkipReason, startSpeaking } from '../../support/speech.ts';
import { until } from '../../support/until.ts';

const reason = rtspServerSkipReason() ?? pulseSkipReason() ?? speechSkipReason();
const PASSWORD = 'st@nds-nowhere';

/** A network camera that asks for a password, and a microphone into which a voice speaks. */
describe.skipIf(reason !== null)(
  `a recording from real inputs${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    let pulse: PulseServer;
    let camera: RtspServer;
    let speech: Speaker;
    let room: RecorderRoom;
    let result: RecordingResult;
    let loudest = -120;
    /** What the recorder last said before the end. */
    let last: RecorderState;

    beforeAll(async () => {
      pulse = await startPulse();
      Object.assign(process.env, pulse.env);
      speech = await startSpeaking(pulse);
      camera = await startRtspServer({ login: { user: 'admin', password: PASSWORD } });
      const sources: SourceConfig[] = [
        {
          ...{ id: 'room', place: 'room', kind: 'video' },
          device: {
            kind: 'camera',
            backend: 'rtsp',
            address: camera.address,
            label: 'Network camera',
            simulated: false,
          },
        },
        {
          ...{ id: 'mic1', place: 'mic1', kind: 'audio' },
          device: {
            kind: 'microphone',
            backend: 'pulse',
            address: pulse.source,
            label: 'Microphone',
            simulated: false,
          },
        },
      ];
      room = await recorderRoom({ sources, secrets: { [camera.address]: { user: 'admin', password: PASSWORD } } });
      room.client.onEvent((event) => {
        if (event.event === 'levels') loudest = Math.max(loudest, event.levels['mic1']?.rms ?? -120);
      });
      await room.ready();
      await room.client.begin(room.plan);
      await until('six seconds', async () => (await room.client.state()).elapsedMs > 6000);
      await until('the voice is heard', () => loudest > -45);
      last = await room.client.state();
      result = await room.client.end();
    });

    afterAll(async () => {
      await room?.stop();
      await camera?.stop();
      await speech?.stop();
      for (const name of Object.keys(pulse?.env ?? {})) delete process.env[name];
      await pulse?.stop();
    });

    it('copies the camera and encodes the microphone; both decode, whole and without a gap', () => {
      for (const { track } of result.tracks) {
        const [part, ...further] = track.parts;
        expect(further).toEqual([]);
        expect(track.gaps).toEqual([]);
        expect(track.source.simulated).toBe(false);
        if (part === undefined) throw new Error('no part');
        const media = decrypted(room, `${stem(room.targets[0], part)}.mp4.age`);
        const samples = new FragmentReader()
          .push(media)
          .reduce((sum, piece) => sum + (piece.type === 'fragment' ? piece.fragment.samples : 0), 0);
        expect(decoded(media, track.kind === 'video' ? 'video' : 'audio')).toEqual({ warnings: '', frames: samples });
        // What was durable before the stop is there, to the byte.
        expect(part.bytes).toBeGreaterThanOrEqual(last.sources.find(({ id }) => id === track.id)?.bytes ?? Number.NaN);
        expect(samples).toBeGreaterThan(25);
      }
      expect(result.tracks[0]?.track.encoder.command).toContain('-c:v copy');
    });

    it('places both tracks within the recording', () => {
      for (const { track } of result.tracks) {
        const [part] = track.parts;
        if (part === undefined) throw new Error('no part');
        const lines = readFileSync(`${stem(room.targets[0], part)}.segments.jsonl`, 'utf8')
          .trimEnd()
          .split('\n');
        const first = JSON.parse(lines[1] ?? '{}');
        // Nothing from before the button, and nothing that had not happened yet at the stop.
        expect(part.offset_ms + first.start_ms).toBeGreaterThan(-400);
        expect(part.offset_ms + first.start_ms + part.duration_ms).toBeLessThan(result.durationMs + 1000);
      }
    });

    it("shows the camera's own address in the record, and its password nowhere", () => {
      expect(result.tracks[0]?.track.encoder.command).toContain(camera.address);
      const everything = [JSON.stringify(result), ...filesIn(room.options.folder), ...filesIn(room.targets[0])].join(
        '\n',
      );
      expect(everything).not.toContain(PASSWORD);
      expect(everything).not.toContain(encodeURIComponent(PASSWORD));
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        expect(commandLine(pid)).not.toContain(PASSWORD);
      }
    });
  },
);

describe.skipIf(rtspServerSkipReason() !== null)('a network camera whose stream cannot be kept as it comes', () => {
  it('is encoded instead when its key frames are too far apart', async () => {
    const camera = await startRtspServer({ keyFrameSeconds: 6 });
    const source: SourceConfig = {
      ...{ id: 'room', place: 'room', kind: 'video' },
      device: { kind: 'camera', backend: 'rtsp', address: camera.address, label: 'Slow camera', simulated: false },
    };
    const room = await recorderRoom({ sources: [source] });
    try {
      const log = join(room.options.folder, 'ffmpeg-room.log');
      await until(
        'it is started again',
        () => existsSync(log) && readFileSync(log, 'utf8').includes('encoded: key-frames'),
        {
          withinMs: 120_000,
        },
      );
      await until('it is encoded', async () => {
        const [state] = (await room.client.state()).sources;
        return state?.state === 'running' && readFileSync(log, 'utf8').includes('libx264');
      });
      await room.ready();
      await room.client.begin(room.plan);
      await until('three segments', async () => (await room.client.live('room', null, -1)).segments.length > 2);
      const result = await room.client.end();
      expect(result.tracks[0]?.track.encoder.command).toContain('libx264');
      expect(result.tracks[0]?.track.parts[0]?.lines).toBeGreaterThan(2);
    } finally {
      await room.stop();
      await camera.stop();
    }
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(folder, entry.name), 'latin1'));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
