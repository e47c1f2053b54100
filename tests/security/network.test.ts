import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as connectTcp, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PairingOffer } from '../../src/shared/contract/pairing.ts';
import { ScreenKind } from '../../src/shared/domain/roles.ts';
import { table } from '../support/contractTable.ts';
import { loggedRows } from '../support/eventWatch.ts';
import { type JourneyStation, peopledStation, plannedInterview, told } from '../support/journey.ts';
import { freePort, NetworkBrowser, openToNetwork } from '../support/networkDoor.ts';
import { hasCommand } from '../support/openssl.ts';
import { StillClock } from '../support/testStation.ts';
import { until } from '../support/until.ts';

let clock: StillClock;
let journey: JourneyStation;
let outside: string;
let port: number;
let root: string;
let id: string;
let other: string;

const browser = (from?: string) => new NetworkBrowser(port, root, from);
const client = () => journey.seats.investigator.client;
const offer = async (kind: 'observer' | 'child' | 'interviewer' = 'observer', interview = id) =>
  PairingOffer.parse(await client().pairing.offer({ interview, kind }));
const code = (json: unknown) => {
  const Refused = z.looseObject({ code: z.string(), params: z.record(z.string(), z.unknown()).optional() });
  return Refused.or(z.object({ json: Refused }).transform((one) => one.json)).safeParse(json).data?.code ?? null;
};
async function paired(kind: 'observer' | 'child' | 'interviewer' = 'observer', interview = id) {
  const screen = browser();
  expect((await screen.pair((await offer(kind, interview)).code)).status).toBe(200);
  return screen;
}

beforeAll(async () => {
  // Certificates are issued by this clock and looked at by the machine's: it begins early enough to be moved on.
  clock = new StillClock(new Date(Date.now() - 12 * 3_600_000).toISOString());
  outside = await mkdtemp(join(tmpdir(), 'birret-network-'));
  await mkdir(join(outside, 'assets'));
  await writeFile(join(outside, 'index.html'), '<!doctype html><title>Bir Ret</title>');
  journey = await peopledStation({
    clock,
    locksAfter: 500 * 86_400_000,
    machine: { addresses: () => [], name: () => 'room-1' },
  });
  ({ id } = await plannedInterview(journey));
  ({ id: other } = await plannedInterview(journey));
  port = await freePort();
  root = journey.station.roots().stationRootPem;
  await openToNetwork(journey.station, journey.log, outside);
}, 180_000);
afterAll(async () => {
  await journey?.end();
  await rm(outside, { recursive: true, force: true });
});

