import { z } from 'zod';
import { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import { EvidenceCopy } from '../../shared/evidence/copy.ts';
import { CustodyEvent } from '../../shared/evidence/event.ts';
import { EvidencePreparation } from '../../shared/evidence/preparation.ts';
import { EvidenceRecord, SegmentLine } from '../../shared/evidence/record.ts';
import { EvidenceSupplement } from '../../shared/evidence/supplement.ts';
import { VerificationResult } from '../../shared/evidence/verification.ts';

/** The documents of the format by the name of their schema file in `resources/schemas`. */
const documents = {
  'birret-record-1': { title: 'record.json', schema: EvidenceRecord },
  'birret-supplement-1': { title: 'supplements/<n>.json', schema: EvidenceSupplement },
  'birret-copy-1': { title: 'copies/<id>/copy.json', schema: EvidenceCopy },
  'birret-segment-line-1': { title: 'one line of <part>.segments.jsonl', schema: SegmentLine },
  'birret-event-1': { title: 'one event of the custody log', schema: CustodyEvent },
  'birret-jurisdiction-1': { title: 'a jurisdiction profile', schema: JurisdictionProfile },
  'birret-preparation-1': { title: 'attachments/preparation.json', schema: EvidencePreparation },
  'birret-verification-1': { title: 'result of birret verify --json', schema: VerificationResult },
} as const;

/** The published JSON Schemas (2020-12) as texts by file name, made from the types that the program itself parses with. */
export function evidenceSchemas(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [name, { title, schema }] of Object.entries(documents)) {
    const { $schema, ...rest } = z.toJSONSchema(schema);
    texts.set(`${name}.json`, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`);
  }
  return texts;
}
