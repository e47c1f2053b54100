import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOfficerCertificate } from '../../../src/main/sealing/index.ts';
import { formatReport, type VerifyOptions, verifyBag } from '../../../src/main/verification/index.ts';
import type { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { hasCommand, opensslOk } from '../../support/openssl.ts';
import { newOpensslTsa, type OpensslTsa } from '../../support/opensslTsa.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';
import { newStationKeys } from '../../support/stationKeys.ts';
import { type BagFiles, bytes, changed, filesOf, relisted, sourceOf } from './alteredBag.ts';

const STATION = 'data/signatures/record.json.station.p7s';

let folder: string;
const bags: SampleBag[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-outside-'));
});
afterAll(async () => {
  for (const { exhibit } of bags) exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});

const verdict = (files: BagFiles, options: VerifyOptions): Promise<VerificationResult> =>
  verifyBag(sourceOf(files), options);
const notPassed = ({ checks }: VerificationResult): string[] =>
  checks
    .filter(({ mandatory, status }) => mandatory && status !== 'pass')
    .map(({ name, status, reason }) => `${name} ${status} ${reason.code}`);

describe.skipIf(!hasCommand('openssl'))('an officer with a certificate of an outside authority (needs openssl)', () => {
  let files: BagFiles;
  let bag: SampleBag;
  let outsideRoot: string;
  const OPEN = [
    'bag.handover not-checked outside-authority',
    'signature.record.json.inv-01.p7s.trusted not-checked outside-authority',
  ];

  beforeAll(async () => {
    const at = (name: string) => join(folder, name);
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-sha256'];
    opensslOk(
      'req',
      '-x509',
      ...ec,
      '-subj',
      '/CN=Outside',
      '-days',
      '900',
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.pem'),
    );
    opensslOk(
      ...['req', '-x509', ...ec, '-subj', '/CN=Officer', '-days', '800', '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'keyUsage=critical,digitalSignature'],
      ...['-keyout', at('officer.key'), '-out', at('officer.pem')],
    );
    opensslOk(
      ...['pkcs12', '-export', '-inkey', at('officer.key'), '-in', at('officer.pem'), '-certfile', at('ca.pem')],
      ...['-passout', 'pass:secret', '-out', at('officer.p12')],
    );
    // The certificate begins now, and so must what it signs.
    const started = new Date(Date.now() + 60_000);
    const own = openOfficerCertificate(await readFile(at('officer.p12')), 'secret', started);
    const keys = await newStationKeys(new Date(started.getTime() - 20 * 86_400_000));
    const officer = { certPem: own.certificate.pem, privateKey: Buffer.from(own.privateKeyPkcs8) };
    bag = await sampleBag(folder, { given: { keys: { ...keys, officer } }, started, bagged: started });
    bags.push(bag);
    files = await filesOf(bag.path);
    outsideRoot = await readFile(at('ca.pem'), 'utf8');
  });

  it('is not checked without the authority’s root, which leaves authenticity open and says what to do', async () => {
    const result = await verdict(files, { trust: [bag.rootPem] });
    expect(notPassed(result)).toEqual(OPEN);
    expect(result).toMatchObject({ exitStatus: 3, outcome: 'unestablished' });
    expect(formatReport(result, 'en')).toContain('Give the authority’s root with --trust');
  });

  it('is trusted with that root beside the station’s', async () => {
    const result = await verdict(files, { trust: [bag.rootPem, outsideRoot] });
    expect(notPassed(result)).toEqual([]);
    expect(result.exitStatus).toBe(0);
  });

  it('opens nothing for a station: its own signature still has to lead to its root', async () => {
    const result = await verdict(files, { trust: [outsideRoot] });
    expect(notPassed(result)).toEqual(['signature.record.json.station.p7s.trusted fail foreign-signer']);
    expect(result.exitStatus).toBe(1);
  });

  it('has failed, and is no open question, when another certificate signed than the record names', async () => {
    const { keys } = bag.exhibit;
    const other = await newStationKeys(new Date(Date.now() - 86_400_000));
    const inside = await mkdtemp(join(folder, 'other-'));
    const foreign = await sampleBag(inside, { given: { keys: { ...keys, officer: other.officer } } });
    bags.push(foreign);
    const altered = changed(files, {
      'data/signatures/record.json.inv-01.p7s': bytes(
        await filesOf(foreign.path),
        'data/signatures/record.json.inv-01.p7s',
      ),
    });
    const result = await verdict(relisted(altered, bag), { trust: [bag.rootPem] });
    expect(notPassed(result)).toEqual(
      expect.arrayContaining([
        'signature.record.json.inv-01.p7s.valid fail signature-invalid',
        'signature.record.json.inv-01.p7s.trusted fail foreign-signer',
      ]),
    );
  });
});

describe.skipIf(!hasCommand('openssl'))('a time-stamp that the log tells of (needs openssl)', () => {
  let tsa: OpensslTsa;
  let tsaRoot: string;
  let bag: SampleBag;
  let files: BagFiles;

  beforeAll(async () => {
    const inside = await mkdtemp(join(folder, 'stamped-'));
    tsa = await newOpensslTsa(inside);
    tsaRoot = await readFile(tsa.rootPath, 'utf8');
    bag = await sampleBag(inside, { tsa });
    bags.push(bag);
    files = await filesOf(bag.path);
  });
  const named = () => ({ trust: [bag.rootPem], tsaTrust: [tsaRoot] });
  const again = async (path: string): Promise<Buffer> => {
    const inside = join(folder, 'again');
    await mkdir(inside, { recursive: true });
    await writeFile(join(inside, 'data'), bytes(files, path));
    return readFile(tsa.stamp(join(inside, 'data')));
  };

  it('passes when it is that one', async () => {
    const result = await verdict(files, named());
    expect(notPassed(result)).toEqual([]);
    expect(result.checks.filter(({ name, status }) => name.startsWith('time.') && status === 'pass').length).toBe(4);
  });

  it.each([
    ['time.record.json.station.p7s', STATION],
    ['time.seal.checkpoint', 'data/custody/seal.checkpoint'],
  ])('fails %s when a later one of the same authority, right in itself, is in its place', async (name, path) => {
    const altered = relisted(changed(files, { [`${path}.tsr`]: await again(path) }), bag);
    const { checks } = await verdict(altered, named());
    expect(checks.find((check) => check.name === name)).toMatchObject({
      status: 'fail',
      reason: { code: 'token-not-logged' },
    });
    const others = checks.filter((check) => check.name.startsWith('time.record') && check.name !== name);
    expect(others.every(({ status }) => status === 'pass')).toBe(true);
  });
});
