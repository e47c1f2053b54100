import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPkcs12, openPkcs12 } from '../../../src/main/sealing/index.ts';
import { hasCommand, openssl, opensslOk } from '../../support/openssl.ts';
import { newStationKeys, type SignerKeys } from '../../support/stationKeys.ts';

describe.skipIf(!hasCommand('openssl'))('PKCS#12, to and from openssl', () => {
  let folder = '';
  let keys: Awaited<ReturnType<typeof newStationKeys>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'p12-'));
    keys = await newStationKeys(new Date());
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('openssl opens ours, and finds AES-256', async () => {
    const { certPem, privateKey } = keys.station;
    const file = join(folder, 'ours.p12');
    await writeFile(file, buildPkcs12({ privateKey, certPem, chain: [keys.ca.certPem], password: 'secret-1' }));
    const { said } = openssl('pkcs12', '-in', file, '-passin', 'pass:secret-1', '-info', '-noenc');
    expect(said).toContain('AES-256-CBC');
    expect(said).toContain(certPem.split('\n')[1] ?? 'certificate');
    expect(openssl('pkcs12', '-in', file, '-passin', 'pass:wrong', '-noenc').status).not.toBe(0);
  });

  async function madeByOpenssl(
    name: string,
    signer: SignerKeys,
    password: string,
    ...options: string[]
  ): Promise<Buffer> {
    const at = (ending: string) => join(folder, `${name}.${ending}`);
    await writeFile(at('der'), signer.privateKey);
    await writeFile(at('pem'), signer.certPem);
    await writeFile(at('ca'), keys.ca.certPem);
    opensslOk('pkcs8', '-inform', 'DER', '-nocrypt', '-in', at('der'), '-out', at('key'));
    opensslOk(
      ...[
        'pkcs12',
        '-export',
        '-inkey',
        at('key'),
        '-in',
        at('pem'),
        '-certfile',
        at('ca'),
        '-passout',
        `pass:${password}`,
      ],
      ...['-out', at('p12'), ...options],
    );
    return readFile(at('p12'));
  }

  const legacy = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];
  it.each([
    ['of today', 'ascii 1', []],
    ['of today, with a password in Kazakh', 'Құпиясөз', []],
    ['with a SHA-1 MAC', 'Пароль', ['-macalg', 'sha1']],
    ['under triple DES', 'ascii 1', legacy],
    ['under triple DES, with a password in Russian', 'Пароль', legacy],
  ])('we open one %s', async (name, password, options) => {
    const file = await madeByOpenssl(name.replaceAll(/[ ,]+/g, '-'), keys.station, password, ...options);
    const opened = openPkcs12(file, password);
    expect(opened.privateKeyPkcs8.equals(keys.station.privateKey)).toBe(true);
    expect(opened.certPem).toBe(keys.station.certPem);
    expect(opened.chain).toEqual([keys.ca.certPem]);
    for (const wrong of ['other', 'Другой', '']) expect(() => openPkcs12(file, wrong)).toThrow(/PKCS12_WRONG_PASSWORD/);
  });

  it('we open one with an elliptic key', async () => {
    const opened = openPkcs12(await madeByOpenssl('elliptic', keys.officer, 'p'), 'p');
    expect(opened.certPem).toBe(keys.officer.certPem);
  });
});
