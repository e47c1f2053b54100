import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalText } from '../../../shared/domain/canonical.ts';
import { isRefusal, Refusal } from '../../../shared/errors.ts';
import { parseHeads, parseVkey, rootAtSizes, verifyCheckpoint } from '../../custody/index.ts';
import { partFiles } from '../writing/partNumber.ts';
import type { ReadPart } from './readPart.ts';

/** The index of a part as it will stand: its lines as text, and the heads that were signed while it grew. */
export interface CheckedPart {
  readonly leaves: readonly Buffer[];
  readonly segments: string;
  readonly heads: string;
}

/**
 * Holds what was read of a part against what its recorder wrote down before the crash: every whole line of its segments
 * file has to be the line that its bytes give, every head that it signed has to be a head of the tree that they give. One
 * target that agrees is enough. `vkey` = the recorder's key of this recording, null when it is not known.
 * Throws RECOVERY_MISMATCH.
 */
export async function checkPart(
  folders: readonly string[],
  exhibit: string,
  vkey: string | null,
  read: ReadPart,
): Promise<CheckedPart> {
  const lines = read.lines.map((line) => canonicalText(line));
  const leaves = lines.map((line) => Buffer.from(line, 'utf8'));
  const files = partFiles(read.part);
  const segmentTexts = await textsOf(folders, files.segments);
  if (segmentTexts.length > 0 && !segmentTexts.some((text) => linesAgree(text, lines))) {
    throw new Refusal('RECOVERY_MISMATCH', { file: files.segments });
  }
  const found = await textsOf(folders, files.heads);
  const agreeing = found.map((text) => headsThatAgree(text, `${exhibit}/${read.part}`, vkey, leaves));
  const good = agreeing.filter((heads) => heads !== null).sort((a, b) => b.length - a.length)[0];
  if (found.length > 0 && good === undefined) throw new Refusal('RECOVERY_MISMATCH', { file: files.heads });
  return { leaves, segments: lines.map((line) => `${line}\n`).join(''), heads: (good ?? []).join('\n') };
}

/** The last line of a file may be cut off; the others have to be ours, and none may reach beyond what was found. */
function linesAgree(text: string, lines: readonly string[]): boolean {
  const standing = text.split('\n').slice(0, -1);
  // The last of our lines is the segment that was open when the crash came; nothing stands for it yet.
  return standing.length <= lines.length && standing.every((line, i) => line === lines[i]);
}

function headsThatAgree(
  text: string,
  origin: string,
  vkey: string | null,
  leaves: readonly Buffer[],
): readonly string[] | null {
  if (vkey === null) return [];
  try {
    const heads = parseHeads(text, { cutOff: true });
    const verified = heads.map((head) => verifyCheckpoint(head, origin, [parseVkey(vkey)]));
    const roots = rootAtSizes(
      leaves,
      verified.map(({ size }) => size),
    );
    return verified.every(({ size, root }) => roots.get(size)?.equals(root) === true) ? heads : null;
  } catch (error) {
    if (isRefusal(error, 'CHECKPOINT_MALFORMED') || isRefusal(error, 'CHECKPOINT_WRONG_KEY')) return null;
    throw error;
  }
}

async function textsOf(folders: readonly string[], name: string): Promise<string[]> {
  const texts: string[] = [];
  for (const folder of folders) {
    const text = await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text !== null) texts.push(beforeZeros(text));
  }
  return texts;
}

/**
 * After a power cut the sector of a last line that never came to the disk may read as zeros, while the next one, with the
 * line's end, stands. Nothing durable comes after such a hole, since every addition is synced before the next.
 */
function beforeZeros(text: string): string {
  const hole = text.indexOf('\0');
  return hole < 0 ? text : text.slice(0, hole);
}
