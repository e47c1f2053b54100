import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SelfTestDone } from '../../../src/shared/contract/selfTest.ts';
import { type JourneyStation, peopledStation, plannedInterview } from '../../support/journey.ts';
import { type TroubledFfmpeg, troubledFfmpeg } from '../../support/troubledFfmpeg.ts';
import { until } from '../../support/until.ts';

const LONG = 300_000;
let ffmpeg: TroubledFfmpeg;
let journey: JourneyStation;

beforeAll(async () => {
  ffmpeg = troubledFfmpeg();
  process.env['FFMPEG_PATH'] = ffmpeg.path;
  journey = await peopledStation();
}, LONG);
afterAll(async () => {
  await journey?.end();
  delete process.env['FFMPEG_PATH'];
  ffmpeg?.remove();
}, LONG);

describe('the base line of a microphone', () => {
  it(
    'reaches the recorder: one that falls far below what the room always hears is told, though it is not silent',
    async () => {
      const { operator, investigator } = journey.seats;
      const { id: interview, room } = await plannedInterview(journey);
      ffmpeg.make('audio', 'noisy');
      const { job } = await operator.client.selfTest.run({ room: room.id });
      const state = await until(
        'the room was checked',
        async () => {
          const now = await operator.client.jobs.state({ job });
          return now.state === 'running' ? null : now;
        },
        { withinMs: 200_000, everyMs: 300 },
      );
      const { test } = SelfTestDone.parse(state.result);
      const [newest] = await operator.client.selfTest.history({ room: room.id });
      const floor = newest?.test.sources.find(({ sound }) => sound !== null)?.sound?.floor ?? -120;
      expect(floor).toBeGreaterThan(-36);
      await operator.client.selfTest.setBaseline({ test });

      // About 22 dB below it and 8 dB above what counts as silence anywhere else.
      ffmpeg.make('audio', 'faint');
      await investigator.client.recording.prepare({ interview });
      const view = () => investigator.client.recording.view({ interview });
      const microphone = await until(
        'it is told',
        async () => {
          const sources = (await view()).recorder?.sources ?? [];
          return sources.find(({ findings }) => findings.includes('silent')) ?? null;
        },
        { withinMs: 90_000 },
      );
      expect(microphone.level?.rms).toBeGreaterThan(-56);
      expect((await view()).recorder?.alarms.map(({ code }) => code)).toContain('SOUND_SILENT');
      await investigator.client.recording.release({ interview });
    },
    LONG,
  );
});