describe('the door', () => {
  it('is closed until an administrator turns it on', async () => {
    const { administrator } = journey.seats;
    expect(await administrator.client.network.state()).toMatchObject({ door: 'off', certificate: null, screens: 0 });
    await expect(browser().ask('/')).rejects.toThrow('ECONNREFUSED');
    expect(await offer()).toMatchObject({ network: 'off', addresses: [], fingerprint: null });
    const settings = { enabled: true, listen: '127.0.0.1', port, names: ['Localhost'] };
    const on = await administrator.client.network.set(settings);
    expect(on).toMatchObject({
      door: 'open',
      problem: null,
      addresses: [`https://localhost:${port}/pair`, `https://127.0.0.1:${port}/pair`],
    });
    expect(on.certificate).toMatchObject({ names: ['localhost', '127.0.0.1'], missing: [], due: false });
    expect(on.certificate?.fingerprint.short).toMatch(/^[0-9A-F]{4}( [0-9A-F]{4}){3}$/);
    expect(await administrator.client.network.check()).toMatchObject([{ answers: 'yes' }, { answers: 'yes' }]);
    const rows = loggedRows(journey.folder).filter(({ action }) => /^(network|certificate)\./.test(action));
    expect(rows.slice(-2).map(({ action }) => action)).toEqual(['network.changed', 'certificate.issued']);
  });

  it('speaks TLS 1.2 and 1.3 under a certificate that a stranger’s tool accepts, and nothing older', async ({
    skip,
  }) => {
    if (!hasCommand('openssl')) return skip('no openssl on this machine');
    const ca = join(outside, 'root.pem');
    await writeFile(ca, root);
    // The station's clock stands in the certificate's time; so must the tool's.
    const at = ['-attime', String(Math.floor(clock.now().getTime() / 1000) + 60), '-purpose', 'sslserver'];
    const said = (...more: string[]) =>
      new Promise<string>((resolve) => {
        const child = execFile(
          'openssl',
          ['s_client', '-connect', `127.0.0.1:${port}`, '-CAfile', ca, '-verify_return_error', ...at, ...more],
          { timeout: 20_000 },
          (_error, out, err) => resolve(out + err),
        );
        child.stdin?.end();
      });
    expect(await said('-tls1_3', '-verify_ip', '127.0.0.1')).toContain('Verify return code: 0 (ok)');
    expect(await said('-tls1_2', '-verify_hostname', 'localhost')).toContain('Verify return code: 0 (ok)');
    expect(await said('-tls1_3', '-verify_hostname', 'evil.example')).not.toContain('Verify return code: 0 (ok)');
    for (const old of ['-tls1_1', '-tls1'])
      expect(await said(old, '-cipher', 'ALL:@SECLEVEL=0')).toContain('no peer certificate available');
    expect(await said('-tls1_2', '-cipher', 'AES128-SHA:ECDHE-ECDSA-AES128-SHA')).toMatch(
      /handshake failure|no protocols|alert/,
    );
  });

  it('outlives noise, silence and plain HTTP', async () => {
    for (const noise of ['GET / HTTP/1.1\r\n\r\n', '\u0016\u0003\u0001', '\0'.repeat(4096)]) {
      await new Promise<void>((resolve) => {
        const socket = connectTcp(port, '127.0.0.1', () => socket.end(noise));
        socket.on('error', () => resolve());
        socket.on('close', () => resolve());
        socket.resume();
      });
    }
    const silent = connectTls({ port, host: '127.0.0.1', ca: root });
    silent.on('error', () => undefined);
    const big = await browser()
      .ask('/pair', { method: 'POST', body: 'a'.repeat(1_000_000), headers: { 'x-birret': '1' } })
      .then(
        ({ status }) => status,
        () => 413,
      );
    expect(big).toBe(413);
    expect((await browser().ask('/')).status).toBe(200);
    silent.destroy();
  });

  it('serves pages with strict headers, to its own names alone, and has no desk, no shell and no sign-in', async () => {
    const page = await browser().ask('/pair');
    expect(page.text).toContain('Bir Ret');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    // A certificate of our own authority may have to be accepted by hand: this header would forbid it.
    expect(page.headers['strict-transport-security']).toBeUndefined();
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
      expect((await browser().ask('/', { headers: { host } })).status, host).toBe(403);
    }
    const foreign = { 'x-birret': '1', 'content-type': 'application/json' };
    for (const headers of [
      { ...foreign, origin: 'https://evil.example' },
      { ...foreign, origin: `http://127.0.0.1:${port}` },
      { ...foreign, 'sec-fetch-site': 'cross-site' },
    ]) {
      const body = JSON.stringify({ code: (await offer()).code, label: null });
      expect((await browser().ask('/pair', { method: 'POST', body, headers })).status).toBe(403);
    }
    for (const path of ['/shell/code', '/shell/closing', '/enter']) {
      const answer = await browser().ask(path, {
        method: 'POST',
        body: 'code=x',
        headers: { authorization: 'Bearer x' },
      });
      expect(answer.status, path).toBe(404);
    }
    // The tokens of loopback's screens are nobody's here, and the other way round.
    const { screens } = journey.station.http;
    const desk = screens.enter(screens.newCode('desk'))?.token ?? '';
    const stranger = browser();
    for (const name of [`__Host-birret-screen-${port}`, `birret-screen-${port}`]) stranger.cookies.set(name, desk);
    expect(code((await stranger.rpc('session.me')).json)).toBe('NOT_FROM_A_KNOWN_SCREEN');
    const observer = await paired();
    const token = observer.cookies.get(`__Host-birret-screen-${port}`);
    expect(screens.find(token)).toBeNull();
    expect(screens.find(token, 'network')).not.toBeNull();
  });

  it('its key is sealed where it lies, and not in the log', async () => {
    const { client: administrator } = journey.seats.administrator;
    expect(JSON.stringify(await administrator.network.state())).not.toContain('PRIVATE');
    expect(journey.log.lines.join('\n')).not.toMatch(/PRIVATE KEY/);
  });
});

