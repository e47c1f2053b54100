import { createHash } from 'node:crypto';
import { createAgeEncryptor } from './ageEncryptor.ts';
import { type Disk, systemDisk } from './disk.ts';
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
 * old file or the new one. If `plain` throws, nothing is left behind. Throws `KEY_UNREADABLE`, `TARGET_UNUSABLE`,
 * `PATH_OUTSIDE_FOLDER`.
 */
export async function storeFile(options: StoreOptions): Promise<FinishedPart> {
  const disk = options.disk ?? systemDisk;
  const encryptor = await createAgeEncryptor([options.recipient]);
  const made = options.targets.map((folder) => new WholeTarget(disk, folder, `${options.file}.age`));
  const targets = new TargetSet(made, { onLost: options.onTargetLost, patienceMs: undefined });
  const [plainHash, storedHash] = [createHash('sha256'), createHash('sha256')];
  let [plainBytes, storedBytes] = [0, 0];
  const store = async (pieces: readonly Buffer[]): Promise<void> => {
    const sealed = Buffer.concat(pieces);
    storedHash.update(sealed);
    storedBytes += sealed.length;
    await targets.each((target) => target.append(sealed));
  };
  try {
    await targets.each((target) => target.create());
    await store([encryptor.header]);
    for await (const plain of options.plain) {
      plainHash.update(plain);
      plainBytes += plain.length;
      await store(encryptor.update(plain));
    }
    await store([encryptor.finish()]);
    await targets.each((target) => target.finish());
  } finally {
    await targets.closeAll();
    await Promise.allSettled(made.map((target) => target.discard()));
  }
  const [bytes, sha256] = [storedBytes, storedHash.digest('hex')];
  const stored = made
    .filter((target) => target.finished)
    .map((target) => ({ target: target.folder, file: target.name, bytes, sha256 }));
  return { bytes: plainBytes, sha256: plainHash.digest('hex'), stored };
}
