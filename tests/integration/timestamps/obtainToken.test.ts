import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tokenFrom } from '../../../src/main/timestamps/obtainToken.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { hasCommand, openssl } from '../../support/openssl.ts';
import { TSA_POLICY } from '../../support/opensslTsa.ts';
import { newStationKeys } from '../../support/stationKeys.ts';
import { type TsaMode, TsaServer } from '../../support/tsaServer.ts';

const data = Buffer.from('the bytes of a signature');
const sha256 = createHash('sha256').update(data).digest();
const clock = { now: () => new Date(), monotonicNs: () => process.hrtime.bigint() };

describe.skipIf(!hasCommand('openssl'))('a token from an authority of openssl’s', () => {
  let folder = '';
  let server: TsaServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tsa-'));
    server = await TsaServer.start(folder);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    server.mode = 'good';
  });

  const needs = (more: { timeoutMs?: number; now?: Date } = {}) => ({
    clock: more.now === undefined ? clock : { ...clock, now: () => more.now ?? new Date() },
    fetch: (address: string, init: RequestInit) => fetch(address, init),
    nonce: () => randomBytes(16),
    timeoutMs: more.timeoutMs ?? 20_000,
  });
  const ask = (given: { policy?: string; rootPem?: string | null; address?: string } = {}, more = {}) =>
    tokenFrom(
      { address: server.address, policy: null, rootPem: server.rootPem, ...given },
      sha256,
      needs(more),
      new AbortController().signal,
    );
  const codeOf = async (given: Parameters<typeof ask>[0] = {}, more = {}): Promise<string> => {
    try {
      await ask(given, more);
      return 'ok';
    } catch (error) {
      if (isRefusal(error)) return error.code;
      throw error;
    }
  };

  it('is asked for as RFC 3161 says, and openssl agrees with what we keep', async () => {
    const before = server.requests.length;
    const token = await ask({ policy: TSA_POLICY.usual });
    expect(token).toMatchObject({ trusted: true, policy: TSA_POLICY.usual, signer: 'Test TSA', accuracyMs: 1500 });
    const request = server.requests[before];
    expect(request?.type).toBe('application/timestamp-query');
    const at = (name: string) => join(folder, `kept-${name}`);
    await writeFile(at('tsq'), request?.bytes ?? '');
    await writeFile(at('tsr'), token.tsr);
    await writeFile(at('data'), data);
    const said = openssl('ts', '-query', '-in', at('tsq'), '-text').said;
    expect(said).toContain('Hash Algorithm: sha256');
    expect(said).toContain(`Policy OID: ${TSA_POLICY.usual}`);
    expect(said).toMatch(/Nonce: 0x/);
    expect(said).toContain('Certificate required: yes');
    for (const what of [
      ['-data', at('data')],
      ['-queryfile', at('tsq')],
    ]) {
      const verified = openssl('ts', '-verify', ...what, '-in', at('tsr'), '-CAfile', server.tsa.rootPath);
      expect(verified.said).toContain('Verification: OK');
    }
  });

  it('is kept without a root, and then says so', async () => {
    expect(await ask({ rootPem: null })).toMatchObject({ trusted: null });
  });

  const modes: readonly (readonly [TsaMode, string])[] = [
    ['refusing', 'TSA_NOT_GRANTED'],
    ['wrong-imprint', 'TSA_WRONG_IMPRINT'],
    ['wrong-nonce', 'TSA_WRONG_NONCE'],
    ['rubbish', 'TSA_ANSWER_MALFORMED'],
    ['too-large', 'TSA_ANSWER_TOO_LARGE'],
    ['status', 'TSA_HTTP_STATUS'],
    ['redirect', 'TSA_HTTP_STATUS'],
    ['no-purpose', 'TSA_WRONG_CERTIFICATE'],
    ['purpose-not-critical', 'TSA_WRONG_CERTIFICATE'],
    ['two-purposes', 'TSA_WRONG_CERTIFICATE'],
  ];
  it.each(modes)('%s is refused with %s', async (mode, code) => {
    server.mode = mode;
    expect(await codeOf()).toBe(code);
  });

  it('under another policy than the configured one is refused', async () => {
    server.mode = 'wrong-policy';
    expect(await codeOf({ policy: TSA_POLICY.usual })).toBe('TSA_WRONG_POLICY');
    expect(await codeOf()).toBe('ok');
  });

  it('that does not come in time is not waited for', async () => {
    server.mode = 'slow';
    expect(await codeOf({}, { timeoutMs: 300 })).toBe('TSA_TOO_SLOW');
  });

  it('from nowhere, or from what is no address', async () => {
    expect(await codeOf({ address: 'http://127.0.0.1:9/' })).toBe('TSA_UNREACHABLE');
    for (const address of ['ftp://tsa.example/', 'tsa.example', 'http://user:secret@127.0.0.1/']) {
      expect(await codeOf({ address })).toBe('TSA_ADDRESS_INVALID');
    }
  });

  it('under another root, or hours from our clock, is refused', async () => {
    const { ca } = await newStationKeys(new Date());
    expect(await codeOf({ rootPem: ca.certPem })).toBe('TSA_NOT_TRUSTED');
    expect(await codeOf({}, { now: new Date(Date.now() + 2 * 3_600_000) })).toBe('TSA_WRONG_TIME');
  });
});
