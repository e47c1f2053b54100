import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BeginResult, RecordingResult } from '../../../src/main/recorder/index.ts';
import { simulatedRoom } from '../../../src/main/rooms/devices/index.ts';
import { SegmentLine } from '../../../src/shared/evidence/record.ts';
import { decoded, decrypted, type RecorderRoom, recorderRoom, stem } from '../../support/recorderRoom.ts';
import { until } from '../../support/until.ts';

/** One camera and one microphone in a room that keeps the seconds before the button. */
let room: RecorderRoom;
let begun: BeginResult;
let result: RecordingResult;
let pressed: number;
let sample: Awaited<ReturnType<RecorderRoom['client']['sample']>>;

const lasts = async (track: string): Promise<number> => (await room.client.sample(track, 60_000))?.durationMs ?? 0;

beforeAll(async () => {
  const sources = simulatedRoom().filter(({ place }) => place === 'face' || place === 'mic1');
  room = await recorderRoom({ sources, settings: { preRecord: true, burnedClock: false } });
  await room.ready();
  await until('both rings are full', async () => (await lasts('face')) > 10_500 && (await lasts('mic1')) > 10_500, {
    withinMs: 90_000,
  });
  sample = await room.client.sample('face', 3000);
  pressed = Date.now();
  begun = await room.client.begin(room.plan);
  await until('two seconds more', async () => (await room.client.state()).elapsedMs > begun.buttonMs + 2000, {
    withinMs: 60_000,
  });
  result = await room.client.end();
}, 240_000);

afterAll(async () => {
  await room.stop();
});

const linesOf = (part: RecordingResult['tracks'][number]['track']['parts'][number]): SegmentLine[] =>
  readFileSync(`${stem(room.targets[0], part)}.segments.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => SegmentLine.parse(JSON.parse(line)));

describe('a room that keeps the seconds before the button', () => {
  it('gives a sample that plays, while it is only ready', () => {
    expect(sample?.mediaType).toBe('video/mp4; codecs="avc1.64001f"');
    expect(sample?.durationMs).toBeGreaterThanOrEqual(3000);
    const { warnings, frames } = decoded(sample?.bytes ?? Buffer.alloc(0), 'video');
    expect(warnings).toBe('');
    expect(frames).toBeGreaterThanOrEqual(70);
  });

  it('begins with the earliest that is kept, and says when the button was pressed', () => {
    expect(begun.buttonMs).toBeGreaterThan(8000);
    expect(begun.buttonMs).toBeLessThanOrEqual(60_000);
    expect(Date.parse(begun.startedAt)).toBeLessThan(pressed);
    expect(result.startedAt).toBe(begun.startedAt);
    const noted = result.events.find(({ action }) => action === 'recording.begun');
    expect(noted?.details['button_ms']).toBe(begun.buttonMs);
  });

  it('holds each track from before the button on, without a hole, in one part', () => {
    for (const { track } of result.tracks) {
      expect(track.parts).toHaveLength(1);
      expect(track.gaps).toEqual([]);
      for (const part of track.parts) {
        const lines = linesOf(part);
        const first = part.offset_ms + (lines[1]?.start_ms ?? 0);
        expect(first).toBeGreaterThanOrEqual(-1);
        expect(first).toBeLessThan(2500);
        const { warnings, frames } = decoded(
          decrypted(room, `${stem(room.targets[1], part)}.mp4.age`),
          track.kind === 'video' ? 'video' : 'audio',
        );
        expect(warnings).toBe('');
        if (track.kind === 'video') expect(frames).toBeGreaterThan((8 + 1) * 25);
      }
    }
  });

  it('gives no sample of an interview', async () => {
    await room.client.acknowledge();
    await room.ready();
    expect((await room.client.sample('face', 60_000))?.durationMs ?? 0).toBeLessThan(result.durationMs);
    await expect(room.client.sample('nobody', 1000)).resolves.toBeNull();
  });
});
