import { mkdtemp, open, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newIdentity } from '../../../src/main/vault/index.ts';
import { formatReport, openBag, type VerifyOptions, verifyBag } from '../../../src/main/verification/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { VerificationResult } from '../../../src/shared/evidence/verification.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';
import { newStationKeys } from '../../support/stationKeys.ts';

let folder: string;
let bag: SampleBag;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-verify-'));
  bag = await sampleBag(folder);
});
afterAll(async () => {
  bag.exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});

async function verify(path: string, options: VerifyOptions & { identity?: string } = {}): Promise<VerificationResult> {
  const source = await openBag(path, { identity: options.identity });
  try {
    return await verifyBag(source, options);
  } finally {
    await source.close();
  }
}
const failures = (result: VerificationResult) =>
  result.checks.filter((check) => check.status === 'fail').map((check) => `${check.name} ${check.reason.code}`);

describe('a bag as the writer makes it', () => {
  it('is trusted with the station’s root', async () => {
    const result = await verify(bag.path, { trust: [bag.rootPem] });
    expect(failures(result)).toEqual([]);
    expect(result.outcome).toBe('trusted');
    expect(result.exitStatus).toBe(0);
    expect(VerificationResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(result.checks.filter((check) => check.mandatory).every((check) => check.status === 'pass')).toBe(true);
    expect(result.summary.remarks).toEqual(['no-outside-time', 'no-witness', 'simulated']);
  });

  it('is not established without a root, and says which root it carries', async () => {
    const result = await verify(bag.path);
    expect(failures(result)).toEqual([]);
    expect(result.exitStatus).toBe(3);
    const trusted = result.checks.filter((check) => check.name.endsWith('.trusted'));
    expect(trusted.length).toBe(2);
    for (const check of trusted) {
      expect(check.status).toBe('not-checked');
      expect(check.reason.code).toBe('no-trust-given');
      expect(check.reason.params['roots']).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(result.summary.remarks).toContain('no-trust-given');
  });

  it('fails for somebody who trusts another station only', async () => {
    const other = await newStationKeys(new Date('2026-11-01T00:00:00.000Z'), 'Station 2');
    const result = await verify(bag.path, { trust: [other.ca.certPem] });
    expect(result.exitStatus).toBe(1);
    expect(failures(result)).toEqual([
      'bag.handover foreign-signer',
      'signature.record.json.station.p7s.trusted foreign-signer',
      'signature.record.json.inv-01.p7s.trusted foreign-signer',
    ]);
  });

  it('gives the same as a tar in an age file, read in place', async () => {
    const { identity, recipient } = await newIdentity();
    const inside = await mkdtemp(join(folder, 'age-'));
    const sealed = await sampleBag(inside, { recipient });
    sealed.exhibit.db.close();
    const result = await verify(sealed.path, { trust: [sealed.rootPem], identity });
    expect(failures(result)).toEqual([]);
    expect(result.exitStatus).toBe(0);
    const stranger = await newIdentity();
    await expect(verify(sealed.path)).rejects.toSatisfy((error) => isRefusal(error, 'BAG_ENCRYPTED'));
    await expect(verify(sealed.path, { identity: stranger.identity })).rejects.toSatisfy((error) =>
      isRefusal(error, 'AGE_WRONG_KEY'),
    );
    const handle = await open(sealed.path, 'r+');
    const middle = Math.floor((await handle.stat()).size / 2);
    await handle.write(Buffer.from('damaged'), 0, 7, middle);
    await handle.close();
    await expect(verify(sealed.path, { identity })).rejects.toSatisfy((error) => isRefusal(error, 'AGE_DAMAGED'));
    await truncate(sealed.path, middle);
    await expect(verify(sealed.path, { identity })).rejects.toSatisfy(
      (error) => isRefusal(error, 'AGE_TRUNCATED') || isRefusal(error, 'AGE_DAMAGED'),
    );
  });

  it('reports in words, in three languages', async () => {
    const result = await verify(bag.path, { trust: [bag.rootPem] });
    expect(formatReport(result, 'en')).toContain('This recording is exactly what was sealed');
    expect(formatReport(result, 'ru')).toContain('в точности');
    expect(formatReport(result, 'kk')).toContain('дәл өзі');
    for (const language of ['en', 'ru', 'kk'] as const) {
      const report = formatReport(result, language);
      for (const check of result.checks) expect(report).toContain(`(${check.name})`);
      expect(report).not.toContain('{{');
    }
  });

  it('tells how far it is, and stops when told to', async () => {
    const seen: number[] = [];
    await verify(bag.path, { onProgress: ({ bytes, totalBytes }) => seen.push(bytes / totalBytes) });
    expect(seen.at(-1)).toBe(1);
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(verify(bag.path, { signal: stop.signal })).rejects.toThrow('enough');
  });

  it.each(['nothing', 'ROOT.pem', 'vault'])('refuses what is no bag: %s', async (name) => {
    await expect(verify(join(folder, name))).rejects.toSatisfy((error) => isRefusal(error, 'BAG_UNREADABLE'));
  });

  it('refuses a root that is no certificate', async () => {
    await expect(verify(bag.path, { trust: ['hello'] })).rejects.toSatisfy((error) =>
      isRefusal(error, 'TRUST_ROOT_UNREADABLE'),
    );
  });
});