describe('pairing over the network', () => {
  it('a code makes one screen, with a cookie for this host and TLS alone', async () => {
    const { code: typed, addresses, fingerprint, network } = await offer();
    expect({ addresses: addresses.length, network }).toEqual({ addresses: 2, network: 'open' });
    const screen = browser();
    const about = await screen.ask('/pair/station');
    expect(about.json).toEqual({ fingerprint });
    const entered = await screen.pair(typed.toLowerCase().replace('-', ' '), 'Prosecutor’s tablet');
    expect(entered.json).toEqual({ path: '/observe' });
    const [cookie = ''] = entered.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-birret-screen-\d+=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(code((await browser().pair(typed)).json)).toBe('PAIRING_CODE_USED');
    const [listed] = (await client().pairing.screens({ interview: id })).slice(-1);
    expect(listed).toMatchObject({ kind: 'observer', label: 'Prosecutor’s tablet', network: true, here: false });
    expect((await screen.rpc('observers.watch', { interview: id })).status).toBe(200);
    expect((await client().pairing.screens({ interview: id })).at(-1)?.here).toBe(true);
    // Sent away, alone.
    await client().pairing.end({ interview: id, screen: listed?.id ?? '' });
    expect(code((await screen.rpc('observers.watch', { interview: id })).json)).toBe('NOT_FROM_A_KNOWN_SCREEN');
    const rows = loggedRows(journey.folder).map(({ action }) => action);
    for (const action of ['observers.admitted', 'screen.connected', 'observers.connected', 'screen.ended']) {
      expect(rows, action).toContain(action);
    }
  });

  it('is for people of this interview, and not once it is over', async () => {
    for (const key of ['otherInvestigator', 'judge', 'clerk', 'administrator'] as const) {
      const asked = journey.seats[key].client.pairing.offer({ interview: id, kind: 'observer' });
      await expect(asked, key).rejects.toMatchObject({ code: expect.stringMatching(/ROLE_REFUSED|TIE_REFUSED/) });
    }
    const over = (await plannedInterview(journey)).id;
    const { code: early } = await offer('child', over);
    await client().interviews.cancel({ interview: over, reason: 'another day' });
    expect(code((await browser().pair(early)).json)).toBe('SCREENS_NOT_NOW');
    await expect(offer('observer', over)).rejects.toMatchObject({ code: 'OBSERVERS_NOT_NOW' });
    await expect(offer('child', over)).rejects.toMatchObject({ code: 'SCREENS_NOT_NOW' });
  });

  it('five wrong, used or expired codes from an address are followed by a pause, which is logged and does not touch others', async () => {
    const guesser = browser('127.0.0.2');
    const { code: expired } = await offer();
    clock.forward(300);
    const { code: used } = await offer();
    expect((await browser('127.0.0.3').pair(used)).status).toBe(200);
    for (const [typed, why] of [
      ['AAAA-2222', 'PAIRING_CODE_WRONG'],
      [expired, 'PAIRING_CODE_EXPIRED'],
      [used, 'PAIRING_CODE_USED'],
      ['AAAA-3333', 'PAIRING_CODE_WRONG'],
    ] as const) {
      expect(code((await guesser.pair(typed)).json)).toBe(why);
    }
    const fifth = await guesser.pair('AAAA-AAAA');
    expect(fifth).toMatchObject({ status: 429, json: { code: 'PAIRING_PAUSED', params: { seconds: 60 } } });
    const { code: good } = await offer();
    expect((await guesser.pair(good)).json).toMatchObject({ code: 'PAIRING_PAUSED' });
    // The right code is still good, elsewhere and afterwards.
    expect((await browser('127.0.0.3').pair(good)).status).toBe(200);
    clock.forward(60);
    expect((await guesser.pair((await offer()).code)).status).toBe(200);
    const paused = loggedRows(journey.folder).filter(({ action }) => action === 'pairing.paused');
    expect(paused).toHaveLength(1);
    expect(paused.map(({ bytes }) => bytes.toString()).join()).toContain('127.0.0.2');
    expect(journey.log.lines.join('\n')).not.toContain(good);
  });

  it('twenty from wherever are followed by a pause for all; connected screens do not notice', async () => {
    const screen = await paired();
    clock.forward(3601);
    let last = 0;
    for (let i = 0; i < 20; i++) last = (await browser(`127.0.1.${i + 1}`).pair('YYYY-YYYY')).status;
    expect(last).toBe(429);
    expect(code((await browser('127.0.9.9').pair((await offer()).code)).json)).toBe('PAIRING_PAUSED');
    expect((await screen.rpc('observers.watch', { interview: id })).status).toBe(200);
    clock.forward(3601);
  });

  it('an offer that is five minutes old has run out, and says so', async () => {
    const { code: typed } = await offer();
    clock.forward(300);
    expect(code((await browser().pair(typed)).json)).toBe('PAIRING_CODE_EXPIRED');
  });

  it('bent bodies are refused, and are no try', async () => {
    for (const body of [
      '',
      '{',
      '[]',
      '{"code":1,"label":null}',
      JSON.stringify({ code: 'x'.repeat(5000), label: null }),
    ]) {
      const answer = await browser('127.0.0.7').ask('/pair', { method: 'POST', body, headers: { 'x-birret': '1' } });
      expect(answer.status, body.slice(0, 20)).toBe(400);
    }
    const form = await browser().ask('/pair', { method: 'POST', body: 'code=AAAA', headers: {} });
    expect(form.status).toBe(400);
    expect((await browser('127.0.0.7').pair((await offer()).code)).status).toBe(200);
  });

  it('who asks without end is asked to wait', async () => {
    const busy = browser('127.0.0.8');
    const statuses: number[] = [];
    for (let i = 0; i < 260; i++) statuses.push((await busy.ask('/pair/station')).status);
    expect(statuses).toContain(429);
    expect((await browser('127.0.0.9').ask('/pair/station')).status).toBe(200);
  }, 60_000);
});

