import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRefusal, Refusal } from '../../../shared/errors.ts';
import { type Disk, resolveInside, sha256File } from '../../vault/index.ts';
import { copyVerified } from './copyVerified.ts';
import { filesIn, leftoversIn, type WantedFile } from './wantedFiles.ts';

export interface LevelInput {
  readonly exhibit: string;
  /** The folder that shall hold a whole copy. */
  readonly folder: string;
  /** Folders to take files from, the best first. */
  readonly sources: readonly string[];
  /** What the seal states; the rest of a copy is taken as it lies in the first source. */
  readonly stated: readonly WantedFile[];
  /** Paths that belong to what is brought level by itself: derived copies, and those that are gone. */
  readonly apart: readonly string[];
  readonly disk: Disk;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress: (done: number) => void;
}

export interface LevelledFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Levelled {
  /** Every file of the copy, each read and compared. */
  readonly files: readonly LevelledFile[];
  /** How many of them were copied; the others were right already. */
  readonly copied: number;
  /** Files that had a name of the copy and were not right, or were half made: kept, under `set-aside-<n>`. */
  readonly setAside: number;
}

/**
 * Brings the copy of a sealed exhibit in one folder level with the others: every file is either right as it stands, which
 * is read, or copied from a source that is, and read back. Nothing that is right is written over; nothing is thrown away.
 * Can be broken off and done again.
 * @throws Refusal LEVELLING_SOURCE_DAMAGED when no source has a file as the seal states it; TARGET_UNUSABLE
 */
export async function levelExhibit(input: LevelInput): Promise<Levelled> {
  const aside = new Aside(input);
  try {
    const files = await levelFiles(input, await wholeCopy(input), aside);
    for (const path of await leftoversIn(input.folder)) await aside.put(path);
    return { ...files, setAside: aside.count };
  } catch (error) {
    throw asRefusal(error, input.folder);
  }
}

/** The same for one derived copy, of which every file is among `stated`. */
export async function levelDerived(input: LevelInput): Promise<Levelled> {
  const aside = new Aside(input);
  try {
    return { ...(await levelFiles(input, input.stated, aside)), setAside: aside.count };
  } catch (error) {
    throw asRefusal(error, input.folder);
  }
}

async function levelFiles(
  input: LevelInput,
  wanted: readonly WantedFile[],
  aside: Aside,
): Promise<Pick<Levelled, 'files' | 'copied'>> {
  const sizes = await Promise.all(wanted.map((file) => lengthOf(input.sources, file)));
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    input.onProgress(Math.min(0.99, done / total));
  };
  await input.disk.makeFolders(input.folder);
  await input.disk.syncFolder(dirname(input.folder));
  const files: LevelledFile[] = [];
  let copied = 0;
  for (const [i, file] of wanted.entries()) {
    input.signal.throwIfAborted();
    const standing = await rightAsItStands(input, file);
    if (standing !== null) onBytes(sizes[i] ?? 0);
    else copied += 1;
    files.push(standing ?? (await copyFrom(input, file, aside, onBytes)));
  }
  await syncFolders(input, wanted);
  return { files, copied };
}

/** The stated files, and what else lies in the first source: index lines, heads, certificates, receipts. */
async function wholeCopy({ sources, stated, apart }: LevelInput): Promise<WantedFile[]> {
  const [best] = sources;
  const known = new Set(stated.map(({ path }) => path));
  const others = (best === undefined ? [] : await filesIn(best))
    .filter((path) => !known.has(path))
    .filter((path) => !apart.some((one) => path.startsWith(`${one}/`)));
  // The record comes last: a copy that was broken off does not look like one that is whole.
  const last = stated.filter(({ path }) => path === 'record.json');
  return [
    ...stated.filter(({ path }) => path !== 'record.json'),
    ...others.map((path) => ({ path, bytes: null, sha256: null })),
    ...last,
  ];
}

/** The file as it lies there, if it is what it has to be; read to its end. */
async function rightAsItStands(
  { folder, sources, signal }: LevelInput,
  file: WantedFile,
): Promise<LevelledFile | null> {
  const path = resolveInside(folder, file.path);
  const size = await sizeOf(path);
  if (size === null || (file.bytes !== null && file.bytes !== size)) return null;
  const found = await sha256File(path, { signal });
  const sha256 = file.sha256 ?? (await sha256File(resolveInside(sources[0] ?? '', file.path), { signal })).sha256;
  return found.sha256 === sha256 ? { file: file.path, ...found } : null;
}

async function copyFrom(
  input: LevelInput,
  file: WantedFile,
  aside: Aside,
  onBytes: (bytes: number) => void,
): Promise<LevelledFile> {
  const { folder, sources, disk, signal } = input;
  for (const source of file.sha256 === null ? sources.slice(0, 1) : sources) {
    const from = resolveInside(source, file.path);
    if ((await sizeOf(from)) === null) continue;
    const beforeNaming = (): Promise<void> => aside.put(file.path);
    const same = { folder, path: file.path, sha256: file.sha256, disk, signal, onBytes, beforeNaming };
    const copied = await copyVerified({ from, ...same });
    if (copied !== null) return { file: file.path, ...copied };
  }
  throw new Refusal('LEVELLING_SOURCE_DAMAGED', { exhibit: input.exhibit, file: file.path });
}

/** A folder in the copy's own for what must not have its name there any more; made when it is first needed. */
class Aside {
  readonly #input: LevelInput;
  #folder: string | null = null;
  count = 0;

  constructor(input: LevelInput) {
    this.#input = input;
  }

  /** Moves a file of the copy there; none there is no error. */
  async put(path: string): Promise<void> {
    const { folder, disk } = this.#input;
    const from = resolveInside(folder, path);
    if ((await sizeOf(from)) === null) return;
    const to = join(await this.#made(), path);
    await disk.makeFolders(dirname(to));
    await disk.rename(from, to);
    await disk.syncFolder(dirname(to));
    await disk.syncFolder(dirname(from));
    this.count += 1;
  }

  async #made(): Promise<string> {
    if (this.#folder !== null) return this.#folder;
    const { folder, disk } = this.#input;
    const names = await disk.names(folder);
    let number = 1;
    while (names.includes(`set-aside-${number}`)) number += 1;
    this.#folder = join(folder, `set-aside-${number}`);
    await disk.makeFolder(this.#folder);
    await disk.syncFolder(folder);
    return this.#folder;
  }
}

/** Makes the names of folders that were made for these files durable, up to the copy's own. */
async function syncFolders({ folder, disk }: LevelInput, files: readonly WantedFile[]): Promise<void> {
  const folders = new Set(['.', ...files.map(({ path }) => dirname(path))]);
  for (const path of folders) await disk.syncFolder(join(folder, path));
}

async function lengthOf(sources: readonly string[], { path, bytes }: WantedFile): Promise<number> {
  if (bytes !== null) return bytes;
  return (await sizeOf(resolveInside(sources[0] ?? '', path))) ?? 0;
}

const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );

function asRefusal(error: unknown, folder: string): unknown {
  if (isRefusal(error) || !(error instanceof Error) || !('code' in error)) return error;
  if (typeof error.code !== 'string' || !/^E[A-Z]+$/.test(error.code)) return error;
  return new Refusal('TARGET_UNUSABLE', { target: folder, reason: error.code }, { cause: error });
}
