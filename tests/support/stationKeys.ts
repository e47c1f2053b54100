import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueCertificate, newCertificateAuthority, newEcKey, newRsaKey } from '../../src/main/sealing/index.ts';
import { opensslOk } from './openssl.ts';

export interface SignerKeys {
  readonly certPem: string;
  readonly privateKey: Buffer;
}

/** A station's authority with its own signer and one officer, all new. `now` is the moment of issue. */
export async function newStationKeys(now: Date, name = 'Station 1') {
  const court = 'Almaty juvenile court';
  const ca = await newCertificateAuthority({ court, name, validYears: 20, now });
  const issue = async (kind: 'station' | 'officer', commonName: string, key = newRsaKey()): Promise<SignerKeys> => {
    const { publicKeySpki, privateKeyPkcs8 } = await key;
    const subject = { commonName, organization: court };
    const issued = { ca: ca.certPem, caKey: ca.privateKeyPkcs8, kind, subject, publicKeySpki, now, validYears: 3 };
    return { certPem: issueCertificate(issued), privateKey: privateKeyPkcs8 };
  };
  return {
    ca,
    station: await issue('station', 'st1'),
    officer: await issue('officer', 'inv-01', newEcKey()),
    issue,
  };
}

/** `count` self-signed authorities of one name and one key, so that each has issued every other. */
export async function crossSigned(count: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cross-'));
  try {
    const key = join(folder, 'key.pem');
    opensslOk('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', key);
    return Array.from({ length: count }, (_each, serial) =>
      opensslOk(
        'req',
        '-x509',
        '-key',
        key,
        '-subj',
        '/CN=Loop',
        '-days',
        '900',
        '-set_serial',
        `${serial + 1}`,
      ).toString(),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