describe('every operation over the network', () => {
  it('nobody: none', async () => {
    for (const entry of table) {
      clock.forward(1);
      const answer = await browser('127.0.0.10').rpc(entry.name, {});
      expect({ status: answer.status, code: code(answer.json) }, entry.name).toEqual({
        status: 403,
        code: 'NOT_FROM_A_KNOWN_SCREEN',
      });
    }
  }, 60_000);

  it.each(ScreenKind.exclude(['desk', 'courtroom']).options)(
    '%s: its own purpose alone',
    async (kind) => {
      const screen = await paired(kind);
      // Even with a person's session beside it.
      screen.cookies.set(`__Host-birret-session-${port}`, journey.seats.administrator.token() ?? '');
      screen.cookies.set(`birret-session-${port}`, journey.seats.administrator.token() ?? '');
      const size = loggedRows(journey.folder).length;
      for (const { name, access } of table) {
        clock.forward(1);
        const { tie } = access;
        const tied = tie.to !== 'nothing' && tie.to !== 'own';
        const foreign = await screen.rpc(name, tied ? { [tie.by]: other, nonsense: true } : undefined);
        if (access.screens?.includes(kind) !== true) expect(code(foreign.json), name).toBe('ROLE_REFUSED');
        else if (tied) expect(code(foreign.json), name).toBe('TIE_REFUSED');
        else expect(foreign.status, name).toBe(200);
        expect(foreign.text).not.toContain(told.childSurname);
      }
      expect(loggedRows(journey.folder).length).toBe(size);
      expect((await screen.rpc('no.such')).status).toBe(404);
      expect((await screen.ask(`/preview/${id}/room.jpg`)).status).toBe(403);
      expect((await screen.ask(`/media/live/${other}/room/index.m3u8`)).status).toBe(403);
    },
    60_000,
  );
});

