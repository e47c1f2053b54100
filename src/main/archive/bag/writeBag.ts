import { createHash } from 'node:crypto';
import { Refusal } from '../../../shared/errors.ts';
import { type BagFile, type BagInput, bagFile, type ExportedManifest } from './bagInput.ts';
import { custodyFiles } from './custodyFiles.ts';
import { differs, type PlannedFile, payloadOf } from './payload.ts';
import type { BagSink } from './sink.ts';
import { BAGIT_TXT, bagInfoText, isCustody, isPayload, manifestText } from './tagTexts.ts';

export interface WrittenBag {
  /** Where it stands: the folder, or the age file. */
  readonly path: string;
  readonly exhibit: string;
  /** Digest that the `bag.exported` event quotes. */
  readonly manifestSha256: string;
  readonly files: number;
  readonly payloadBytes: number;
}

/**
 * Writes an exhibit as an evidence bag (EVIDENCE-FORMAT §5), each byte of it once and in order, so that the same code
 * serves a folder and a stream. The payload comes first; its manifest lines are then fixed, `input.exported` logs their
 * digest, and only then are the custody files and the tag files written (§4). On any failure the sink is discarded.
 * Throws BAG_SOURCE_DIFFERS (a part is not what the record says; nothing was exported), EXPORT_EXISTS,
 * EXPORT_FOLDER_UNUSABLE, RECIPIENT_INVALID, RECORD_INVALID, PATH_OUTSIDE_FOLDER, JOB_CANCELLED, and what reading the
 * vault throws. If it throws after `exported` was called, the log tells of an export that did not happen: the caller
 * should log that.
 */
export async function writeBag(input: BagInput, sink: BagSink): Promise<WrittenBag> {
  const { record, files } = payloadOf(input);
  const writer = new BagWriter(input, sink, files);
  stopIfCancelled(input.signal);
  try {
    await sink.begin(record.exhibit);
    for (const file of files) await writer.copy(`data/${file.path}`, file, file.sha256);
    stopIfCancelled(input.signal);
    const manifest = writer.exportedManifest();
    const custody = await input.exported(manifest);
    for (const file of custodyFiles(custody, manifest)) await writer.copy(`data/${file.path}`, file, null);
    await writer.writeTagFiles(record.exhibit);
    const path = await sink.finish();
    return { path, exhibit: record.exhibit, manifestSha256: manifest.sha256, ...writer.totals() };
  } catch (error) {
    // What went wrong first is what the person must hear; leavings carry a name that says they are unfinished.
    await sink.discard().catch(() => undefined);
    throw error;
  }
}

class BagWriter {
  readonly #input: BagInput;
  readonly #sink: BagSink;
  readonly #totalBytes: number;
  readonly #written = new Map<string, { sha256: string; bytes: number }>();
  #writtenBytes = 0;
  #exported = false;

  constructor(input: BagInput, sink: BagSink, files: readonly PlannedFile[]) {
    this.#input = input;
    this.#sink = sink;
    this.#totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Copies one file to the sink and notes its digest; refuses another length or digest than it should have. */
  async copy(path: string, file: BagFile, expected: string | null): Promise<void> {
    const hash = createHash('sha256');
    let bytes = 0;
    const target = await this.#sink.open(path, file.bytes);
    try {
      for await (const piece of file.open()) {
        if (!this.#exported) stopIfCancelled(this.#input.signal);
        bytes += piece.length;
        if (bytes > file.bytes) throw differs(file.path);
        hash.update(piece);
        await target.write(piece);
        this.#progress(piece.length);
      }
      if (bytes !== file.bytes) throw differs(file.path);
    } finally {
      await target.close();
    }
    const sha256 = hash.digest('hex');
    if (expected !== null && sha256 !== expected) throw differs(file.path);
    this.#written.set(path, { sha256, bytes });
  }

  exportedManifest(): ExportedManifest {
    this.#exported = true;
    const text = manifestText(this.#written, (path) => isPayload(path) && !isCustody(path));
    return { text, sha256: createHash('sha256').update(text).digest('hex') };
  }

  async writeTagFiles(exhibit: string): Promise<void> {
    const files = this.#written;
    const { sourceOrganization, now } = this.#input;
    const bagInfo = bagInfoText({ sourceOrganization, exhibit, now, files });
    const manifest = manifestText(files, isPayload);
    for (const [path, text] of [
      ['bagit.txt', BAGIT_TXT],
      ['bag-info.txt', bagInfo],
      ['manifest-sha256.txt', manifest],
    ] as const) {
      await this.copy(path, bagFile(path, text), null);
    }
    const tagManifest = manifestText(files, (path) => !isPayload(path));
    const path = 'tagmanifest-sha256.txt';
    await this.copy(path, bagFile(path, tagManifest), null);
    const signature = await this.#input.handOver(Buffer.from(tagManifest));
    await this.copy(`${path}.p7s`, bagFile(`${path}.p7s`, signature), null);
  }

  totals(): { files: number; payloadBytes: number } {
    const payload = [...this.#written].filter(([path]) => isPayload(path));
    return { files: this.#written.size, payloadBytes: payload.reduce((sum, [, { bytes }]) => sum + bytes, 0) };
  }

  /** Custody and tag files come on top of what could be counted beforehand; they do not move the bar. */
  #progress(bytes: number): void {
    if (this.#exported) return;
    this.#writtenBytes += bytes;
    this.#input.onProgress?.({ writtenBytes: this.#writtenBytes, totalBytes: this.#totalBytes });
  }
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Refusal('JOB_CANCELLED', {}, { cause: signal.reason });
}
