import { readFile } from 'node:fs/promises';
import { isRefusal } from '../../shared/errors.ts';
import { readCrashedAge } from './crashed.ts';
import { systemWord } from './fileSource.ts';
import { partNames } from './partNames.ts';
import { resolveInside } from './paths.ts';
import { decodeTail, type Tail } from './tail.ts';

/** What of a part can be read on one target after a crash. */
export interface CrashedPart {
  /** Plaintext bytes, from the start without a hole. */
  readonly plainBytes: number;
  /** How many of them came out of a tail file. */
  readonly fromTail: number;
  /** All of them, in pieces. */
  stream(): AsyncIterable<Buffer>;
}

/**
 * Looks at a part that was not finished: every authentic chunk of its age file, then what the better of its two tails
 * adds. Each target is asked for itself; the caller takes the one that gives most. Throws `KEY_UNREADABLE`,
 * `AGE_WRONG_KEY`, `VAULT_FILE_UNREADABLE`, `PATH_OUTSIDE_FOLDER`.
 */
export async function openCrashedPart(folder: string, file: string, identity: string): Promise<CrashedPart> {
  const names = partNames(file);
  const path = resolveInside(folder, names.main);
  let inChunks = 0;
  for await (const piece of chunksOf(path, identity)) inChunks += piece.length;
  let best: Buffer = Buffer.alloc(0);
  for (const name of names.tails) {
    const tail = await readTail(resolveInside(folder, name), identity);
    const added = tail === undefined || tail.part !== names.part ? undefined : beyond(tail, inChunks);
    if (added !== undefined && added.length > best.length) best = added;
  }
  return {
    plainBytes: inChunks + best.length,
    fromTail: best.length,
    async *stream() {
      yield* chunksOf(path, identity);
      if (best.length > 0) yield best;
    },
  };
}

/** A file that was cut off in its header holds no chunk; the tail may still hold the part's beginning. */
async function* chunksOf(path: string, identity: string): AsyncGenerator<Buffer, void> {
  try {
    yield* readCrashedAge(path, identity);
  } catch (error) {
    if (!isRefusal(error, 'AGE_TRUNCATED') && !isRefusal(error, 'AGE_MALFORMED')) throw error;
  }
}

/** What a tail has from `reached` on; nothing if there is a hole between, or if it ends before. */
function beyond(tail: Tail, reached: number): Buffer | undefined {
  return tail.offset <= reached ? Buffer.from(tail.bytes.subarray(reached - tail.offset)) : undefined;
}

/** A tail that was torn by the crash, or never written, is one that is not there. */
async function readTail(path: string, identity: string): Promise<Tail | undefined> {
  try {
    return await decodeTail(await readFile(path), identity);
  } catch (error) {
    const torn = ['AGE_TRUNCATED', 'AGE_MALFORMED', 'AGE_DAMAGED', 'AGE_WRONG_KEY', 'TAIL_MALFORMED'] as const;
    if (torn.some((code) => isRefusal(error, code)) || systemWord(error) === 'ENOENT') return undefined;
    throw error;
  }
}
