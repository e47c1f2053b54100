import type { ProtocolDraft } from '../../shared/contract/protocol.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';

/** The longest account of chapters that a draft takes; a recording with more of them has its last ones under the one before. */
const CHAPTERS = 60;

/** What a draft begins as: a chapter of the account for each of the recording, everyone still to be asked for remarks. */
export function firstDraft(record: EvidenceRecord, people: readonly { readonly code: string }[]): ProtocolDraft {
  const chapters = record.timeline
    .filter(({ type }) => type === 'chapter')
    .map(({ at_ms, label }) => ({ atMs: Math.max(0, at_ms), phase: label.slice(0, 200), text: '' }))
    .slice(0, CHAPTERS);
  return {
    place: '',
    rights: '',
    account: chapters.length === 0 ? [{ atMs: 0, phase: '', text: '' }] : chapters,
    objects: '',
    remarks: people.slice(0, 60).map(({ code }) => ({ code, said: 'open', text: '' })),
    complete: null,
  };
}
