import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  openPkcs12,
  readCertificate,
  signDetached,
  verifyDetached,
  verifyTimestamp,
} from '../../../src/main/sealing/index.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { newStationKeys } from '../../support/stationKeys.ts';

const NOW = new Date('2026-11-21T10:14:00.000Z');
const content = Buffer.from('content');

/** True if `act` returned, or refused in a way that we know. */
function known(act: () => unknown): boolean {
  try {
    act();
  } catch (error) {
    return isRefusal(error);
  }
  return true;
}

describe('bytes that nobody vouches for', () => {
  let p7s: Buffer = Buffer.alloc(0);
  beforeAll(async () => {
    const keys = await newStationKeys(NOW);
    p7s = signDetached({ content, ...keys.station, signingTime: NOW });
  });

  const bytes = fc.uint8Array({ maxLength: 300 });
  it('never throw out of a check, whatever they are', () => {
    fc.assert(
      fc.property(bytes, (garbage) => {
        expect(verifyDetached({ p7s: garbage, content }).valid).toBe(false);
        expect(verifyTimestamp({ tsr: garbage, data: content, chain: [], roots: [] }).valid).toBe(false);
        return known(() => readCertificate(garbage)) && known(() => openPkcs12(garbage, 'p'));
      }),
      { numRuns: 300 },
    );
  });

  it('make a signature fail wherever they replace a stretch of it', () => {
    const places = fc.nat({ max: p7s.length - 1 });
    fc.assert(
      fc.property(places, fc.uint8Array({ minLength: 1, maxLength: 40 }), (at, stretch) => {
        const changed = Buffer.from(p7s);
        changed.set(stretch.subarray(0, changed.length - at), at);
        fc.pre(!changed.equals(p7s));
        return !verifyDetached({ p7s: changed, content }).valid;
      }),
      { numRuns: 500 },
    );
  });
});
