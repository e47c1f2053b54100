import { createHash } from 'node:crypto';
import { AgeEncryptor } from './ageEncryptor.ts';
import { type SealedHeader, sealHeader } from './ageHeader.ts';
import { type SealedFile, sealInThreads } from './bulk/sealingLine.ts';
import { LARGE } from './bulk/slots.ts';
import { type Disk, systemDisk } from './disk.ts';
import { parseRecipient } from './keys.ts';
import type { FinishedPart } from './partWriter.ts';
import { type OnTargetLost, TargetSet } from './targetSet.ts';
import { WholeTarget } from './wholeTarget.ts';

/** What a whole file is stored with. */
export interface StoreOptions {
  /** One or two folders that exist. */
  readonly targets: readonly string[];
  /** Plain file name; on disk it gets `.age`. A file of that name is replaced. */
  readonly file: string;
  readonly recipient: string;
  readonly plain: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly onTargetLost?: OnTargetLost;
  readonly disk?: Disk;
}

/**
 * Stores plaintext that is there already (an import, a part that is recovered) as one age file under a fresh file key,
 * the same bytes on every target: under a temporary name, made durable, then renamed, so that at any moment there is the
 * old file or the new one. What is large is sealed by threads, and the caller's own stays free. If `plain` throws, nothing
 * is left behind. Throws `KEY_UNREADABLE`, `TARGET_UNUSABLE`, `PATH_OUTSIDE_FOLDER`.
 */
export async function storeFile(options: StoreOptions): Promise<FinishedPart> {
  const disk = options.disk ?? systemDisk;
  const header = sealHeader([parseRecipient(options.recipient)]);
  const made = options.targets.map((folder) => new WholeTarget(disk, folder, `${options.file}.age`));
  const targets = new TargetSet(made, { onLost: options.onTargetLost, patienceMs: undefined });
  const write = (sealed: Uint8Array): Promise<void> => targets.each((target) => target.append(sealed));
  let done: SealedFile;
  try {
    await targets.each((target) => target.create());
    const { beginning, rest } = await begun(options.plain);
    done =
      rest === null
        ? await sealHere(header, beginning, write)
        : await sealInThreads({ header: header.bytes, payloadKey: header.payloadKey, plain: rest, write });
    await targets.each((target) => target.finish());
  } finally {
    await targets.closeAll();
    await Promise.allSettled(made.map((target) => target.discard()));
  }
  const [bytes, sha256] = [done.storedBytes, done.digests.stored];
  const stored = made
    .filter((target) => target.finished)
    .map((target) => ({ target: target.folder, file: target.name, bytes, sha256 }));
  return { bytes: done.plainBytes, sha256: done.digests.plain, stored };
}

/** All of what is small; of what is large, everything again from its beginning as `rest`. */
async function begun(
  plain: StoreOptions['plain'],
): Promise<{ beginning: readonly Uint8Array[]; rest: AsyncIterable<Uint8Array> | null }> {
  const beginning: Uint8Array[] = [];
  const pieces = (async function* () {
    yield* plain;
  })();
  for (let bytes = 0; bytes < LARGE; ) {
    const { value, done } = await pieces.next();
    if (done === true) return { beginning, rest: null };
    // A source may use its buffer again once it is asked for more.
    beginning.push(Uint8Array.from(value));
    bytes += value.length;
  }
  const rest = (async function* () {
    yield* beginning.splice(0);
    yield* pieces;
  })();
  return { beginning, rest };
}

async function sealHere(
  { bytes: header, payloadKey }: SealedHeader,
  plain: readonly Uint8Array[],
  write: (sealed: Uint8Array) => Promise<void>,
): Promise<SealedFile> {
  const encryptor = new AgeEncryptor(header, payloadKey);
  const [plainHash, storedHash] = [createHash('sha256'), createHash('sha256')];
  let storedBytes = 0;
  const store = async (sealed: Uint8Array): Promise<void> => {
    storedHash.update(sealed);
    storedBytes += sealed.length;
    await write(sealed);
  };
  await store(header);
  for (const piece of plain) {
    plainHash.update(piece);
    for (const sealed of encryptor.update(piece)) await store(sealed);
  }
  const plainBytes = encryptor.plainBytes;
  await store(encryptor.finish());
  return { plainBytes, storedBytes, digests: { plain: plainHash.digest('hex'), stored: storedHash.digest('hex') } };
}
