import { ExhibitSealedDetails } from '../../../shared/evidence/details.ts';
import type { EvidenceRecord } from '../../../shared/evidence/record.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { type ReadBag, recordOf } from '../bag.ts';
import { type Finding, failed, judged, notChecked } from '../checkBook.ts';
import { onlyEvent, type ReadEvents } from '../events.ts';

/**
 * `custody.seal-binding`: the `exhibit.sealed` event quotes this `record.json`, exactly the announced signatures with
 * their digests, and the stored age file of every part.
 */
export function checkSealBinding(bag: ReadBag, read: ReadEvents): Finding {
  if ('problem' in read) return judged([read.problem]);
  const record = recordOf(bag);
  if (record === null) return notChecked('needs-other-check', { check: 'record.canonical' });
  const sealed = onlyEvent(read.events, 'exhibit.sealed');
  if (sealed === null) return failed('event-missing', { action: 'exhibit.sealed' });
  const details = ExhibitSealedDetails.safeParse(sealed.event.details);
  if (!details.success) {
    const where = details.error.issues[0]?.path.map(String).join('.') ?? '';
    return failed('shape', { file: 'exhibit.sealed', where });
  }
  const reasons: CheckReason[] = [];
  if (details.data.record_sha256 !== bag.recordSha256) reasons.push({ code: 'seal-record-differs', params: {} });
  reasons.push(...signatureProblems(bag, record, details.data.p7s));
  for (const part of record.tracks.flatMap((track) => track.parts)) {
    const name = part.file.split('/').at(-1) ?? '';
    const kept = details.data.stored.some((each) => each.file.split('/').at(-1) === `${name}.age`);
    if (!kept) reasons.push({ code: 'seal-stored-missing', params: { file: part.file } });
  }
  return judged(reasons, { signatures: details.data.p7s.length, stored: details.data.stored.length });
}

function signatureProblems(
  bag: ReadBag,
  record: EvidenceRecord,
  quoted: readonly { file: string; sha256: string }[],
): CheckReason[] {
  const nameOf = (file: string): string => file.split('/').at(-1) ?? '';
  const announced = new Map(record.signers.map((signer) => [nameOf(signer.file), `data/${signer.file}`]));
  const reasons: CheckReason[] = [];
  const seen = new Set<string>();
  for (const { file, sha256 } of quoted) {
    const path = announced.get(nameOf(file));
    seen.add(nameOf(file));
    if (path === undefined || bag.contents.files.get(path)?.sha256 !== sha256) {
      reasons.push({
        code: 'seal-signature-differs',
        params: {
          file: nameOf(file)
            .replace(/[^\x20-\x7e]/g, '?')
            .slice(0, 100),
        },
      });
    }
  }
  for (const name of announced.keys()) {
    if (!seen.has(name)) reasons.push({ code: 'seal-signature-differs', params: { file: name } });
  }
  return reasons;
}
