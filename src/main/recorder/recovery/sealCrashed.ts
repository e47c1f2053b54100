import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceConfig } from '../../../shared/domain/devices.ts';
import { disksOf } from '../../../shared/domain/diskRoom.ts';
import { Refusal } from '../../../shared/errors.ts';
import type { RecordPart, RecordTrack } from '../../../shared/evidence/record.ts';
import { MerkleTree, parseCheckpoint, parseHeads } from '../../custody/index.ts';
import { syncFolder, writeFileDurably } from '../../platform/files.ts';
import { type FinishedPart, partNames, storeFile, systemDisk } from '../../vault/index.ts';
import { type RecordingFile, readRecordingFile } from '../recordingFile.ts';
import type { RecordingResult, StoredFile } from '../result.ts';
import { systemWord } from '../targets.ts';
import { partFiles, TRACKS } from '../writing/partNumber.ts';
import { type CheckedPart, checkPart } from './checkPart.ts';
import { gapBefore, gapsBetween, holesOf } from './gaps.ts';
import { type ReadPart, readPart } from './readPart.ts';

export interface SealCrashedOptions {
  readonly exhibit: string;
  /** The exhibit's folders, on every target that is there. */
  readonly folders: readonly string[];
  /** The exhibit's age identity, and the recipient that the new files are for. */
  readonly identity: string;
  readonly recipient: string;
  /** What the station knows, for a recording whose own notes (`recording.json`) were lost. */
  readonly sources: readonly SourceConfig[];
  readonly startedAt: string | null;
  readonly ffmpegVersion: string;
}

interface Recovered {
  readonly read: ReadPart;
  readonly checked: CheckedPart;
  readonly done: FinishedPart;
}

/**
 * Makes whole what a crash cut off (EVIDENCE-FORMAT §1): every part is read, also from its tail, cut to its last whole
 * fragment, held against the lines and heads that were written before, and stored as a complete age file under a new
 * file key. The crash's own files keep their names until all new ones are durable on every target; then these take
 * their places. Can be done again if it is interrupted. The heads stay as they were signed: the key is gone.
 *
 * Throws RECORDING_NOTHING_KEPT, RECOVERY_MISMATCH, TARGET_UNUSABLE, and what reading with a wrong key throws.
 */
export async function sealCrashed(options: SealCrashedOptions): Promise<RecordingResult> {
  const { exhibit, folders, identity, recipient } = options;
  const notes = await notesOf(folders);
  const tracksFolders = folders.map((folder) => join(folder, TRACKS));
  const lost = new Map<string, string>();
  const recovered: Recovered[] = [];
  for (const part of await partsIn(tracksFolders)) {
    const read = await readPart(tracksFolders, part, identity);
    if (read === null) continue;
    const checked = await checkPart(tracksFolders, exhibit, notes?.recorderVkey ?? null, read);
    const done = await storeFile({
      targets: tracksFolders.filter((folder) => !lost.has(folder)),
      file: newName(part),
      recipient,
      plain: read.stream(),
      onTargetLost: (target, error) => void lost.set(target, systemWord(error)),
    });
    if (done.sha256 !== read.sha256) throw new Refusal('RECOVERY_MISMATCH', { file: partFiles(part).media });
    recovered.push({ read, checked, done });
  }
  if (recovered.length === 0) throw new Refusal('RECORDING_NOTHING_KEPT');
  const good = tracksFolders.filter((folder) => !lost.has(folder));
  for (const folder of good) await takeTheirPlaces(folder, recovered);
  const devices = await Promise.all(good.map((folder) => systemDisk.device(folder)));
  const disks = disksOf(devices.map((device) => ({ device })));
  return { ...resultOf(options, notes, recovered, tracksFolders, lost), disks };
}

const newName = (part: string): string => `${part}.recovered.mp4`;

/** Notes that cannot be read are as good as none: what they say is known otherwise, if less exactly. */
async function notesOf(folders: readonly string[]): Promise<RecordingFile | null> {
  for (const folder of folders) {
    const notes = await readRecordingFile(folder).catch(() => null);
    if (notes !== null) return notes;
  }
  return null;
}

/** The names of all parts, over all targets, in order of track and number. */
async function partsIn(folders: readonly string[]): Promise<string[]> {
  const parts = new Set<string>();
  for (const folder of folders) {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const name of names) {
      const part = /^([a-z0-9-]{1,32}(?:\.[0-9]{1,4})?)\.mp4\.age$/.exec(name)?.[1];
      if (part !== undefined) parts.add(part);
    }
  }
  return [...parts].sort((a, b) => trackOf(a).localeCompare(trackOf(b)) || numberOf(a) - numberOf(b));
}

const trackOf = (part: string): string => part.split('.')[0] ?? part;
const numberOf = (part: string): number => Number(part.split('.')[1] ?? 1);

