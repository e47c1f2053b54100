import { describe, expect, it } from 'vitest';
import type { RecorderClient } from '../../../src/main/recorder/index.ts';
import { LiveMedia, type LiveRecording } from '../../../src/main/recording/liveMedia.ts';
import { refusalOf, StillClock } from '../../support/testStation.ts';
import { until } from '../../support/until.ts';

/** A recorder's memory with as many seconds of one track as it was told; counts what it is asked. */
class Memory implements Pick<RecorderClient, 'live'> {
  seconds = 0;
  asked = 0;
  sent = 0;
  gone = false;

  async live(_: string, part: string | null, after: number): ReturnType<RecorderClient['live']> {
    this.asked += 1;
    if (this.gone) throw new Error('gone');
    const fresh = part !== 'room';
    const line = (i: number) => ({
      ...{ i, duration_ms: 1000, start_ms: Math.max(0, i - 1) * 1000 },
      ...{ length: 1, offset: i, sha256: '0'.repeat(64) },
    });
    const all = Array.from({ length: this.seconds }, (_each, n) => line(n + 1)).slice(-6);
    const segments = all.filter(({ i }) => fresh || i > after);
    this.sent += segments.length;
    if (this.seconds === 0) {
      return { part: null, file: null, offsetMs: null, mediaType: null, init: null, segments, bytes: Buffer.alloc(0) };
    }
    return {
      ...{ part: 'room', file: 'tracks/room.mp4', offsetMs: 0, mediaType: 'video/mp4' },
      init: fresh ? line(0) : null,
      segments,
      bytes: Buffer.from([...(fresh ? [0] : []), ...segments.map(({ i }) => i)]),
    };
  }
}

function live() {
  const clock = new StillClock();
  const memory = new Memory();
  const recording: LiveRecording = {
    client: memory,
    tracks: ['room'],
    startedMs: Date.parse('2026-11-21T10:14:00.000Z'),
    startedNs: 0n,
  };
  let now: LiveRecording | null = recording;
  const media = new LiveMedia({ clock, recordingOf: (interview) => (interview === 'i1' ? now : null) });
  const end = () => {
    now = null;
  };
  return { clock, memory, media, end };
}

describe('live media', () => {
  it('fetches each segment once, however many watch', async () => {
    const { memory, media } = live();
    memory.seconds = 3;
    const texts = await Promise.all(Array.from({ length: 5 }, () => media.playlist('i1', 'room')));
    expect(new Set(texts.map(({ text }) => text)).size).toBe(1);
    for (let viewer = 0; viewer < 5; viewer++) {
      expect(await media.segment('i1', 'room', 1, 2)).toEqual(new Uint8Array([2]));
    }
    expect(await media.segment('i1', 'room', 1, 0)).toEqual(new Uint8Array([0]));
    expect(memory.sent).toBe(3);
    media.stop();
  });

  it('follows the recorder while somebody asks, and stops when nobody has for a while', async () => {
    const { clock, memory, media } = live();
    memory.seconds = 2;
    await media.playlist('i1', 'room');
    memory.seconds = 3;
    await until('the third second is there', async () => (await media.playlist('i1', 'room')).text.includes('1/3.mp4'));
    clock.forward(6);
    let before = -1;
    const stands = () => {
      const still = memory.asked === before;
      before = memory.asked;
      return still;
    };
    await until('it stops asking', stands, { everyMs: 400 });
    memory.seconds = 60;
    expect((await media.playlist('i1', 'room')).text).toContain('1/60.mp4');
    media.stop();
  });

  it('answers at once what a player does not have, and holds back what it has until there is more', async () => {
    const { memory, media } = live();
    memory.seconds = 3;
    const { text } = await media.playlist('i1', 'room');
    const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]);
    expect((await media.playlist('i1', 'room', first + 1)).text).toBe(text);
    // Nothing new for longer than it is held: the same again.
    expect((await media.playlist('i1', 'room', first + 2)).text).toBe(text);
    const more = async () => (await media.playlist('i1', 'room', first + 2)).text;
    const waiting = more();
    memory.seconds = 4;
    if (!(await waiting).includes('1/4.mp4'))
      await until('the next one', async () => (await more()).includes('1/4.mp4'));
    media.stop();
  });

  it('tells the time of the recording’s own clock', async () => {
    const { clock, memory, media } = live();
    memory.seconds = 1;
    clock.forward(90);
    expect((await media.playlist('i1', 'room')).nowMs).toBe(Date.parse('2026-11-21T10:15:30.000Z'));
    media.stop();
  });

  it('refuses what is not recorded, not a track, not there yet and not there any more', async () => {
    const { memory, media, end } = live();
    const code = async (work: Promise<unknown>) => await refusalOf(() => work);
    expect(await code(media.playlist('other', 'room'))).toBe('RECORDER_NOT_RUNNING');
    expect(await code(media.playlist('i1', 'face'))).toBe('LIVE_SEGMENT_GONE');
    expect(await code(media.playlist('i1', 'room'))).toBe('LIVE_NOTHING_YET');
    memory.seconds = 9;
    await until('something is there', () => media.playlist('i1', 'room').then(Boolean, () => false));
    expect(await code(media.segment('i1', 'room', 1, 1))).toBe('LIVE_SEGMENT_GONE');
    expect(await code(media.segment('i1', 'room', 2, 9))).toBe('LIVE_SEGMENT_GONE');
    end();
    expect(await code(media.playlist('i1', 'room'))).toBe('RECORDER_NOT_RUNNING');
    media.stop();
  });

  it('begins anew after the recorder was lost', async () => {
    const { memory, media } = live();
    memory.gone = true;
    await expect(media.playlist('i1', 'room')).rejects.toThrow('gone');
    memory.gone = false;
    memory.seconds = 1;
    await until('it is back', () => media.playlist('i1', 'room').then(Boolean, () => false));
    media.stop();
  });
});
