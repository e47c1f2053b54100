import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '../../../shared/errors.ts';
import type { SegmentLine } from '../../../shared/evidence/record.ts';
import { type CrashedPart, openCrashedPart, partNames } from '../../vault/index.ts';
import { FragmentReader } from '../media/fragmentReader.ts';
import type { InitSection } from '../media/initSection.ts';
import { type Segment, Segmenter } from '../media/segmenter.ts';
import { partFiles } from '../writing/partNumber.ts';

/** What a part holds up to its last whole fragment, on the target that holds most of it. */
export interface ReadPart {
  readonly part: string;
  readonly init: InitSection;
  readonly lines: readonly SegmentLine[];
  /** Bytes up to the end of the last whole fragment, and their digest. */
  readonly bytes: number;
  readonly sha256: string;
  /** The part was still being written when the crash came: its tail files are there. */
  readonly unfinished: boolean;
  /** The first `bytes` bytes again, in pieces. */
  stream(): AsyncIterable<Buffer>;
}

/**
 * Reads a part on each of the `tracks` folders and gives the longest; null when no whole fragment stands anywhere.
 * Throws what `openCrashedPart` throws, except for a target that does not have the file.
 */
export async function readPart(folders: readonly string[], part: string, identity: string): Promise<ReadPart | null> {
  const { media } = partFiles(part);
  let best: CrashedPart | null = null;
  let unfinished = false;
  for (const folder of folders) {
    if (!existsSync(join(folder, partNames(media).main))) continue;
    const found = await openCrashedPart(folder, media, identity);
    unfinished ||= partNames(media).tails.some((tail) => existsSync(join(folder, tail)));
    if (best === null || found.plainBytes > best.plainBytes) best = found;
  }
  if (best === null) return null;
  const source = best;
  const scanned = await scan(source.stream());
  if (scanned === null) return null;
  const { init, lines, bytes, sha256 } = scanned;
  return { part, init, lines, bytes, sha256, unfinished, stream: () => first(source.stream(), bytes) };
}

/** Segments of a stream that was cut off anywhere, up to the last whole fragment; null without one. */
export async function scan(
  stream: AsyncIterable<Buffer>,
): Promise<{ init: InitSection; lines: SegmentLine[]; bytes: number; sha256: string } | null> {
  const reader = new FragmentReader();
  const hash = createHash('sha256');
  const lines: SegmentLine[] = [];
  let segmenter: Segmenter | null = null;
  let bytes = 0;
  const take = (segment: Segment | null): void => {
    if (segment !== null) lines.push(segment.line);
  };
  const keep = (piece: Buffer): void => {
    hash.update(piece);
    bytes += piece.length;
  };
  try {
    for await (const chunk of stream) {
      for (const piece of reader.push(chunk)) {
        if (piece.type === 'init') {
          segmenter = new Segmenter(piece.init);
          keep(piece.init.bytes);
          take(segmenter.begin());
        } else {
          keep(piece.fragment.bytes);
          take(segmenter?.add(piece.fragment) ?? null);
        }
      }
    }
  } catch (error) {
    // What comes after the last whole fragment need not make sense.
    if (!isRefusal(error, 'SOURCE_STREAM_DAMAGED')) throw error;
  }
  take(segmenter?.end() ?? null);
  const { init } = reader;
  return init === null || lines.length < 2 ? null : { init, lines, bytes, sha256: hash.digest('hex') };
}

async function* first(stream: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer, void> {
  let left = bytes;
  for await (const piece of stream) {
    if (left <= 0) return;
    yield piece.subarray(0, left);
    left -= piece.length;
  }
}
