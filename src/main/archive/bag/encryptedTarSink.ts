import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isRefusal } from '../../../shared/errors.ts';
import { mustBeFree, syncFolder } from '../../platform/files.ts';
import { type AgeEncryptor, createAgeEncryptor } from '../../vault/index.ts';
import { type BagSink, type BagSinkFile, onTarget, recipientInvalid } from './sink.ts';
import { TAR_BLOCK, tarHeader, tarPadding } from './tarHeader.ts';

/**
 * An encrypted hand-over: the bag as one tar in one age file `path` (`<exhibit>.tar.age`) to `recipients` (`age1…`), in
 * a single pass. No plaintext reaches a disk; it grows under a temporary name. `now` becomes the files' time in the tar.
 */
export function encryptedTarSink(path: string, recipients: readonly string[], now: Date): BagSink {
  return new EncryptedTarSink(resolve(path), recipients, now);
}

interface OpenTar {
  readonly handle: FileHandle;
  readonly encryptor: AgeEncryptor;
  readonly top: string;
}

class EncryptedTarSink implements BagSink {
  readonly #path: string;
  readonly #temporary: string;
  readonly #recipients: readonly string[];
  readonly #now: Date;
  #tar: OpenTar | undefined;

  constructor(path: string, recipients: readonly string[], now: Date) {
    this.#path = path;
    this.#temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
    this.#recipients = recipients;
    this.#now = now;
  }

  async begin(exhibit: string): Promise<void> {
    const encryptor = await encryptorTo(this.#recipients);
    await onTarget(this.#path, async () => {
      await mustBeFree(this.#path);
      const handle = await open(this.#temporary, 'wx', 0o600);
      this.#tar = { handle, encryptor, top: exhibit };
      await handle.writeFile(encryptor.header);
    });
  }

  async open(path: string, bytes: number): Promise<BagSinkFile> {
    const tar = this.#opened();
    await this.#write(tar, tarHeader({ name: `${tar.top}/${path}`, bytes, modified: this.#now }));
    return {
      write: (piece) => this.#write(tar, piece),
      close: () => this.#write(tar, tarPadding(bytes)),
    };
  }

  async finish(): Promise<string> {
    const tar = this.#opened();
    await this.#write(tar, Buffer.alloc(2 * TAR_BLOCK));
    return onTarget(this.#path, async () => {
      await tar.handle.writeFile(tar.encryptor.finish());
      await tar.handle.sync();
      await tar.handle.close();
      await mustBeFree(this.#path);
      await rename(this.#temporary, this.#path);
      await syncFolder(dirname(this.#path));
      return this.#path;
    });
  }

  async discard(): Promise<void> {
    await this.#tar?.handle.close().catch(() => undefined);
    await rm(this.#temporary, { force: true });
  }

  async #write(tar: OpenTar, piece: Uint8Array): Promise<void> {
    const sealed = tar.encryptor.update(piece);
    if (sealed.length > 0) await onTarget(this.#path, () => tar.handle.writeFile(Buffer.concat(sealed)));
  }

  #opened(): OpenTar {
    if (this.#tar === undefined) throw new Error('the sink has not begun');
    return this.#tar;
  }
}

async function encryptorTo(recipients: readonly string[]): Promise<AgeEncryptor> {
  if (recipients.length === 0) throw recipientInvalid();
  try {
    return await createAgeEncryptor(recipients);
  } catch (error) {
    if (!isRefusal(error, 'KEY_UNREADABLE')) throw error;
    throw recipientInvalid(error);
  }
}
