import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { Sha256Hex } from '../../shared/evidence/record.ts';
import type { BagCheck, VerificationResult } from '../../shared/evidence/verification.ts';
import type { CustodyLog } from '../custody/index.ts';
import { sha256File } from '../vault/index.ts';
import { type StoredExhibit, signaturesValid } from './storedExhibit.ts';

const Sealed = z.looseObject({
  record_sha256: Sha256Hex,
  stored: z.array(
    z.looseObject({ target: z.number().int(), file: z.string(), bytes: z.number().int(), sha256: Sha256Hex }),
  ),
});

/** Reads every second of the exhibit on one target; `false` where one is not what was sealed. */
export type ReadThrough = (
  folder: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
) => Promise<Map<string, boolean>>;

export interface VerifyStoredInput {
  readonly log: CustodyLog;
  readonly stored: StoredExhibit;
  readonly readThrough: ReadThrough;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/**
 * Verifies a sealed exhibit where it lies, on every target: the record against its digest, signatures and the log's
 * `exhibit.sealed`; the age files against the digests in that event; and every segment, decrypted, against the signed
 * Merkle roots. The same names as the verifier of bags, with `stored.<n>` for the files of target n.
 */
export async function verifyStored(input: VerifyStoredInput): Promise<VerificationResult> {
  const { stored, signal } = input;
  const checks: BagCheck[] = [];
  const check = (name: string, ok: boolean) => checks.push(finding(name, ok));

  const sealed = sealedEvent(input);
  const digest = createHash('sha256').update(stored.record).digest('hex');
  check('record.canonical', digest === stored.recordSha256);
  check('custody.seal-binding', sealed !== null && sealed.record_sha256 === digest);
  check('signature.valid', await signaturesValid(stored.record, stored.folders));

  const totalBytes = 2 * stored.folders.length * Math.max(1, bytesOf(stored));
  let read = 0;
  const onBytes = (bytes: number) => {
    read += bytes;
    input.onProgress(Math.min(0.99, read / totalBytes));
  };
  for (const [index, folder] of stored.allFolders.entries()) {
    const absent = !stored.folders.includes(folder);
    if (absent || !holdsWhole(input, sealed, index)) {
      const reason = { code: absent ? 'target-absent' : 'target-not-level', params: {} } as const;
      checks.push({ name: `stored.${index + 1}`, status: 'not-checked', mandatory: false, reason, details: [] });
      continue;
    }
    signal.throwIfAborted();
    check(`stored.${index + 1}`, await storedFilesMatch(sealed, folder, onBytes, signal));
    for (const [track, whole] of await input.readThrough(folder, onBytes, signal)) {
      check(`track.${track}.segments.${index + 1}`, whole);
    }
  }
  return result(input, checks);
}

function sealedEvent({ log, stored }: VerifyStoredInput): z.infer<typeof Sealed> | null {
  const subject = { type: 'exhibit', id: stored.number } as const;
  const action = stored.origin === 'here' ? 'exhibit.sealed' : 'bag.imported';
  const event = log.eventsOf(subject).findLast((one) => one.event.action === action);
  const parsed = Sealed.safeParse(event?.event.details);
  return parsed.success ? parsed.data : null;
}

/** The age files of the exhibit, as every target holds them: the same bytes on each. */
const filesOf = (sealed: z.infer<typeof Sealed> | null) => [
  ...new Map(sealed?.stored.map((one) => [one.file, one])).values(),
];

/** Whether target `index` held every file at the seal, or was brought level since. Without a seal's event it is checked, and fails. */
function holdsWhole({ log, stored }: VerifyStoredInput, sealed: z.infer<typeof Sealed> | null, index: number): boolean {
  if (sealed === null) return true;
  const held = new Set(sealed.stored.filter(({ target }) => target === index).map(({ file }) => file));
  if (filesOf(sealed).every(({ file }) => held.has(file))) return true;
  return log
    .eventsOf({ type: 'exhibit', id: stored.number })
    .some(({ event }) => event.action === 'exhibit.levelled' && event.details['target'] === index);
}

async function storedFilesMatch(
  sealed: z.infer<typeof Sealed> | null,
  folder: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const files = filesOf(sealed);
  if (files.length === 0) return false;
  for (const file of files) {
    signal.throwIfAborted();
    const found = await sha256File(join(folder, file.file)).catch(() => null);
    onBytes(file.bytes);
    if (found === null || found.sha256 !== file.sha256) return false;
  }
  return true;
}

const bytesOf = (stored: StoredExhibit) =>
  stored.statement.tracks.reduce((sum, track) => sum + track.parts.reduce((inner, part) => inner + part.bytes, 0), 0);

function finding(name: string, ok: boolean): BagCheck {
  return {
    name,
    status: ok ? 'pass' : 'fail',
    mandatory: true,
    reason: { code: ok ? 'ok' : 'digest-differs', params: {} },
    details: [],
  };
}

function result({ stored }: VerifyStoredInput, checks: BagCheck[]): VerificationResult {
  const failed = checks.filter((one) => one.status === 'fail').length;
  const { statement } = stored;
  if (checks.length === 0)
    throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit: stored.number, state: 'nothing-to-check' });
  return {
    format: 'birret-verification/1',
    outcome: failed > 0 ? 'failed' : 'trusted',
    exitStatus: failed > 0 ? 1 : 0,
    checks,
    summary: {
      exhibit: stored.number,
      case_number: statement.case.number,
      court: statement.case.court,
      recorded_from: statement.interview.started_at,
      recorded_until: statement.interview.ended_at,
      sealed_at: statement.interview.sealed_at,
      signers: statement.signers.map(({ role, code }) => ({ role, code, subject: null })),
      simulated: statement.tracks.some((track) => track.source.simulated),
      recovered: statement.recovered !== null,
      tracks: statement.tracks.length,
      events: 0,
      passed: checks.filter((one) => one.status === 'pass').length,
      failed,
      not_checked: checks.filter((one) => one.status === 'not-checked').length,
      remarks: ['no-outside-time', 'no-witness'],
    },
  };
}
