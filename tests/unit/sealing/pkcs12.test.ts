import { beforeAll, describe, expect, it } from 'vitest';
import { buildPkcs12, newEcKey, newRsaKey, openPkcs12 } from '../../../src/main/sealing/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { newStationKeys } from '../../support/stationKeys.ts';

type Keys = Awaited<ReturnType<typeof newStationKeys>>;

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return isRefusal(error) ? error.code : String(error);
  }
  return 'no refusal';
}

describe('PKCS#12 key files', () => {
  let keys: Keys;
  const password = 'kQ7 random-42';
  beforeAll(async () => {
    keys = await newStationKeys(new Date());
  });

  it('gives back key, certificate and chain, byte for byte', () => {
    const { certPem, privateKey } = keys.station;
    const file = buildPkcs12({ privateKey, certPem, chain: [keys.ca.certPem], password });
    expect(openPkcs12(file, password)).toEqual({ privateKeyPkcs8: privateKey, certPem, chain: [keys.ca.certPem] });
  });

  it('holds a key whose certificate has not been issued yet', () => {
    const { privateKey } = keys.station;
    const file = buildPkcs12({ privateKey, certPem: null, chain: [], password });
    expect(openPkcs12(file, password)).toEqual({ privateKeyPkcs8: privateKey, certPem: null, chain: [] });
  });

  it('tells a wrong password from a file that is none', () => {
    const file = buildPkcs12({ privateKey: keys.station.privateKey, certPem: null, chain: [], password });
    expect(codeOf(() => openPkcs12(file, 'wrong'))).toBe('PKCS12_WRONG_PASSWORD');
    expect(codeOf(() => openPkcs12(Buffer.from('not a file'), password))).toBe('PKCS12_MALFORMED');
    expect(codeOf(() => openPkcs12(file.subarray(0, file.length - 40), password))).toBe('PKCS12_MALFORMED');
    expect(codeOf(() => openPkcs12(Buffer.alloc(0), password))).toBe('PKCS12_MALFORMED');
  });

  it('takes no foreign certificate and no elliptic key', async () => {
    const other = await newRsaKey();
    const ec = await newEcKey();
    const { certPem } = keys.station;
    const build = (privateKey: Buffer) => () => buildPkcs12({ privateKey, certPem, chain: [], password });
    expect(codeOf(build(other.privateKeyPkcs8))).toBe('CERTIFICATE_REFUSED');
    expect(codeOf(build(ec.privateKeyPkcs8))).toBe('CERTIFICATE_REFUSED');
  });
});
