import type { EvidenceRecord } from '../../../shared/evidence/record.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { type ReadBag, recordOf } from '../bag.ts';
import { type Finding, failed, judged, notChecked } from '../checkBook.ts';
import { isPart } from '../readBag.ts';

/**
 * `record.canonical`: `record.json` is in its one writing (RFC 8785), of the right shape, and does not contradict itself; its
 * attachments have their digests, where they can be opened (not `closed`).
 */
export function checkCanonical(bag: ReadBag, closed: boolean = false): Finding {
  if ('problem' in bag.record) return judged([bag.record.problem]);
  const record = bag.record.value;
  const reasons: CheckReason[] = [];
  const shape = (where: string): void =>
    void reasons.push({ code: 'shape', params: { file: 'data/record.json', where } });
  const parts = record.tracks.flatMap((track) => track.parts.map((part) => part.file));
  // Only a recovery after a crash can seal a part that the recorder never closed.
  if (record.recovered === null && record.tracks.some((track) => track.parts.some((part) => part.end === 'crashed'))) {
    shape('recovered');
  }
  if (twice(record.tracks.map((track) => track.id))) shape('tracks.id');
  if (twice([...parts, ...record.signers.map((each) => each.file), ...record.attachments.map((each) => each.file)])) {
    shape('file');
  }
  if (parts.some((file) => !isPart(`data/${file}`))) shape('tracks.parts.file');
  if (record.signers.some((signer) => signer.file !== signatureFile(signer))) shape('signers.file');
  if (record.attachments.some(({ file }) => !file.startsWith('attachments/'))) shape('attachments.file');
  for (const { file, sha256 } of closed ? [] : record.attachments) {
    const found = bag.contents.files.get(`data/${file}`);
    if (found?.sha256 !== sha256) reasons.push({ code: 'digest-differs', params: { file: `data/${file}` } });
  }
  return judged(reasons, { exhibit: record.exhibit });
}

/** `record.signers-complete`: exactly the signatures that the record announces are there, the station's among them. */
export function checkSignersComplete(bag: ReadBag): Finding {
  const record = recordOf(bag);
  if (record === null) return notChecked('needs-other-check', { check: 'record.canonical' });
  const reasons: CheckReason[] = [];
  const announced = new Set(record.signers.map((signer) => `data/${signer.file}`));
  for (const file of announced) {
    if (!bag.contents.files.has(file)) reasons.push({ code: 'signer-missing', params: { file } });
  }
  for (const file of bag.contents.files.keys()) {
    if (/^data\/signatures\/.*\.p7s$/.test(file) && !announced.has(file)) {
      reasons.push({ code: 'signer-extra', params: { file } });
    }
  }
  if (record.signers.filter((signer) => signer.role === 'station').length !== 1) {
    reasons.push({ code: 'station-signer-missing', params: {} });
  }
  return judged(reasons, { signers: record.signers.length });
}

/** `record.practice`, of a bag from a practice station, whatever else is right with it. */
export function checkPractice(): Finding {
  return failed('practice');
}

/** Where the signature of a signer lies: no two can share one, and a code cannot pass for the station. */
function signatureFile({ role, code }: EvidenceRecord['signers'][number]): string {
  return `signatures/record.json.${role === 'station' ? 'station' : code}.p7s`;
}

function twice(values: readonly string[]): boolean {
  return new Set(values).size !== values.length;
}
