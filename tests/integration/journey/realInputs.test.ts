import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeBagTo } from '../../../src/main/cli/export.ts';
import { planNow, recordAndSeal } from '../../../src/main/cli/journey.ts';
import type { DemoPeople } from '../../../src/main/cli/people.ts';
import { jobResult } from '../../../src/main/cli/seat.ts';
import type { Station } from '../../../src/main/composition.ts';
import { openBag, verifyBag } from '../../../src/main/verification/index.ts';
import { Receipt } from '../../../src/shared/contract/exhibits.ts';
import { EvidenceRecord } from '../../../src/shared/evidence/record.ts';
import { endAllIn, nothingRunsIn } from '../../support/cli.ts';
import { type PulseServer, pulseSkipReason, startPulse } from '../../support/pulse.ts';
import { frameNumbersOf } from '../../support/rtspCamera.ts';
import { type RtspServer, rtspServerSkipReason, startRtspServer } from '../../support/rtspServer.ts';
import { type Speaker, speechSkipReason, startSpeaking } from '../../support/speech.ts';
import { everySegment, failedInPlace, newStation } from './seats.ts';

const reason = pulseSkipReason() ?? speechSkipReason() ?? rtspServerSkipReason();
if (reason !== null) process.stderr.write(`skipped: a recording from real inputs: ${reason}\n`);

const login = { user: 'recorder', password: 'Пар"оль@7/x' };

describe.skipIf(reason !== null)('a network camera and a microphone into which a voice speaks', () => {
  let folder: string;
  let camera: RtspServer;
  let pulse: PulseServer;
  let speaker: Speaker;
  let station: Station;
  let people: DemoPeople;
  let exhibit: string;
  let caseId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-real-'));
    pulse = await startPulse();
    // The station and its recorder find the microphone by the environment, as on a person's desk.
    for (const [name, value] of Object.entries(pulse.env)) if (name.startsWith('PULSE_')) vi.stubEnv(name, value);
    speaker = await startSpeaking(pulse, { text: 'Сәлем. Здравствуйте. Hello.', voice: 'kk' });
    camera = await startRtspServer({ login });
    ({ station, people } = await newStation(join(folder, 'station')));
    const { administrator, investigator } = people.seats;
    const { devices } = await administrator.client.rooms.discover();
    const microphone = devices.find(({ backend, address }) => backend === 'pulse' && address === pulse.source);
    if (microphone === undefined) throw new Error(`no ${pulse.source} among ${JSON.stringify(devices)}`);
    const room = await administrator.client.rooms.save({
      id: null,
      name: 'A real room',
      sources: [
        {
          place: 'room',
          device: { kind: 'camera', backend: 'rtsp', address: camera.address, label: 'Camera', simulated: false },
          credentials: login,
        },
        { place: 'mic1', device: microphone, credentials: null },
      ],
    });
    expect(room.simulated).toBe(false);
    const plan = await planNow(investigator, room.id, 30, new Date());
    caseId = plan.caseId;
    const card = await recordAndSeal(investigator, plan.id, { seconds: 8, onRecording: () => undefined });
    exhibit = card.exhibit;
    expect(card).toMatchObject({ copies: 2, recovered: false });
  }, 180_000);
  afterAll(async () => {
    await station?.stop();
    await endAllIn(folder);
    await speaker?.stop();
    await camera?.stop();
    await pulse?.stop();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });

  it('is sealed, replayed in a hearing and handed over in a bag, frame for frame and with the voice in it', async () => {
    const { investigator, clerk, judge } = people.seats;
    await investigator.client.archive.handOver({ exhibit });
    const { job } = await clerk.client.archive.accept({ exhibit });
    expect(Receipt.parse(await jobResult(clerk.client, job)).checks.failed).toBe(0);
    expect(await failedInPlace(clerk, exhibit)).toEqual([]);

    const directory = await clerk.client.accounts.people();
    const { id: hearing } = await clerk.client.hearings.schedule({
      caseId,
      number: 'H-1',
      judge: directory.find(({ role }) => role === 'judge')?.id ?? '',
      plannedAt: new Date().toISOString(),
      exhibits: [exhibit],
    });
    await judge.client.hearings.open({ hearing });
    const playback = await judge.client.playback.open({ hearing, exhibit });
    expect(playback.tracks.map(({ id, simulated }) => [id, simulated])).toEqual([
      ['room', false],
      ['mic1', false],
    ]);
    const shown = await everySegment(station, judge, exhibit, ['room', 'mic1']);
    await judge.client.playback.close({ hearing, exhibit });

    const root = station.roots().stationRootPem;
    const bag = await writeBagTo(clerk, { exhibit, out: join(folder, 'bag'), to: 'defence', recipient: null });
    const source = await openBag(bag);
    const result = await verifyBag(source, { trust: [root] });
    await source.close();
    expect(result.checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(result).toMatchObject({ exitStatus: 0, summary: { simulated: false } });

    const record = EvidenceRecord.parse(JSON.parse(readFileSync(join(bag, 'data/record.json'), 'utf8')));
    expect(record.tracks.map(({ source: { device_kind, simulated } }) => [device_kind, simulated])).toEqual([
      ['rtsp', false],
      ['pulse', false],
    ]);
    // Neither the camera's password nor its user is in what is handed over, nor in what lies at the station in the clear.
    const said = JSON.stringify(record) + readFileSync(join(bag, 'data/custody/events.jsonl'), 'utf8');
    expect(said).not.toContain(login.password);
    expect(said).not.toContain(`${login.user}:`);

    for (const track of record.tracks) {
      expect(track.gaps, track.id).toEqual([]);
      expect(track.parts.length, track.id).toBe(1);
      const [part] = track.parts;
      expect(part?.duration_ms, track.id).toBeGreaterThan(1000);
      const media = readFileSync(join(bag, 'data', part?.file ?? ''));
      expect(createHash('sha256').update(media).digest('hex')).toBe(part?.sha256);
      expect(shown.get(`${track.id}.1`)?.equals(media), `${track.id} as it was shown`).toBe(true);
    }

    const numbers = frameNumbersOf(join(bag, 'data/tracks/room.mp4'));
    expect(numbers.length).toBeGreaterThan(25);
    expect(numbers.filter((number, i) => i > 0 && number !== (numbers[i - 1] ?? 0) + 1)).toEqual([]);

    const { stderr } = spawnSync(
      'ffmpeg',
      ['-hide_banner', '-i', join(bag, 'data/tracks/mic1.mp4'), '-af', 'volumedetect', '-f', 'null', '-'],
      { encoding: 'utf8' },
    );
    const mean = Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1] ?? -999);
    expect(mean).toBeGreaterThan(-40);
    writeFileSync(join(folder, 'mean.txt'), String(mean));
  }, 120_000);

  it('lets camera and microphone go', async () => {
    await nothingRunsIn(folder);
    expect(camera.clients()).toBe(0);
  });
});
