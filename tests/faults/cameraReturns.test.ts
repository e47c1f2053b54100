import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { FragmentReader } from '../../src/main/recorder/media/fragmentReader.ts';
import { simulatedRoom } from '../../src/main/rooms/devices/index.ts';
import type { SourceConfig } from '../../src/shared/domain/devices.ts';
import { full, largest, median, table, tell } from '../support/figures.ts';
import { decoded, decrypted, type RecorderRoom, recorderRoom, stem } from '../support/recorderRoom.ts';
import { frameNumbersOf } from '../support/rtspCamera.ts';
import { type RtspServer, rtspServerSkipReason, startRtspServer } from '../support/rtspServer.ts';
import { changedSince, type Standing, standingIn } from '../support/standing.ts';
import { patiently, until } from '../support/until.ts';

const TIMES = full ? 20 : 2;
const reason = rtspServerSkipReason();
if (reason !== null) process.stderr.write(`skipped: a camera that is killed and comes back: ${reason}\n`);

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const camera = (id: 'room' | 'face', { address }: RtspServer): SourceConfig => ({
  ...{ id, place: id, kind: 'video' },
  device: { kind: 'camera', backend: 'rtsp', address, label: `Camera ${id}`, simulated: false },
});

async function sourceOf(room: RecorderRoom, id: string) {
  const { sources } = await room.client.state();
  const source = sources.find((one) => one.id === id);
  if (source === undefined) throw new Error(`no source ${id}`);
  return source;
}

it.skipIf(reason !== null)(
  `a network camera that is killed and comes back ${TIMES} times stops nothing else and changes nothing that is written`,
  { timeout: 900_000 },
  async () => {
    let dying = await startRtspServer({ elsewhere: true });
    ends.push(() => dying.stop());
    const steady = await startRtspServer({ elsewhere: true, colour: '#8c7f6c' });
    ends.push(() => steady.stop());
    const microphone = simulatedRoom().filter(({ id }) => id === 'mic1');
    const room = await recorderRoom({ sources: [camera('room', dying), camera('face', steady), ...microphone] });
    ends.push(() => room.stop());
    await room.ready();
    await patiently('SOURCE_FAILED', () => room.client.begin(room.plan));
    const stood: Standing[] = [];
    const away: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const { partNumber } = await sourceOf(room, 'room');
      stood.push(standingIn(room.targets));
      const { port } = dying;
      await dying.stop();
      await until('its loss is noticed', async () => (await sourceOf(room, 'room')).state !== 'running');
      dying = await startRtspServer({ elsewhere: true, port });
      const back = performance.now();
      await until('it records again', async () => {
        const now = await sourceOf(room, 'room');
        return now.partNumber > partNumber && now.state === 'running' && now.growing && now.bytes > 0;
      });
      away.push(performance.now() - back);
    }
    const bytes = (await room.client.state()).sources.map((source) => source.bytes);
    await until('every source goes on', async () =>
      (await room.client.state()).sources.every((source, i) => source.bytes > (bytes[i] ?? 0)),
    );
    const result = await room.client.end();

    expect(stood.flatMap(changedSince)).toEqual([]);
    expect(result.targets.map(({ ok }) => ok)).toEqual([true, true]);
    const [killed, ...others] = result.tracks.map(({ track }) => track);
    expect(killed?.parts.length).toBeGreaterThan(TIMES);
    expect(killed?.gaps.length).toBeGreaterThanOrEqual(TIMES);
    expect(others.map(({ parts, gaps }) => [parts.length, gaps])).toEqual([
      [1, []],
      [1, []],
    ]);
    for (const { track } of result.tracks) {
      for (const part of track.parts) {
        const media = decrypted(room, `${stem(room.targets[0], part)}.mp4.age`);
        const indexed = new FragmentReader()
          .push(media)
          .reduce((sum, piece) => sum + (piece.type === 'fragment' ? piece.fragment.samples : 0), 0);
        const seen = decoded(media, track.kind === 'video' ? 'video' : 'audio');
        expect(seen, part.file).toEqual({ warnings: '', frames: indexed });
        // A machine too slow for its cameras may encode a stream instead of keeping it, and then repeat pictures or skip them.
        const copied = track.encoder.command.includes('-c:v copy');
        if (track.id === 'face' && copied) expect(missingFrames(room, media)).toBe(0);
      }
    }
    const facts = [TIMES, killed?.parts.length ?? 0, killed?.gaps.length ?? 0, 0, 0];
    tell(
      'A network camera killed and started again',
      table(
        [
          'times',
          'its parts',
          'its gaps',
          'gaps of the others',
          'files changed',
          'recording after its return, ms (median / largest)',
        ],
        [[...facts, `${Math.round(median(away))} / ${Math.round(largest(away))}`]],
      ),
    );
  },
);

function missingFrames(room: RecorderRoom, media: Buffer): number {
  const path = join(room.folder, 'face.mp4');
  writeFileSync(path, media);
  const numbers = frameNumbersOf(path);
  return numbers.filter((number, i) => i > 0 && number !== (numbers[i - 1] ?? 0) + 1).length;
}