/** The index first, then the media under its true name; the tails go last. */
async function takeTheirPlaces(folder: string, recovered: readonly Recovered[]): Promise<void> {
  for (const { read, checked } of recovered) {
    const files = partFiles(read.part);
    await writeFileDurably(join(folder, files.segments), checked.segments, 0o640);
    await writeFileDurably(join(folder, files.heads), checked.heads, 0o640);
    await rename(join(folder, `${newName(read.part)}.age`), join(folder, `${files.media}.age`));
  }
  await syncFolder(folder);
  for (const { read } of recovered) {
    for (const tail of partNames(partFiles(read.part).media).tails) await rm(join(folder, tail), { force: true });
  }
  await syncFolder(folder);
}

function resultOf(
  options: SealCrashedOptions,
  notes: RecordingFile | null,
  recovered: readonly Recovered[],
  tracksFolders: readonly string[],
  lost: ReadonlyMap<string, string>,
): Omit<RecordingResult, 'disks'> {
  const startedAt = notes?.startedAt ?? options.startedAt ?? new Date(0).toISOString();
  const sources = notes?.tracks.map(({ source }) => source) ?? options.sources;
  const standing = sources.map((source) => {
    const own = recovered.filter(({ read }) => trackOf(read.part) === source.id);
    return { source, own, parts: own.map((one) => recordPart(one, notes, startedAt)) };
  });
  const lostRanges = standing.map(({ source, parts }) => ({
    track: source.id,
    from_ms: parts.at(-1)?.to ?? 0,
    to_ms: null,
  }));
  const durationMs = Math.max(0, ...lostRanges.map(({ from_ms }) => from_ms));
  const tracks = standing.map(({ source, own, parts }) => {
    const track: RecordTrack = {
      id: source.id,
      kind: source.kind,
      source: {
        label: source.device.label,
        device_kind: source.device.backend,
        simulated: source.device.simulated,
      },
      media_type: `${source.kind}/mp4`,
      codecs: own[0]?.read.init.codecs ?? null,
      encoder: {
        command: noted(notes, own[0]?.read.part)?.command ?? '',
        version: notes?.encoderVersion ?? options.ffmpegVersion,
      },
      parts: parts.map(({ record }) => record),
      gaps: [
        ...gapBefore(parts[0]?.from ?? null, durationMs),
        ...gapsBetween(parts),
        ...own.flatMap(({ read }, i) => holesOf(read.lines, parts[i]?.record.offset_ms ?? 0)),
      ].sort((a, b) => a.from_ms - b.from_ms),
    };
    return { place: source.place, track };
  });
  const stored: StoredFile[] = recovered.flatMap(({ read, done }) =>
    done.stored
      .filter(({ target }) => !lost.has(target))
      .map(({ target, bytes, sha256 }) => ({
        target: tracksFolders.indexOf(target),
        file: `${TRACKS}/${partFiles(read.part).media}.age`,
        bytes,
        sha256,
      })),
  );
  return {
    exhibit: options.exhibit,
    startedAt,
    startedMonotonicNs: notes?.startedMonotonicNs ?? '0',
    endedAt: new Date(Date.parse(startedAt) + durationMs).toISOString(),
    durationMs,
    recorderVkey: notes?.recorderVkey ?? '',
    tracks,
    targets: options.folders.map((path, i) => {
      const problem = lost.get(tracksFolders[i] ?? '') ?? null;
      return { path, ok: problem === null, problem };
    }),
    stored,
    events: [],
    end: 'crashed',
    lost: lostRanges,
  };
}

const noted = (notes: RecordingFile | null, part: string | undefined) =>
  notes?.tracks.flatMap(({ parts }) => parts).find((one) => one.part === part);

/** True if the last head that the recorder signed covers all `lines`: it came to the part's end. */
function headed(heads: string, lines: number): boolean {
  const last = parseHeads(heads, { cutOff: true }).at(-1);
  return last !== undefined && parseCheckpoint(last).size === lines;
}

function recordPart(
  { read, checked, done }: Recovered,
  notes: RecordingFile | null,
  startedAt: string,
): { record: RecordPart; from: number; to: number } {
  const first = read.lines[1];
  const last = read.lines.at(-1);
  const start = first?.start_ms ?? 0;
  const end = (last?.start_ms ?? 0) + (last?.duration_ms ?? 0);
  // Without notes the part is put at the recording's start: within two seconds of the truth for a first part.
  const offset_ms = noted(notes, read.part)?.offset_ms ?? -start;
  const tree = new MerkleTree();
  for (const leaf of checked.leaves) tree.append(leaf);
  const record: RecordPart = {
    file: `${TRACKS}/${partFiles(read.part).media}`,
    bytes: done.bytes,
    sha256: done.sha256,
    lines: read.lines.length,
    merkle_root: tree.root().toString('hex'),
    started_at: new Date(Date.parse(startedAt) + offset_ms).toISOString(),
    offset_ms,
    duration_ms: Math.max(0, end - start),
    // Also in a recovery that is done again: its tail files are gone then, but its heads still end before its lines.
    end: read.unfinished || !headed(checked.heads, read.lines.length) ? 'crashed' : 'lost',
  };
  return { record, from: offset_ms + start, to: offset_ms + end };
}
