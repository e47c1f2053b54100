import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatedRoom } from '../../../src/main/rooms/devices/index.ts';
import type { RecorderState, SourceLive } from '../../../src/shared/domain/liveState.ts';
import { decoded, decrypted, type RecorderRoom, recorderRoom, stem } from '../../support/recorderRoom.ts';
import { type TroubledFfmpeg, troubledFfmpeg } from '../../support/troubledFfmpeg.ts';
import { until } from '../../support/until.ts';

/** One camera and one microphone; the camera's ffmpeg is troubled in every way while the microphone records. */
let ffmpeg: TroubledFfmpeg;
let room: RecorderRoom;
const slow = { withinMs: 60_000 };

beforeAll(async () => {
  ffmpeg = troubledFfmpeg();
  const sources = simulatedRoom().filter(({ place }) => place === 'face' || place === 'mic1');
  room = await recorderRoom({ sources, ffmpeg: { path: ffmpeg.path, version: 'ffmpeg', videoEncoder: 'libx264' } });
}, 120_000);

afterAll(async () => {
  await room.stop();
  ffmpeg.remove();
});

const sourceOf = (state: RecorderState, id: string): SourceLive => {
  const found = state.sources.find((source) => source.id === id);
  if (found === undefined) throw new Error(`no source ${id}`);
  return found;
};
const face = async (): Promise<SourceLive> => sourceOf(await room.client.state(), 'face');
const kill = async (signal: NodeJS.Signals): Promise<void> => {
  const { pid } = await face();
  if (pid !== null) process.kill(pid, signal);
};
const partIsGrowing = (part: number) => async (): Promise<boolean> => {
  const { partNumber, growing, state } = await face();
  return partNumber === part && growing && state === 'running';
};

describe('a source in trouble', () => {
  it('that is away refuses the button before anything is made, and names itself', async () => {
    ffmpeg.make('video', 'garbage');
    await until('the camera runs', async () => (await face()).pid !== null, slow);
    await kill('SIGKILL');
    await until('its rubbish was seen', async () => (await face()).failure === 'unsupported-format', slow);
    const awayMs = async (): Promise<number> => {
      const lost = (await room.client.state()).alarms.find(
        ({ code, ended }) => code === 'SOURCE_LOST' && ended === null,
      );
      return lost === undefined ? 0 : Date.now() - Date.parse(lost.at);
    };
    await until('it has been away for longer than a moment', async () => (await awayMs()) > 3500, slow);
    await expect(room.client.begin(room.plan)).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      params: { track: 'face', place: 'face' },
    });
    expect(room.targets.map((target) => existsSync(target))).toEqual([false, false]);
  }, 120_000);

  it('does not forbid the recording when a person said so, and joins it when it comes', async () => {
    const begun = await room.client.begin({ ...room.plan, confirmedMissing: ['face'] });
    expect(begun.tracks.map(({ id, sending }) => [id, sending])).toEqual([
      ['face', false],
      ['mic1', true],
    ]);
    const alarm = (await room.client.state()).alarms.find(({ code }) => code === 'SOURCE_LOST');
    expect(alarm).toMatchObject({ ended: null, params: { place: 'face' } });
    await until('six seconds without it', async () => (await room.client.state()).elapsedMs > 6000, slow);
    expect((await face()).findings).toEqual(['no-bytes']);
    ffmpeg.make('video', 'none');
    await until('the camera is recorded', partIsGrowing(1), slow);
    expect((await room.client.state()).alarms.find(({ code }) => code === 'SOURCE_LOST')?.ended).not.toBeNull();
  }, 180_000);

  it('that hangs, dies or sends rubbish goes on as a new part each time, and the microphone never stops', async () => {
    await kill('SIGSTOP');
    await until('a second part after it hung', partIsGrowing(2), slow);
    await kill('SIGKILL');
    await until('a third part after it died', partIsGrowing(3), slow);
    ffmpeg.make('video', 'garbage');
    await kill('SIGKILL');
    await until('the rubbish is named', async () => (await face()).failure === 'unsupported-format', slow);
    ffmpeg.make('video', 'none');
    await until('a fourth part after the rubbish', partIsGrowing(4), slow);
    const lost = (await room.client.state()).alarms.filter(({ code }) => code === 'SOURCE_LOST');
    expect(lost.at(-1)?.params).toMatchObject({ place: 'face', recording: 1, still: 'mic1' });
  }, 240_000);

  it('leaves a record that says so, of which every part decodes', async () => {
    const result = await room.client.end();
    const [camera, microphone] = result.tracks.map(({ track }) => track);
    expect(microphone?.parts).toHaveLength(1);
    expect(microphone?.gaps).toEqual([]);
    expect(camera?.parts.map(({ end }) => end)).toEqual(['lost', 'lost', 'lost', 'stopped']);
    expect(camera?.gaps.map(({ cause }) => cause)).toEqual(['source', 'silent', 'ended', 'ended']);
    expect(camera?.gaps[0]?.from_ms).toBe(0);
    expect(camera?.gaps[0]?.to_ms).toBeGreaterThan(5000);
    for (const part of camera?.parts ?? []) {
      const media = decrypted(room, `${stem(room.targets[0], part)}.mp4.age`);
      expect(decoded(media, 'video').warnings).toBe('');
    }
    const noted = result.events.filter(({ action }) => action === 'source.lost');
    expect(noted[0]?.details).toMatchObject({ track: 'face', failure: expect.any(String), at_ms: expect.any(Number) });
  }, 120_000);
});
