import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatedRoom } from '../../../src/main/rooms/devices/index.ts';
import { type AlarmCode, type Finding, isWell, type SourceLive } from '../../../src/shared/domain/liveState.ts';
import { type RecorderRoom, recorderRoom } from '../../support/recorderRoom.ts';
import { type Trouble, type TroubledFfmpeg, troubledFfmpeg } from '../../support/troubledFfmpeg.ts';
import { until } from '../../support/until.ts';

/** A camera that shows something else than it should, and a microphone that hears it: seen with a real ffmpeg. */
let ffmpeg: TroubledFfmpeg;
let room: RecorderRoom;
const slow = { withinMs: 90_000 };

beforeAll(async () => {
  ffmpeg = troubledFfmpeg();
  const sources = simulatedRoom().filter(({ place }) => place === 'face' || place === 'mic1');
  room = await recorderRoom({ sources, ffmpeg: { path: ffmpeg.path, version: 'ffmpeg', videoEncoder: 'libx264' } });
  await room.ready();
}, 120_000);

afterAll(async () => {
  await room.stop();
  ffmpeg.remove();
});

const live = async (id: string): Promise<SourceLive | undefined> =>
  (await room.client.state()).sources.find((source) => source.id === id);
const isOn = async (code: AlarmCode): Promise<boolean> =>
  (await room.client.state()).alarms.some((alarm) => alarm.code === code && alarm.ended === null);

interface Shown {
  readonly id: 'face' | 'mic1';
  readonly trouble: Trouble;
  readonly finding: Finding;
  readonly code: AlarmCode;
}

const restart = async (id: string): Promise<void> => {
  const pid = (await live(id))?.pid;
  if (pid !== null && pid !== undefined) process.kill(pid, 'SIGKILL');
};
const kindOf = (id: string) => (id === 'face' ? 'video' : 'audio');

/** Has the sources start again with these troubles, waits until they are found; then without, until all is well. */
async function show(...shown: readonly Shown[]): Promise<void> {
  for (const { id, trouble } of shown) {
    ffmpeg.make(kindOf(id), trouble);
    await restart(id);
  }
  for (const { id, finding, code } of shown) {
    await until(`${finding} is found`, async () => (await live(id))?.findings.includes(finding), slow);
    await until(`${code} is told`, () => isOn(code), slow);
  }
  for (const { id } of shown) {
    ffmpeg.make(kindOf(id), 'none');
    await restart(id);
  }
  for (const { id, code } of shown) {
    await until('all is well again', async () => (await live(id))?.state === 'running' && !(await isOn(code)), slow);
  }
}

describe('the green light', () => {
  it('is green for a room as it should be', async () => {
    const { sources, phase } = await room.client.state();
    expect(sources.map((source) => [source.findings, isWell(source, phase)])).toEqual([
      [[], true],
      [[], true],
    ]);
  });

  it('goes out for a covered lens, and for a microphone that hears nothing', async () => {
    await show(
      { id: 'face', trouble: 'black', finding: 'black', code: 'PICTURE_BLACK' },
      { id: 'mic1', trouble: 'silent', finding: 'silent', code: 'SOUND_SILENT' },
    );
  }, 300_000);

  it('goes out for a picture that stands still, and for mains hum', async () => {
    await show(
      { id: 'face', trouble: 'still', finding: 'frozen', code: 'PICTURE_FROZEN' },
      { id: 'mic1', trouble: 'tone', finding: 'hum', code: 'SOUND_HUM' },
    );
  }, 300_000);

  it('goes out for a level that is too high', async () => {
    await show({ id: 'mic1', trouble: 'loud', finding: 'clipping', code: 'SOUND_CLIPPING' });
  }, 300_000);

  it('what is wrong when the recording begins belongs to it, with its beginning and its end', async () => {
    ffmpeg.make('audio', 'silent');
    await restart('mic1');
    await until('silence is told', () => isOn('SOUND_SILENT'), slow);
    await room.client.begin(room.plan);
    await until('both grow', async () => (await room.client.state()).sources.every(({ growing }) => growing), slow);
    const state = await room.client.state();
    expect(state.sources.map((source) => isWell(source, state.phase))).toEqual([true, false]);
    ffmpeg.make('audio', 'none');
    await restart('mic1');
    await until(
      'it hears again',
      async () => (await live('mic1'))?.partNumber === 2 && !(await isOn('SOUND_SILENT')),
      slow,
    );
    const { events } = await room.client.end();
    const told = events.filter(({ action }) => action === 'alarm.began' || action === 'alarm.ended');
    expect(told.map(({ action, details }) => [action, details['code'], details['track']])).toEqual([
      ['alarm.began', 'SOUND_SILENT', 'mic1'],
      ['alarm.ended', 'SOUND_SILENT', 'mic1'],
    ]);
  }, 240_000);
});
