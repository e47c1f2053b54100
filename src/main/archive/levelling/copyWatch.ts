import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { CustodyLog } from '../../custody/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Disk } from '../../vault/index.ts';
import { type CopyState, copyState, looksWhole } from './copies.ts';
import { type DerivedCopies, type DerivedCopy, derivedCopies } from './derivedCopies.ts';
import { knownExhibits } from './knownExhibits.ts';
import { type KnownExhibit, statedFiles, type WantedFile } from './wantedFiles.ts';

export interface CopyWatchNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: CustodyLog;
  /** The folders that recordings go to now. */
  readonly targets: () => readonly string[];
  readonly disk: Disk;
}

/** A copy of an exhibit in one folder, as it was last seen. */
export interface Copy {
  readonly folder: string;
  readonly state: CopyState;
  readonly device: string | null;
}

/** A derived copy that is not whole in a folder where its exhibit is, or shall be; `sources` = folders where it is. */
export interface MissingCopy {
  readonly folder: string;
  readonly copy: DerivedCopy;
  readonly sources: readonly string[];
}

/** An exhibit that does not stand on two disks, or of which a derived copy does not. */
export interface Lacking {
  readonly exhibit: KnownExhibit;
  readonly stated: readonly WantedFile[];
  readonly copies: readonly Copy[];
  readonly count: { readonly whole: number; readonly disks: number };
  /** Folders that answer and could hold a further copy. */
  readonly open: readonly string[];
  readonly derived: DerivedCopies;
  readonly missing: readonly MissingCopy[];
}

/** A folder that a copy has which was deleted, or came to nothing, while this disk was away. */
export interface LeftCopy {
  readonly exhibit: string;
  readonly copy: string;
  readonly folder: string;
}

const ANSWER_MS = 5000;

/** Looks at every sealed exhibit's copies by names and sizes, and keeps what it saw. */
export class CopyWatch {
  readonly #needs: CopyWatchNeeds;
  readonly #counts = new Map<string, Lacking['count']>();
  #lacking: readonly Lacking[] = [];
  #left: readonly LeftCopy[] = [];
  #lookedAt: Date | null = null;
  #looking: Promise<void> | null = null;
  #ended = false;

  constructor(needs: CopyWatchNeeds) {
    this.#needs = needs;
  }

  get lacking(): readonly Lacking[] {
    return this.#lacking;
  }

  get left(): readonly LeftCopy[] {
    return this.#left;
  }

  get lookedAt(): Date | null {
    return this.#lookedAt;
  }

  count(exhibit: string): Lacking['count'] | null {
    return this.#counts.get(exhibit) ?? null;
  }

  /** Resolves when every exhibit was looked at; one look at a time, whoever asks meanwhile gets the same one. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Ends a look that is under way. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#looking?.catch(() => undefined);
  }

  async #look(): Promise<void> {
    const { db, targets, clock, disk } = this.#needs;
    const exhibits = knownExhibits(db);
    const roots = new Set([...targets(), ...exhibits.flatMap(({ folders }) => folders.map((one) => dirname(one)))]);
    const devices = new Map<string, string | null>();
    for (const root of roots) if (await answers(root)) devices.set(root, await disk.device(root));
    const lacking: Lacking[] = [];
    const left: LeftCopy[] = [];
    for (const exhibit of exhibits) {
      if (this.#ended) return;
      const seen = await this.#seen(exhibit, devices);
      this.#counts.set(exhibit.number, seen.count);
      const whole = seen.count.disks >= 2 && seen.missing.length === 0;
      if (!whole && seen.stated.length > 0) lacking.push(seen);
      left.push(...(await leftOf(seen)));
    }
    this.#lacking = lacking;
    this.#left = left;
    this.#lookedAt = clock.now();
  }

  async #seen(exhibit: KnownExhibit, devices: ReadonlyMap<string, string | null>): Promise<Lacking> {
    const roots = this.#needs.targets();
    const stated = statedFiles(this.#needs.custody, exhibit);
    const folders = new Set([...exhibit.folders, ...roots.map((root) => join(root, exhibit.number))]);
    const copies = await Promise.all([...folders].map((folder) => lookAt(folder, stated, devices)));
    const whole = copies.filter(({ state }) => state === 'whole');
    // A disk that cannot be told from others counts for itself.
    const disks = new Set(whole.map(({ device, folder }) => device ?? folder));
    const open = copies
      .filter(({ folder }) => roots.includes(dirname(folder)))
      .filter(({ state }) => state === 'partial' || state === 'absent')
      // A third copy on a disk that holds two already would help nobody.
      .filter(({ device, folder }) => whole.length < 2 || !disks.has(device ?? folder))
      .map(({ folder }) => folder);
    const derived = derivedCopies(this.#needs.db, this.#needs.custody, exhibit.number);
    const held = [...whole.map(({ folder }) => folder), ...open];
    const missing = await missingCopies(derived.made, copies, held);
    return { exhibit, stated, copies, count: { whole: whole.length, disks: disks.size }, open, derived, missing };
  }
}

/** Derived copies that some folder has whole and one of `held` has not. */
async function missingCopies(
  made: readonly DerivedCopy[],
  copies: readonly Copy[],
  held: readonly string[],
): Promise<MissingCopy[]> {
  const missing: MissingCopy[] = [];
  for (const copy of made) {
    const looks = copies.map(({ folder, state }) => (state === 'away' ? false : looksWhole(folder, copy.files)));
    const found = await Promise.all(looks);
    const sources = copies.flatMap(({ folder }, i) => (found[i] === true ? [folder] : []));
    if (sources.length === 0) continue;
    for (const folder of held) if (!sources.includes(folder)) missing.push({ folder, copy, sources });
  }
  return missing;
}

async function leftOf({ exhibit, copies, derived }: Lacking): Promise<LeftCopy[]> {
  const left: LeftCopy[] = [];
  for (const { folder, state } of copies) {
    if (state === 'away' || derived.gone.length === 0) continue;
    const names = await readdir(join(folder, 'copies')).catch(() => []);
    const gone = names.filter((name) => derived.gone.includes(name));
    left.push(...gone.map((copy) => ({ exhibit: exhibit.number, copy, folder })));
  }
  return left;
}

/** False for a folder that is not there, and for one whose disk does not answer. */
async function answers(root: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ANSWER_MS, false);
  });
  const there = stat(root).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const answer = await Promise.race([there, late]);
  clearTimeout(timer);
  return answer;
}

async function lookAt(
  folder: string,
  stated: readonly WantedFile[],
  devices: ReadonlyMap<string, string | null>,
): Promise<Copy> {
  const root = dirname(folder);
  const there = devices.has(root);
  return { folder, state: there ? await copyState(folder, stated) : 'away', device: devices.get(root) ?? null };
}
