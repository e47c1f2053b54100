import { z } from 'zod';
import { Sha256Hex } from '../../../shared/evidence/record.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { type ReadBag, recordOf } from '../bag.ts';
import { type Finding, judged, notChecked } from '../checkBook.ts';
import type { ReadEvents } from '../events.ts';

const Kept = z.looseObject({ file: z.string(), sha256: Sha256Hex });
const Added = z.looseObject({
  n: z.int().positive(),
  supplement_sha256: Sha256Hex,
  p7s: z.array(z.looseObject({ file: z.string(), sha256: Sha256Hex })),
});

/**
 * `custody.additions`: the attachments of the record are those that the log says were kept and not removed, with their
 * digests, and the supplements are those that it says were added, each with its signatures. So the last supplement cannot
 * be left out unseen, nor an attachment changed before the seal by somebody who has the disk and the database.
 */
export function checkAdditions(bag: ReadBag, read: ReadEvents): Finding {
  if ('problem' in read) return judged([read.problem]);
  const record = recordOf(bag);
  if (record === null) return notChecked('needs-other-check', { check: 'record.canonical' });
  const kept = new Map<string, string>();
  const added = new Map<number, z.infer<typeof Added>>();
  for (const { event } of read.events) {
    if (event.action === 'attachment.kept' || event.action === 'attachment.removed') {
      const { file, sha256 } = Kept.parse(event.details);
      if (event.action === 'attachment.kept') kept.set(file, sha256);
      else kept.delete(file);
    }
    if (event.action === 'supplement.added') {
      const details = Added.parse(event.details);
      added.set(details.n, details);
    }
  }
  const reasons: CheckReason[] = [];
  for (const { file, sha256 } of record.attachments) {
    const told = kept.get(file);
    kept.delete(file);
    if (told === undefined) reasons.push({ code: 'addition-not-logged', params: { file } });
    else if (told !== sha256) reasons.push({ code: 'digest-differs', params: { file } });
  }
  for (const file of kept.keys()) reasons.push({ code: 'addition-missing', params: { file } });
  for (const n of bag.supplements.keys()) {
    if (!added.has(n)) reasons.push({ code: 'addition-not-logged', params: { file: `supplements/${n}.json` } });
  }
  for (const [n, { supplement_sha256, p7s }] of added) {
    for (const { file, sha256 } of [{ file: `${n}.json`, sha256: supplement_sha256 }, ...p7s]) {
      const path = `supplements/${file}`;
      const found = bag.contents.files.get(`data/${path}`);
      if (found === undefined) reasons.push({ code: 'addition-missing', params: { file: path } });
      else if (found.sha256 !== sha256) reasons.push({ code: 'digest-differs', params: { file: path } });
    }
  }
  if (reasons.length === 0 && record.attachments.length + added.size === 0)
    return { status: 'pass', code: 'none-present' };
  return judged(reasons, { attachments: record.attachments.length, supplements: added.size });
}
