import { z } from 'zod';
import { Sha256Hex, Whole } from './record.ts';

/** What the verifier needs of `details` of `recording.started`: the key that signs the growing trees (EVIDENCE-FORMAT §1). */
export const RecordingStartedDetails = z.looseObject({ recorder_vkey: z.string() });

/** `details` of `exhibit.sealed` (EVIDENCE-FORMAT §4): `file`s of `p7s` as in the record, of `stored` by their own name. */
export const ExhibitSealedDetails = z.looseObject({
  record_sha256: Sha256Hex,
  p7s: z.array(z.strictObject({ file: z.string(), sha256: Sha256Hex })),
  stored: z.array(
    z.looseObject({
      target: z.union([z.string(), z.number()]),
      file: z.string(),
      bytes: Whole.nonnegative(),
      sha256: Sha256Hex,
    }),
  ),
});

/** `details` of `bag.exported`: digest of `custody/exported-manifest.txt`, and to whom. */
export const BagExportedDetails = z.looseObject({ manifest_sha256: Sha256Hex, recipient: z.string().nullable() });

/**
 * `details` of `log.continued`, the first event of a log that goes on from another (EVIDENCE-FORMAT §4): the last head of
 * the earlier log, the digest of the closing note's exact bytes, both verifier keys.
 */
export const LogContinuedDetails = z.looseObject({
  earlier: z.strictObject({
    origin: z.string(),
    size: Whole.nonnegative(),
    root: Sha256Hex,
    checkpoint_sha256: Sha256Hex,
    vkey: z.string(),
  }),
  vkey: z.string(),
});
export type LogContinued = z.infer<typeof LogContinuedDetails>;
