import { EvidencePreparation } from '../../shared/evidence/preparation.ts';
import type { RightRead } from './data.ts';

/** What the preparation says of rights, warnings and reminders; `who` says a participant's code in words. Nothing where it is none. */
export function rightsOf(preparation: Uint8Array | null, who: (code: string) => string): RightRead[] {
  if (preparation === null) return [];
  const parsed = EvidencePreparation.safeParse(jsonOf(preparation));
  if (!parsed.success) return [];
  return parsed.data.readings.flatMap(({ what, text, answer }): RightRead[] => {
    if (what === 'opening' || answer === null) return [];
    const by = answer.read_by === null ? null : who(answer.read_by);
    return [{ words: text, by, skipped: answer.state === 'skipped' ? (answer.words ?? '') : null }];
  });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // What is not JSON is no preparation of ours.
    return null;
  }
}
