import type { RecordPart, RecordTrack } from '../../../shared/evidence/record.ts';
import type { CheckReason } from '../../../shared/evidence/verification.ts';
import { MerkleTree } from '../../custody/index.ts';
import type { ReadBag } from '../bag.ts';
import { type Finding, judged } from '../checkBook.ts';
import { type ReadPart, segmentsFileOf } from '../readBag.ts';
import type { SegmentLines } from '../segmentLines.ts';

/** A hole larger than this is a gap (EVIDENCE-FORMAT §1). */
const HOLE_MS = 250;

/** `track.<id>.parts`: each part's file is there with the size and digest that the record signs. */
export function checkParts(bag: ReadBag, track: RecordTrack): Finding {
  const reasons: CheckReason[] = [];
  for (const part of track.parts) {
    const file = `data/${part.file}`;
    const found = bag.contents.files.get(file);
    if (found === undefined) reasons.push({ code: 'file-missing', params: { file } });
    else if (found.bytes !== part.bytes) reasons.push({ code: 'bytes-differ', params: { file } });
    else if (found.sha256 !== part.sha256) reasons.push({ code: 'digest-differs', params: { file } });
  }
  return judged(reasons, { parts: track.parts.length });
}

/**
 * `track.<id>.segments`: the lines cover the part exactly; each segment has its digest, is whole boxes
 * (`ftyp`+`moov`, then `moof`+`mdat` pairs) and starts where the media's own decode time says; no hole is passed over.
 */
export function checkSegments(bag: ReadBag, track: RecordTrack): Finding {
  const reasons: CheckReason[] = [];
  let segments = 0;
  for (const part of track.parts) {
    const file = `data/${part.file}`;
    const read = bag.contents.parts.get(file);
    const lines = linesOf(read, file);
    if ('problem' in lines) {
      reasons.push(lines.problem);
      continue;
    }
    segments += lines.lines.length - 1;
    reasons.push(...segmentProblems(file, lines, read), ...hiddenHoles(file, lines, part, track.gaps));
    const covered = lines.lines.reduce((sum, line) => sum + line.length, 0);
    if (covered !== bag.contents.files.get(file)?.bytes) {
      reasons.push({ code: 'segment-cover', params: { file: segmentsFileOf(file), line: lines.lines.length } });
    }
  }
  return judged(reasons, { segments });
}

function segmentProblems(file: string, { lines }: SegmentLines, read: ReadPart | undefined): CheckReason[] {
  const reasons: CheckReason[] = [];
  for (const [index, line] of lines.entries()) {
    const seen = read?.scanned?.[index];
    const params = { file, line: index + 1, at_ms: line.start_ms };
    if (seen === undefined) {
      reasons.push({ code: 'segment-cover', params: { file: segmentsFileOf(file), line: index + 1 } });
      break;
    }
    if (seen.sha256 !== line.sha256) reasons.push({ code: 'segment-digest', params });
    else if (!seen.whole) reasons.push({ code: 'media-structure', params });
    else if (seen.startMs !== line.start_ms) reasons.push({ code: 'segment-start', params });
  }
  return reasons;
}

/** A hole between two segments is a gap (EVIDENCE-FORMAT §1), and the record has to say so. */
function hiddenHoles(
  file: string,
  { lines }: SegmentLines,
  part: RecordPart,
  gaps: RecordTrack['gaps'],
): CheckReason[] {
  return lines.slice(1).flatMap((line, index, all): CheckReason[] => {
    const next = all[index + 1];
    const end = line.start_ms + line.duration_ms;
    if (next === undefined || next.start_ms - end <= HOLE_MS) return [];
    const [from_ms, to_ms] = [part.offset_ms + end, part.offset_ms + next.start_ms];
    const said = gaps.some((gap) => gap.from_ms <= from_ms && gap.to_ms >= to_ms);
    return said ? [] : [{ code: 'gap-undeclared', params: { file, from_ms, to_ms } }];
  });
}

/** `track.<id>.merkle`: the RFC 6962 tree over each part's lines has the root and the number of leaves that are signed. */
export function checkMerkle(bag: ReadBag, track: RecordTrack): Finding {
  const reasons: CheckReason[] = [];
  for (const part of track.parts) {
    const file = `data/${part.file}`;
    const lines = linesOf(bag.contents.parts.get(file), file);
    if ('problem' in lines) {
      reasons.push(lines.problem);
      continue;
    }
    if (lines.raw.length !== part.lines) {
      reasons.push({
        code: 'lines-differ',
        params: { file: segmentsFileOf(file), expected: part.lines, found: lines.raw.length },
      });
    }
    if (rootOf(lines) !== part.merkle_root)
      reasons.push({ code: 'merkle-differs', params: { file: segmentsFileOf(file) } });
  }
  return judged(reasons, { parts: track.parts.length });
}

function rootOf(lines: SegmentLines): string {
  const tree = new MerkleTree();
  for (const raw of lines.raw) tree.append(raw);
  return tree.root().toString('hex');
}

/** The lines of a part, or why there are none. */
export function linesOf(read: ReadPart | undefined, file: string): SegmentLines | { problem: CheckReason } {
  return read?.segments ?? { problem: { code: 'file-missing', params: { file: read ? segmentsFileOf(file) : file } } };
}

/** `tracks/room.2.mp4` → `room.2`: the part's name in the origin of its heads. */
export function partName(part: RecordPart): string {
  return (part.file.split('/').at(-1) ?? '').replace(/\.mp4$/, '');
}
