import { z } from 'zod';
import { EvidenceRecord, ExhibitNumber, Instant, Sha256Hex, Whole } from './record.ts';

/**
 * `supplements/<n>.json`: a signed addition to a sealed exhibit (EVIDENCE-FORMAT §2). `n` counts from 1; `prev` is the
 * digest of the supplement before. Files are relative to the folder `supplements/`.
 */
export const EvidenceSupplement = z.strictObject({
  format: z.literal('birret-supplement/1'),
  exhibit: ExhibitNumber,
  n: Whole.positive(),
  record_sha256: Sha256Hex,
  prev: Sha256Hex.nullable(),
  at: Instant,
  attachments: EvidenceRecord.shape.attachments,
  signers: EvidenceRecord.shape.signers,
});
export type EvidenceSupplement = z.infer<typeof EvidenceSupplement>;
