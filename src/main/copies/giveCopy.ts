import { Refusal } from '../../shared/errors.ts';
import { readCertificate } from '../sealing/index.ts';
import { COPY_MEDIA, COPY_SEGMENTS, COPY_STATEMENT } from './copyFolder.ts';
import type { CarriedFile, Control, Sink } from './needs.ts';
import type { CheckedCopy, OpenCopy } from './openCopy.ts';

const carried = (path: string, content: Uint8Array): CarriedFile => ({
  path,
  bytes: content.length,
  async *open() {
    yield content;
  },
});

/**
 * The files of a copy, plain, as they go into a bag or are given out: statement, signature, segment list, and the media
 * read out of the vault when it is asked for. `prefix` is the folder that they stand in, '' for none.
 */
export function filesOf(open: OpenCopy, checked: CheckedCopy, prefix: string): CarriedFile[] {
  const at = (name: string) => (prefix === '' ? name : `${prefix}/${name}`);
  const { copy } = open;
  const media = copy.statement.files.find(({ file }) => file === COPY_MEDIA);
  if (media === undefined) throw new Refusal('COPY_DAMAGED', { file: COPY_STATEMENT });
  return [
    carried(at(COPY_STATEMENT), copy.bytes),
    carried(at(checked.p7s.file), checked.p7s.bytes),
    carried(at(COPY_SEGMENTS), checked.segments),
    { path: at(COPY_MEDIA), bytes: media.bytes, open: () => open.stream() },
  ];
}

/** The certificates that a stranger needs to check the signature, as in a bag's `signatures/chain`. */
export function chainFiles(pems: readonly string[]): CarriedFile[] {
  return pems.map((pem) => {
    const certificate = readCertificate(pem);
    return carried(`chain/${certificate.sha256.slice(0, 16)}.pem`, Buffer.from(certificate.pem));
  });
}

/**
 * Writes files to a sink, all or nothing; gives where they stand. `beforeItIsThere` is called when all are written and
 * none has its name yet. @throws Refusal JOB_CANCELLED, what sink and files throw
 */
export async function writeTo(
  sink: Sink,
  name: string,
  files: readonly CarriedFile[],
  control: Control,
  beforeItIsThere: () => void,
): Promise<string> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let written = 0;
  try {
    await sink.begin(name);
    for (const file of files) {
      const target = await sink.open(file.path, file.bytes);
      try {
        for await (const piece of file.open()) {
          control.signal.throwIfAborted();
          await target.write(piece);
          written += piece.length;
          control.progress(written / Math.max(1, total));
        }
      } finally {
        await target.close();
      }
    }
    beforeItIsThere();
    return await sink.finish();
  } catch (error) {
    // What went wrong first is what the person must hear.
    await sink.discard().catch(() => undefined);
    throw error;
  }
}