describe('what becomes of it', () => {
  it('a restart keeps the paired screens, and the door waits for the keys', async () => {
    const screen = await paired('observer');
    await journey.station.network.stop();
    await expect(screen.ask('/')).rejects.toThrow();
    await openToNetwork(journey.station, journey.log, outside);
    expect((await screen.rpc('observers.watch', { interview: id })).status).toBe(200);
  });

  it('turned off, it is closed; turned on again, its certificate and screens are the same', async () => {
    const screen = await paired();
    const { client: administrator } = journey.seats.administrator;
    const { settings, certificate } = await administrator.network.state();
    expect((await administrator.network.set({ ...settings, enabled: false })).door).toBe('off');
    await expect(screen.ask('/')).rejects.toThrow('ECONNREFUSED');
    const again = await administrator.network.set(settings);
    expect(again.certificate?.fingerprint).toEqual(certificate?.fingerprint);
    expect((await screen.rpc('observers.watch', { interview: id })).status).toBe(200);
  });

  it('a taken port and an address that is gone are said, and it comes back by itself', async () => {
    const { client: administrator } = journey.seats.administrator;
    const { settings } = await administrator.network.state();
    const squatter = createServer((socket) => socket.destroy());
    const taken = await freePort();
    await new Promise<void>((resolve) => squatter.listen(taken, '127.0.0.1', () => resolve()));
    const stuck = await administrator.network.set({ ...settings, port: taken });
    expect(stuck).toMatchObject({ door: 'trouble', problem: { code: 'NETWORK_PORT_TAKEN', params: { port: taken } } });
    expect(await administrator.network.check()).toMatchObject([{ answers: 'no' }, { answers: 'no' }]);
    expect(await offer()).toMatchObject({ network: 'trouble', addresses: [] });
    await new Promise<void>((resolve) => squatter.close(() => resolve()));
    await until('it answers', async () => (await administrator.network.state()).door === 'open');
    const gone = await administrator.network.set({ ...settings, listen: '192.0.2.77' });
    expect(gone).toMatchObject({ door: 'trouble', problem: { code: 'NETWORK_ADDRESS_NOT_THERE' } });
    await administrator.network.set(settings);
  });

  it('an address that is new is named by a new certificate, as soon as no screen would notice', async () => {
    const { client: administrator } = journey.seats.administrator;
    const { settings, certificate } = await administrator.network.state();
    const more = await administrator.network.set({ ...settings, names: [...settings.names, 'room-7.court.test'] });
    expect(more.certificate?.names).toContain('room-7.court.test');
    expect(more.certificate?.fingerprint.sha256).not.toBe(certificate?.fingerprint.sha256);
    // Sixty days before its end it is due; a connected screen is not asked to compare again in the middle of an interview.
    const screen = await paired();
    clock.forward(340 * 86_400);
    expect((await screen.rpc('observers.watch', { interview: id })).status).toBe(200);
    expect((await administrator.network.state()).certificate).toMatchObject({ due: true });
    clock.forward(10);
    const renewed = await administrator.network.state();
    expect(renewed.certificate?.due).toBe(false);
    expect(renewed.certificate?.fingerprint.sha256).not.toBe(more.certificate?.fingerprint.sha256);
    const asked = await administrator.network.renew();
    expect(asked.certificate?.fingerprint.sha256).not.toBe(renewed.certificate?.fingerprint.sha256);
    expect(loggedRows(journey.folder).at(-1)?.action).toBe('certificate.issued');
  });
});
