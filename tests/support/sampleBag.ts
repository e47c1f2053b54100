import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BagFile,
  type BagInput,
  type BagSink,
  bagFile,
  collectCustody,
  encryptedTarSink,
  folderSink,
  type WrittenBag,
  writeBag,
} from '../../src/main/archive/bag/index.ts';
import { cosign, type NoteSigner, parseNote } from '../../src/main/custody/index.ts';
import { signDetached } from '../../src/main/sealing/index.ts';
import type { Media } from './fragmentedMedia.ts';
import type { OpensslTsa } from './opensslTsa.ts';
import { type SampleFile, supplementOf } from './sampleAdditions.ts';
import { type GivenKeys, SAMPLE_COURT, SAMPLE_EXHIBIT, type SampleExhibit, sampleExhibit } from './sampleExhibit.ts';

export const BAGGED = new Date('2026-11-22T08:00:00.000Z');

export interface SampleBag {
  /** The folder, or the `.tar.age`. */
  readonly path: string;
  readonly written: WrittenBag;
  /** The station's root as PEM: what `--trust` takes; also as the file `ROOT.pem` in the caller's folder. */
  readonly rootPem: string;
  readonly rootPath: string;
  readonly exhibit: SampleExhibit;
}

/** What goes into the bag of a sample exhibit; change a field to make an odd one. */
export function sampleBagInput(exhibit: SampleExhibit, recipient: string | null = null, bagged = BAGGED): BagInput {
  const { log, logKey, keys, actor, subject } = exhibit;
  return {
    sourceOrganization: SAMPLE_COURT,
    now: bagged,
    record: exhibit.record,
    parts: exhibit.parts,
    signatures: exhibit.signed.map(([path, p7s]) => bagFile(path, p7s)),
    chain: [keys.ca.certPem],
    stationRoots: [keys.ca.certPem],
    tsaRoots: [],
    revocation: [],
    more: [],
    exported: async (manifest) => {
      const details = { manifest_sha256: manifest.sha256, recipient };
      log.append({ action: 'bag.exported', actor, details, subject });
      const { sealCheckpoint } = exhibit;
      return collectCustody({ log, signer: logKey.signer, exhibit: SAMPLE_EXHIBIT, sealCheckpoint });
    },
    handOver: async (content) => signDetached({ content, ...keys.officer, signingTime: bagged }),
  };
}

/**
 * The input with RFC 3161 time-stamps of every signature and of both heads, and their events in the log. The authority
 * stamps with this machine's time, so the exhibit must have begun shortly before now.
 */
async function stamped(
  folder: string,
  exhibit: SampleExhibit,
  input: BagInput,
  tsa: OpensslTsa,
  supplements: readonly (readonly [string, Buffer])[],
): Promise<BagInput> {
  const { log, actor, subject } = exhibit;
  const stamp = async (file: string, bytes: Uint8Array | string) => {
    const path = join(folder, `stamped-${file.replaceAll('/', '-')}`);
    await writeFile(path, bytes);
    const tsr = await readFile(tsa.stamp(path));
    const digest = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
    const details = { file, sha256: digest(bytes), tsr_sha256: digest(tsr) };
    log.append({ action: 'timestamp.obtained', actor, details, subject });
    return tsr;
  };
  const tokens: BagFile[] = [];
  const later: BagFile[] = [];
  for (const [file, p7s] of exhibit.signed) tokens.push(bagFile(`${file}.tsr`, await stamp(file, p7s)));
  for (const [file, p7s] of supplements) later.push(bagFile(`${file}.tsr`, await stamp(file, p7s)));
  const sealCheckpointTsr = await stamp('custody/seal.checkpoint', exhibit.sealCheckpoint);
  return {
    ...input,
    signatures: [...input.signatures, ...tokens],
    more: [...input.more, ...later],
    tsaRoots: [await readFile(tsa.rootPath, 'utf8')],
    exported: async (manifest) => ({ ...(await input.exported(manifest)), sealCheckpointTsr }),
  };
}

/** The supplements of a sample, one after the other: their signatures, and all that a bag carries of them. */
async function supplemented(exhibit: SampleExhibit, supplements: readonly (readonly SampleFile[])[]) {
  const signed: (readonly [string, Buffer])[] = [];
  const bag: BagFile[] = [];
  let prev: string | null = null;
  for (const [i, files] of supplements.entries()) {
    const one = await supplementOf(exhibit, { n: i + 1, prev, at: exhibit.clock.now(), files });
    signed.push(...one.signed);
    bag.push(...one.bag);
    prev = one.sha256;
  }
  return { signed, bag };
}

/**
 * Writes a sample bag through the real writer into `folder` (the caller's temporary one): as a plain folder, or, with a
 * `recipient`, as `<exhibit>.tar.age` to it. `tsa` stamps its signatures and the head after the seal (the interview then
 * begins a minute before now). `change` may alter what goes in.
 */
export async function sampleBag(
  folder: string,
  options: {
    recipient?: string;
    tsa?: OpensslTsa;
    change?: (input: BagInput) => BagInput;
    media?: { readonly room: Media; readonly mic: Media };
    given?: GivenKeys;
    /** When the interview began. */
    started?: Date;
    /** When it was handed over. */
    bagged?: Date;
    /** Cosigns the head that stands before the export. */
    witness?: NoteSigner;
    /** Kept with the interview before its seal. */
    attachments?: readonly SampleFile[];
    /** Added after the seal, each list a supplement; named relative to `supplements/`. */
    supplements?: readonly (readonly SampleFile[])[];
  } = {},
): Promise<SampleBag> {
  const { recipient, tsa, change = (input) => input } = options;
  const exhibit = await sampleExhibit(
    folder,
    options.started ?? (tsa === undefined ? undefined : new Date(Date.now() - 60_000)),
    options.media,
    options.given,
    options.attachments,
  );
  const sealed = sampleBagInput(exhibit, recipient ?? null, options.bagged);
  const kept = (options.attachments ?? []).map(({ file, content }) => bagFile(file, content));
  const added = await supplemented(exhibit, options.supplements ?? []);
  const plain = { ...sealed, more: [...kept, ...added.bag] };
  const input = tsa === undefined ? plain : await stamped(folder, exhibit, plain, tsa, added.signed);
  if (options.witness !== undefined) cosignedBy(options.witness, exhibit);
  const written = await writeBag(change(input), sinkIn(folder, recipient));
  const rootPem = exhibit.keys.ca.certPem;
  const rootPath = join(folder, 'ROOT.pem');
  await writeFile(rootPath, rootPem);
  return { path: written.path, written, rootPem, rootPath, exhibit };
}

function cosignedBy(witness: NoteSigner, { log, logKey }: SampleExhibit): void {
  const size = log.size();
  const at = new Date();
  const head = log.checkpoint(logKey.signer);
  const line = cosign(parseNote(head).text, witness, witness, at);
  log.keepHead(head, null);
  log.keepCosignature({ size, witness: witness.vkey, at: at.toISOString(), line });
}

function sinkIn(folder: string, recipient: string | undefined): BagSink {
  if (recipient === undefined) return folderSink(join(folder, SAMPLE_EXHIBIT));
  return encryptedTarSink(join(folder, `${SAMPLE_EXHIBIT}.tar.age`), [recipient], BAGGED);
}
