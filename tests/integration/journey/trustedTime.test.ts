import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jobResult } from '../../../src/main/cli/seat.ts';
import { openBag, verifyBag } from '../../../src/main/verification/index.ts';
import {
  beginRecording,
  type JourneyStation,
  peopledStation,
  plannedInterview,
  recordedFor,
} from '../../support/journey.ts';
import { hasCommand, openssl } from '../../support/openssl.ts';
import { TsaServer } from '../../support/tsaServer.ts';
import { until } from '../../support/until.ts';

const there = hasCommand('openssl');
let journey: JourneyStation;
let server: TsaServer;
let outside: string;
beforeAll(async () => {
  if (!there) return;
  outside = await mkdtemp(join(tmpdir(), 'birret-time-'));
  server = await TsaServer.start(outside);
  journey = await peopledStation();
}, 180_000);
afterAll(async () => {
  await journey?.end();
  await server?.stop();
  if (there) await rm(outside, { recursive: true, force: true });
});

const slowly = { withinMs: 90_000, everyMs: 200 };

it.skipIf(!there)(
  'what is recorded after a time-stamp quotes it, and is sealed without waiting for the next: its bag is bounded on both sides',
  async () => {
    const { administrator, investigator } = journey.seats;
    const authority = { address: server.address, policy: null, rootPem: server.rootPem };
    await administrator.client.timestamps.setAuthorities({ authorities: [authority] });
    await until(
      'the head of the day is stamped',
      async () => {
        const { newest } = await administrator.client.timestamps.queue();
        return newest !== null;
      },
      slowly,
    );

    server.mode = 'rubbish';
    const interview = await plannedInterview(journey);
    await beginRecording(journey, interview.id);
    await recordedFor(journey, interview.id, 2_500);
    const stopped = await investigator.client.recording.stop({ interview: interview.id, confirmed: true });
    expect(stopped.state).toBe('sealed');
    const { exhibit } = interview;
    const stamps = () => investigator.client.timestamps.ofExhibit({ exhibit });
    expect((await stamps()).map(({ time }) => time)).toEqual([null, null, null]);

    server.mode = 'good';
    await administrator.client.timestamps.tryNow();
    await until('all is stamped', async () => (await stamps()).every(({ time }) => time !== null), slowly);
    await until(
      'the tokens lie beside their files',
      async () => {
        const { job } = await investigator.client.archive.export({
          ...{ exhibit, folder: outside, name: `bag-${Date.now()}`, to: 'Defence', recipient: null },
        });
        const path = String(((await jobResult(investigator.client, job)) as { path: string }).path);
        const source = await openBag(path, {});
        const trust = journey.station.roots().stationRootPem;
        const result = await verifyBag(source, { trust: [trust], tsaTrust: [server.rootPem], now: new Date() });
        await source.close();
        const times = result.checks.filter(({ name }) => name.startsWith('time.'));
        const stamped = times.filter(({ status }) => status === 'pass').map(({ name }) => name);
        if (stamped.length < 5) return false;
        expect(result.checks.filter(({ status }) => status === 'fail')).toEqual([]);
        expect(stamped).toEqual(expect.arrayContaining(['time.anchor', 'time.order', 'time.seal.checkpoint']));
        const p7s = join(path, 'data/signatures/record.json.station.p7s');
        const said = openssl('ts', '-verify', '-data', p7s, '-in', `${p7s}.tsr`, '-CAfile', server.tsa.rootPath).said;
        expect(said).toContain('Verification: OK');
        return true;
      },
      slowly,
    );
  },
  300_000,
);
