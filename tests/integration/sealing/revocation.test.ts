import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkTrust, readableLists, readCertificate, readRevocationList } from '../../../src/main/sealing/index.ts';
import { hasCommand, opensslOk } from '../../support/openssl.ts';

const CONFIG = `
[ca]
default_ca = here
[here]
database = FOLDER/index.txt
crlnumber = FOLDER/crlnumber
default_md = sha256
default_crl_days = 30
`;

describe.skipIf(!hasCommand('openssl'))('a list of revoked certificates by openssl', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  const file = (name: string) => readFile(at(name), 'utf8');
  const REVOKED = new Date('2026-06-01T12:00:00.000Z');
  let lists: { own: Buffer; pem: Buffer; other: Buffer };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crl-'));
    await writeFile(at('ca.cnf'), CONFIG.replaceAll('FOLDER', folder));
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    // Two authorities of one name: the list of the one says nothing about the other's certificates.
    for (const ca of ['ca', 'other']) {
      opensslOk(
        ...[
          'req',
          '-x509',
          ...key,
          '-subj',
          '/CN=Authority',
          '-days',
          '3000',
          '-keyout',
          at(`${ca}.key`),
          '-out',
          at(`${ca}.pem`),
        ],
        ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
      );
    }
    opensslOk(
      ...['req', '-x509', ...key, '-subj', '/CN=Officer', '-days', '900', '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
      ...['-set_serial', '0x1234', '-addext', 'basicConstraints=critical,CA:FALSE'],
      ...['-keyout', at('officer.key'), '-out', at('officer.pem')],
    );
    await writeFile(at('index.txt'), 'R\t300101000000Z\t260601120000Z\t1234\tunknown\t/CN=Officer\n');
    const gencrl = (ca: string, out: string) =>
      opensslOk(
        ...[
          'ca',
          '-gencrl',
          '-config',
          at('ca.cnf'),
          '-cert',
          at(`${ca}.pem`),
          '-keyfile',
          at(`${ca}.key`),
          '-out',
          at(out),
        ],
      );
    await writeFile(at('crlnumber'), '01\n');
    gencrl('ca', 'own.crl');
    gencrl('other', 'other.crl');
    opensslOk('crl', '-in', at('own.crl'), '-outform', 'DER', '-out', at('own.der'));
    lists = {
      own: await readFile(at('own.der')),
      pem: await readFile(at('own.crl')),
      other: await readFile(at('other.crl')),
    };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const ask = async (files: readonly Uint8Array[], when: Date) => {
    const verdict = checkTrust({
      cert: readCertificate(await file('officer.pem')),
      chain: [],
      roots: [readCertificate(await file('ca.pem'))],
      at: when,
      policy: null,
      lists: readableLists(files),
    });
    // The certificates are of today; only what the list says is looked at.
    return { revoked: verdict.problems.some(({ code }) => code === 'revoked'), later: verdict.revokedLater };
  };
  const before = new Date('2026-05-31T00:00:00.000Z');
  const after = new Date('2026-06-02T00:00:00.000Z');

  it('is read from DER and PEM', () => {
    for (const bytes of [lists.own, lists.pem]) {
      expect([...readRevocationList(bytes).revoked]).toEqual([['1234', REVOKED]]);
    }
  });

  it('takes the certificate’s word away from then on, and is stated for what was signed before', async () => {
    for (const bytes of [lists.own, lists.pem]) {
      expect(await ask([bytes], after)).toEqual({ revoked: true, later: null });
      expect(await ask([bytes], REVOKED)).toEqual({ revoked: true, later: null });
      expect(await ask([bytes], before)).toEqual({ revoked: false, later: REVOKED });
    }
    expect(await ask([], after)).toEqual({ revoked: false, later: null });
  });

  it('says nothing where another has signed it, and a changed or broken one neither', async () => {
    expect(await ask([lists.other], after)).toEqual({ revoked: false, later: null });
    const changed = Buffer.from(lists.own);
    changed[changed.indexOf(Buffer.from('260601', 'latin1'))] = 0x33;
    expect(await ask([changed], after)).toEqual({ revoked: false, later: null });
    for (let at = 0; at < lists.own.length; at += 7) {
      expect(() => readableLists([lists.own.subarray(0, at)])).not.toThrow();
    }
  });
});
