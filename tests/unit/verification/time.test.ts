import { describe, expect, it } from 'vitest';
import type { TimestampVerdict } from '../../../src/main/sealing/index.ts';
import { checkOrder } from '../../../src/main/verification/checks/time.ts';
import type { EvidenceRecord } from '../../../src/shared/evidence/record.ts';

const sealedAt = '2026-11-21T10:14:03.500Z';
const record = (anchor: string | null = null, offset: number | null = null): EvidenceRecord =>
  ({
    interview: { sealed_at: sealedAt },
    clock: { offset_ms: offset },
    anchor: anchor === null ? null : { time: anchor },
  }) as unknown as EvidenceRecord;
const token = (time: string, accuracyMs: number | null = null, valid = true) => ({
  name: 'x',
  verdict: { valid, time: new Date(time), accuracyMs } as unknown as TimestampVerdict,
});
const code = (...args: Parameters<typeof checkOrder>): string => {
  const finding = checkOrder(...args);
  return finding.status === 'fail' ? (finding.reasons[0]?.code ?? '') : finding.status;
};

describe('the time of sealing', () => {
  it('is not compared with nothing', () => {
    expect(code(record(), [])).toBe('not-checked');
    expect(code(record(), [{ name: 'x', verdict: null }])).toBe('not-checked');
    expect(code(record(), [token('2026-11-21T10:00:00Z', null, false)])).toBe('not-checked');
  });

  it('lies before each token, which has whole seconds and an accuracy of its own', () => {
    expect(code(record(), [token('2026-11-21T10:14:03Z')])).toBe('pass');
    expect(code(record(), [token('2026-11-21T10:14:02Z')])).toBe('seal-after-token');
    expect(code(record(), [token('2026-11-21T10:14:02Z', 600)])).toBe('pass');
    expect(code(record(), [token('2026-11-21T10:20:00Z'), token('2026-11-21T10:00:00Z')])).toBe('seal-after-token');
  });

  it('lies after the anchor', () => {
    expect(code(record('2026-11-21T06:00:00.000Z'), [])).toBe('pass');
    expect(code(record('2026-11-21T12:00:00.000Z'), [])).toBe('seal-before-anchor');
  });

  it('is corrected by the measured offset of the clock', () => {
    expect(code(record(null, -60_000), [token('2026-11-21T10:13:10Z')])).toBe('pass');
    expect(code(record(null, 60_000), [token('2026-11-21T10:14:10Z')])).toBe('seal-after-token');
  });
});
