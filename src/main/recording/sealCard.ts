import type { SealCard } from '../../shared/contract/recording.ts';
import { Refusal } from '../../shared/errors.ts';
import { EvidenceRecord } from '../../shared/evidence/record.ts';
import type { ExhibitRow } from './exhibitRows.ts';

/** What the officer is shown after the seal: the facts a receipt would state. @throws Refusal EXHIBIT_WRONG_STATE */
export function sealCard(row: ExhibitRow): SealCard {
  if (row.record === null || row.recordSha256 === null || row.sealedAt === null || row.sealCheckpoint === null) {
    throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit: row.number, state: row.state });
  }
  const record = EvidenceRecord.parse(JSON.parse(Buffer.from(row.record).toString('utf8')));
  return {
    exhibit: row.number,
    sealedAt: row.sealedAt,
    sealMs: row.sealMs,
    recordSha256: row.recordSha256,
    durationMs: Date.parse(record.interview.ended_at) - Date.parse(record.interview.started_at),
    signers: record.signers.map(({ role, code }) => ({ role, code })),
    checkpoint: row.sealCheckpoint,
    copies: record.targets.written,
    disks: record.targets.disks ?? null,
    recovered: record.recovered !== null,
  };
}
