import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';

/** All of `record.json` but the name of its format. */
export type RecordInput = Omit<EvidenceRecord, 'format'>;

/**
 * The statement that is signed (EVIDENCE-FORMAT §2) and its bytes: text brought to NFC, shape checked, and the rules
 * that cross its fields; written as RFC 8785. Pure. RECORD_INVALID with `where` (a path) and `reason` otherwise.
 */
export function buildRecord(input: RecordInput): { record: EvidenceRecord; bytes: Buffer } {
  const parsed = EvidenceRecord.safeParse(normalized({ format: 'birret-record/1', ...input }));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(issue?.path.join('.') ?? '', issue?.code ?? '', parsed.error);
  }
  const record = parsed.data;
  const broken = brokenRule(record);
  if (broken !== null) throw invalid(broken.where, broken.reason);
  try {
    return { record, bytes: Buffer.from(canonicalBytes(record)) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw invalid(String(error.params['where'] ?? ''), String(error.params['reason'] ?? error.code), error);
  }
}

function invalid(where: string, reason: string, cause?: unknown): Refusal {
  return new Refusal('RECORD_INVALID', { where, reason }, { cause });
}

/** People type й as one letter or as two; the evidence knows one spelling. */
function normalized(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(normalized);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalized(inner)]));
}

interface BrokenRule {
  readonly where: string;
  readonly reason: string;
}

/** The rules that no single field can show. */
function brokenRule(record: EvidenceRecord): BrokenRule | null {
  const { started_at, ended_at, sealed_at } = record.interview;
  if (ended_at < started_at) return { where: 'interview.ended_at', reason: 'before started_at' };
  if (sealed_at < ended_at) return { where: 'interview.sealed_at', reason: 'before ended_at' };
  const files = record.tracks.flatMap((track) => track.parts.map((part) => part.file));
  return (
    repeated(
      'tracks.id',
      record.tracks.map((track) => track.id),
    ) ??
    repeated('tracks.parts.file', files) ??
    repeated(
      'roster.code',
      record.roster.map((person) => `${person.code}/${person.place}/${person.entered_ms}`),
    ) ??
    repeated(
      'signers.file',
      record.signers.map((signer) => signer.file),
    ) ??
    repeated(
      'attachments.file',
      record.attachments.map((attachment) => attachment.file),
    ) ??
    trackRule(record) ??
    signerRule(record)
  );
}

/** Names that differ only in case would clash on some disks (EVIDENCE-FORMAT §6). */
function repeated(where: string, values: readonly string[]): BrokenRule | null {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value.toLowerCase())) return { where, reason: `${value} twice` };
    seen.add(value.toLowerCase());
  }
  return null;
}

function trackRule(record: EvidenceRecord): BrokenRule | null {
  for (const track of record.tracks) {
    if (track.parts.length === 0 && track.gaps.length === 0) {
      return { where: `tracks.${track.id}.parts`, reason: 'nothing recorded and no gap that says so' };
    }
    for (const gap of track.gaps) {
      if (gap.to_ms < gap.from_ms) return { where: `tracks.${track.id}.gaps`, reason: 'ends before it begins' };
    }
    for (const part of track.parts) {
      if (!part.file.startsWith('tracks/')) return { where: part.file, reason: 'not under tracks/' };
    }
  }
  return null;
}

function signerRule(record: EvidenceRecord): BrokenRule | null {
  if (record.signers.filter((signer) => signer.role === 'station').length !== 1) {
    return { where: 'signers', reason: 'exactly one station signs' };
  }
  for (const signer of record.signers) {
    const due = signer.role === 'station' ? 'station' : signer.code;
    if (signer.file !== `signatures/record.json.${due}.p7s`)
      return { where: signer.file, reason: 'name of another signer' };
  }
  return null;
}
