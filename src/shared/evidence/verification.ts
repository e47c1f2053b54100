import { z } from 'zod';
import { reasonCodes } from './verificationReasons.ts';

/** What became of one check. *Not checked* always says why. */
export const CheckStatus = z.enum(['pass', 'fail', 'not-checked']);

/** Why a check ended as it did: a code of the closed list and what its sentence needs (`i18n/<lang>/verify.json`). */
export const CheckReason = z.strictObject({
  code: z.enum(reasonCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** One check of EVIDENCE-FORMAT §6, by name. `details` holds further findings of the same check, the first is `reason`. */
export const BagCheck = z.strictObject({
  name: z.string(),
  status: CheckStatus,
  mandatory: z.boolean(),
  reason: CheckReason,
  details: z.array(CheckReason),
});

/** `trusted`: everything mandatory passed. `unestablished`: nothing failed, something mandatory could not be checked. */
export const VerificationOutcome = z.enum(['trusted', 'unestablished', 'failed']);

/** What the bag says of itself, for the heading; null where it could not be read. Believe it only when the outcome allows. */
export const VerificationSummary = z.strictObject({
  exhibit: z.string().nullable(),
  case_number: z.string().nullable(),
  court: z.string().nullable(),
  recorded_from: z.string().nullable(),
  recorded_until: z.string().nullable(),
  sealed_at: z.string().nullable(),
  signers: z.array(z.strictObject({ role: z.string(), code: z.string(), subject: z.string().nullable() })),
  simulated: z.boolean(),
  recovered: z.boolean(),
  tracks: z.number().int(),
  events: z.number().int(),
  passed: z.number().int(),
  failed: z.number().int(),
  not_checked: z.number().int(),
  /** What the outcome still lacks and what an outside time-stamp or witness would add. */
  remarks: z.array(
    z.enum(['no-outside-time', 'no-witness', 'no-trust-given', 'no-time-trust-given', 'simulated', 'recovered']),
  ),
});

/** The whole result of `birret verify`; `exitStatus` as EVIDENCE-FORMAT §6 gives it. */
export const VerificationResult = z.strictObject({
  format: z.literal('birret-verification/1'),
  outcome: VerificationOutcome,
  exitStatus: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  checks: z.array(BagCheck),
  summary: VerificationSummary,
});

export type CheckStatus = z.infer<typeof CheckStatus>;
export type CheckReason = z.infer<typeof CheckReason>;
export type BagCheck = z.infer<typeof BagCheck>;
export type VerificationOutcome = z.infer<typeof VerificationOutcome>;
export type VerificationSummary = z.infer<typeof VerificationSummary>;
export type VerificationResult = z.infer<typeof VerificationResult>;
