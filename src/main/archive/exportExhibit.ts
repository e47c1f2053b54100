import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog, NoteSigner } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { type Hand, signDetached } from '../sealing/index.ts';
import { openAgeFile } from '../vault/index.ts';
import {
  type BagFile,
  type BagPart,
  bagFile,
  collectCustody,
  handOverSink,
  type WrittenBag,
  writeBag,
} from './bag/index.ts';
import { readPems, readSmall, type StoredExhibit } from './storedExhibit.ts';

export interface ExportInput {
  readonly stored: StoredExhibit;
  /** The exhibit's own age identity. */
  readonly identity: string;
  /** Files under `attachments/`, `supplements/` and `copies/` that go with it. */
  readonly more: readonly BagFile[];
  readonly log: CustodyLog;
  readonly logSigner: NoteSigner;
  readonly clock: Clock;
  /** Who hands over, and signs the tag manifest. */
  readonly hand: Hand;
  readonly sourceOrganization: string;
  /** Folder into which the bag is written. */
  /** The station's own lists of revoked certificates (DER), carried with those that lie with the exhibit. */
  readonly ownLists: readonly Uint8Array[];
  readonly folder: string;
  /** The bag's own name; null takes the exhibit number. */
  readonly name: string | null;
  /** In words, for the log: an office. */
  readonly to: string;
  readonly recipient: string | null;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/**
 * Writes an exhibit of this station as an evidence bag: plain, or as `<exhibit>.tar.age` to a recipient. The vault is read
 * once, each part from a target whose copy opens.
 * @throws Refusal EXHIBIT_WRONG_STATE for an imported exhibit (its own bag is to be handed on), and what `writeBag` throws
 */
export async function exportExhibit(input: ExportInput): Promise<WrittenBag> {
  const { stored, log, logSigner, clock, hand } = input;
  if (stored.origin !== 'here' || stored.sealCheckpoint === null) {
    throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit: stored.number, state: stored.origin });
  }
  const sealCheckpoint = stored.sealCheckpoint;
  const sealCheckpointTsr = (await readSmall(stored.folders, 'custody/seal.checkpoint.tsr')) ?? undefined;
  const anchor = await anchorOf(stored);
  const now = clock.now();
  const name = input.name ?? (input.recipient === null ? stored.number : `${stored.number}.tar.age`);
  const path = join(input.folder, name);
  const sink = handOverSink(path, input.recipient, now);
  return await writeBag(
    {
      sourceOrganization: input.sourceOrganization,
      now,
      record: stored.record,
      parts: await partsOf(stored, input.identity),
      signatures: await signaturesOf(stored),
      chain: await readPems(stored.folders, 'signatures/chain'),
      stationRoots: await readPems(stored.folders, 'signatures/roots/station'),
      tsaRoots: await readPems(stored.folders, 'signatures/roots/tsa'),
      revocation: [...(await readLists(stored.folders)), ...input.ownLists],
      more: input.more,
      exported: async (manifest) => {
        mustHaveAllSupplements(input);
        log.append({
          action: 'bag.exported',
          actor: { id: hand.code, role: hand.role },
          subject: { type: 'exhibit', id: stored.number },
          details: { manifest_sha256: manifest.sha256, recipient: input.recipient ?? input.to },
        });
        return collectCustody({
          log,
          signer: logSigner,
          exhibit: stored.number,
          home: stored.statement.log.origin,
          sealCheckpoint,
          sealCheckpointTsr,
          anchor,
        });
      },
      handOver: async (tagManifest) =>
        signDetached({
          content: tagManifest,
          certPem: hand.certPem,
          privateKey: hand.privateKey,
          signingTime: clock.now(),
        }),
      onProgress: ({ writtenBytes, totalBytes }) => input.onProgress(writtenBytes / Math.max(1, totalBytes)),
      signal: input.signal,
    },
    sink,
  );
}

/** What was added while the bag was being written would be told of in its events and be missing: the person tries again. */
function mustHaveAllSupplements({ log, stored }: ExportInput): void {
  const added = log
    .eventsOf({ type: 'exhibit', id: stored.number })
    .filter(({ event }) => event.action === 'supplement.added');
  if (added.length === stored.supplements.length) return;
  throw new Refusal('BAG_SOURCE_DIFFERS', { file: `supplements/${added.length}.json` });
}

async function partsOf(stored: StoredExhibit, identity: string): Promise<BagPart[]> {
  const parts: BagPart[] = [];
  for (const track of stored.statement.tracks) {
    for (const part of track.parts) {
      const beside = part.file.replace(/\.[^.]+$/, '');
      const segments = await readSmall(stored.folders, `${beside}.segments.jsonl`);
      const heads = await readSmall(stored.folders, `${beside}.heads`);
      if (segments === null || heads === null) throw new Refusal('BAG_SOURCE_DIFFERS', { file: part.file });
      parts.push({ file: part.file, segments, heads, open: () => plainBytes(stored.folders, part.file, identity) });
    }
  }
  return parts;
}

/** The part's plain bytes from the first target whose file opens; a damaged chunk ends the export, nothing is guessed. */
async function* plainBytes(folders: readonly string[], file: string, identity: string): AsyncGenerator<Uint8Array> {
  let failure: unknown;
  for (const folder of folders) {
    const reader = await openAgeFile(join(folder, `${file}.age`), identity).catch((error: unknown) => {
      failure = error;
      return null;
    });
    if (reader === null) continue;
    try {
      yield* reader.stream();
      return;
    } finally {
      await reader.close();
    }
  }
  throw new Refusal('BAG_SOURCE_DIFFERS', { file }, { cause: failure });
}

/** The signatures and their time-stamps: a token that came late may lie on one target only. */
async function signaturesOf(stored: StoredExhibit): Promise<BagFile[]> {
  const names = await namesIn(stored.folders, 'signatures', /\.(p7s|tsr)$/);
  const files: BagFile[] = [];
  for (const name of names) {
    const bytes = await readSmall(stored.folders, `signatures/${name}`);
    if (bytes !== null) files.push(bagFile(`signatures/${name}`, bytes));
  }
  return files;
}

/** Lists of revoked certificates that lie with the exhibit. */
async function readLists(folders: readonly string[]): Promise<Buffer[]> {
  const names = await namesIn(folders, 'signatures/revocation', /\.crl$/);
  const lists = await Promise.all(names.map((name) => readSmall(folders, `signatures/revocation/${name}`)));
  return lists.filter((list) => list !== null);
}

async function namesIn(folders: readonly string[], path: string, which: RegExp): Promise<string[]> {
  const lists = await Promise.all(folders.map((folder) => readdir(join(folder, path)).catch(() => [])));
  return [...new Set(lists.flat())].filter((name) => which.test(name)).sort();
}

/** The checkpoint and time-stamp that the record quotes as its anchor; a record without one has none. */
async function anchorOf({ statement, folders }: StoredExhibit) {
  if (statement.anchor === null) return undefined;
  const checkpoint = await readSmall(folders, 'custody/anchor.checkpoint');
  const tsr = await readSmall(folders, 'custody/anchor.tsr');
  if (checkpoint === null || tsr === null) throw new Refusal('BAG_SOURCE_DIFFERS', { file: 'custody/anchor.tsr' });
  return { checkpoint, tsr };
}
