import { z } from 'zod';
import { EvidenceRecord, ExhibitNumber, Id, Instant, RelativePath, Sha256Hex, Whole } from './record.ts';

/** `copies/<id>/copy.json`: what a derived copy was made of and how. Files are relative to the folder `copies/<id>/`. */
export const EvidenceCopy = z.strictObject({
  format: z.literal('birret-copy/1'),
  exhibit: ExhibitNumber,
  id: Id,
  record_sha256: Sha256Hex,
  kind: z.enum(['working', 'clip', 'redacted', 'picture-in-picture']),
  made_at: Instant,
  /** The maker's code; one of the signers. */
  made_by: Id,
  /** How long the copy plays. */
  duration_ms: Whole.nonnegative(),
  /**
   * Which masters, as the record names and digests them, and which of their time in ms from `interview.started_at`; a master
   * of which several stretches were taken stands there several times.
   */
  sources: z.array(z.strictObject({ file: RelativePath, sha256: Sha256Hex, from_ms: Whole, to_ms: Whole })).min(1),
  edits: z.array(z.record(z.string(), z.json())),
  tool: z.strictObject({ name: z.string(), version: z.string(), command: z.string().nullable() }),
  /** For whom it was made, in words; null for no one in particular. */
  recipient: z.string().nullable(),
  files: z
    .array(
      z.strictObject({ file: RelativePath, media_type: z.string(), bytes: Whole.nonnegative(), sha256: Sha256Hex }),
    )
    .min(1),
  signers: EvidenceRecord.shape.signers,
});
export type EvidenceCopy = z.infer<typeof EvidenceCopy>;
