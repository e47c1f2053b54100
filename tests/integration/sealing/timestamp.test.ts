import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificates, verifyTimestamp } from '../../../src/main/sealing/index.ts';
import { hasCommand } from '../../support/openssl.ts';
import { newOpensslTsa } from '../../support/opensslTsa.ts';
import { newStationKeys } from '../../support/stationKeys.ts';

describe.skipIf(!hasCommand('openssl'))('a time-stamp that openssl made', () => {
  let folder = '';
  const data = Buffer.from('the bytes of a signature');
  const made = new Map<string, { tsr: Buffer; root: string }>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tsa-'));
    for (const ess of ['sha1', 'sha256'] as const) {
      const tsa = await newOpensslTsa(folder, ess);
      const file = join(folder, `data-${ess}`);
      await writeFile(file, data);
      made.set(ess, { tsr: await readFile(tsa.stamp(file)), root: await readFile(tsa.rootPath, 'utf8') });
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const of = (ess: string) => made.get(ess) ?? { tsr: Buffer.alloc(0), root: '' };

  it.each(['sha1', 'sha256'])('is valid and trusted (signing-certificate by %s)', (ess) => {
    const { tsr, root } = of(ess);
    const verdict = verifyTimestamp({ tsr, data, chain: [], roots: readCertificates(root) });
    expect(verdict.problems).toEqual([]);
    expect(verdict.trust?.problems).toEqual([]);
    expect(verdict.trust?.trusted).toBe(true);
    expect(verdict.accuracyMs).toBe(1500);
    expect(Math.abs(Date.now() - (verdict.time?.getTime() ?? 0))).toBeLessThan(60_000);
  });

  it('is not valid for other bytes', () => {
    const { tsr, root } = of('sha256');
    const verdict = verifyTimestamp({ tsr, data: Buffer.from('other'), chain: [], roots: readCertificates(root) });
    expect(verdict.problems.map((problem) => problem.code)).toEqual(['imprint']);
  });

  it('is valid but not trusted under another root, the station’s included', async () => {
    const { ca } = await newStationKeys(new Date());
    const { tsr } = of('sha256');
    const verdict = verifyTimestamp({ tsr, data, chain: [], roots: readCertificates(ca.certPem) });
    expect(verdict.valid).toBe(true);
    expect(verdict.trust?.problems.map((problem) => problem.code)).toContain('no-path');
  });

  it('with one byte changed says nothing else that would be believed, and never throws', () => {
    const { tsr, root } = of('sha256');
    const roots = readCertificates(root);
    const whole = verifyTimestamp({ tsr, data, chain: [], roots });
    let refused = 0;
    for (let at = 0; at < tsr.length; at += 1) {
      const changed = Buffer.from(tsr);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      const verdict = verifyTimestamp({ tsr: changed, data, chain: [], roots });
      if (!verdict.valid || verdict.trust?.trusted !== true) refused += 1;
      // A handful of bytes around the token are under no signature: the status, a version number.
      else
        expect({ at, time: verdict.time, accuracy: verdict.accuracyMs }).toEqual({
          at,
          time: whole.time,
          accuracy: 1500,
        });
    }
    expect(refused).toBeGreaterThan(tsr.length - 12);
  });

  it('is refused when cut off', () => {
    const { tsr } = of('sha256');
    const verdict = verifyTimestamp({ tsr: tsr.subarray(0, 100), data, chain: [], roots: [] });
    expect(verdict.problems.map((problem) => problem.code)).toEqual(['malformed']);
  });
});
