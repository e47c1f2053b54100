import { canonicalText } from '../../../shared/domain/canonical.ts';
import type { RecordPart } from '../../../shared/evidence/record.ts';
import { MerkleTree } from '../../custody/index.ts';
import { type Disk, openPart, type PartWriter } from '../../vault/index.ts';
import type { Fragment } from '../media/fragment.ts';
import type { InitSection } from '../media/initSection.ts';
import { type Segment, Segmenter, toMs } from '../media/segmenter.ts';
import { partFiles, TRACKS } from './partNumber.ts';

/** Signs the tree of a part at one size: a C2SP checkpoint of origin `<exhibit>/<part>`. */
export type SignHead = (part: string, size: number, root: Uint8Array) => string;

export interface PartPlan {
  /** `room` or `room.2`. */
  readonly part: string;
  /** The `tracks` folders that are still written to. */
  readonly folders: readonly string[];
  readonly recipient: string;
  readonly disk: Disk;
  readonly init: InitSection;
  /** Wall clock of decode time 0 as RFC 3339, and its distance from the recording's start in milliseconds. */
  readonly startedAt: string;
  readonly offsetMs: number;
  readonly signHead: SignHead;
  readonly monotonicNs: () => bigint;
  readonly onTargetLost: (folder: string, error: unknown) => void;
  /** A target lags behind the other for seconds, or has caught up. */
  readonly onTargetSlow: (folder: string, slow: boolean) => void;
  /** Bytes of this part that every target in use has confirmed, each time that it is more. */
  readonly onDurable: (bytes: number) => void;
  /** The first fragment is durable, on one target at least. */
  readonly onKept: () => void;
  /** A segment whose bytes and line are durable. */
  readonly onSegment: (segment: Segment) => void;
}

/** A finished part: its entry in the record, what lies on each target, and the media time it covers. */
export interface PartOutcome {
  readonly record: RecordPart;
  readonly stored: readonly { folder: string; file: string; bytes: number; sha256: string }[];
  /** Milliseconds from the recording's start. */
  readonly from: number;
  readonly to: number;
  /** Holes within the part of more than 250 ms, from the recording's start. */
  readonly holes: readonly { from_ms: number; to_ms: number }[];
}

const HEAD_EVERY_NS = 10_000_000_000n;
const HOLE_MS = 250;
/** Fragments that wait for the disks. Beyond it memory would grow without end; the caller ends the part. */
const LARGEST_BACKLOG = 48 * 1024 * 1024;

/**
 * Writes one part: each fragment encrypted to every target and made durable, each closed segment's line appended, its
 * leaf added to the tree, the tree's head signed every ten seconds and at the end. Calls return at once; the work is
 * done in order behind them. A failure of the last target stops it: `failed` says so and `finish` throws it.
 */
export class PartRecorder {
  readonly #plan: PartPlan;
  readonly #segmenter: Segmenter;
  readonly #tree = new MerkleTree();
  #writer: PartWriter | null = null;
  #queue: Promise<void>;
  #failed: unknown = null;
  #backlog = 0;
  readonly #waiting: Fragment[] = [];
  #headSize = 0;
  #headAt: bigint;
  #first: number | null = null;
  #lastEnd = 0;
  readonly #holes: { from_ms: number; to_ms: number }[] = [];

  constructor(plan: PartPlan) {
    this.#plan = plan;
    this.#segmenter = new Segmenter(plan.init);
    this.#headAt = plan.monotonicNs();
    this.#queue = Promise.resolve();
  }

  get part(): string {
    return this.#plan.part;
  }

  /** The failure that stopped the writing, if one did. */
  get failed(): unknown {
    return this.#failed;
  }

  /** Bytes that each target still has to write. */
  get behind(): ReadonlyMap<string, number> {
    return new Map(this.#writer?.progress.map(({ target, behindBytes }) => [target, behindBytes]));
  }

  /** Milliseconds of media time from the recording's start up to which fragments were taken. */
  get endMs(): number {
    return this.#plan.offsetMs + this.#lastEnd;
  }

  /** Makes the files and writes the initialisation section. */
  start(): void {
    this.#enqueue(async () => {
      const { folders, recipient, part, init, onTargetLost, onTargetSlow, onDurable, disk } = this.#plan;
      const { media, segments, heads } = partFiles(part);
      this.#writer = await openPart({
        ...{ targets: folders, file: media, texts: [segments, heads], recipient },
        ...{ onTargetLost, onTargetSlow, onDurable, disk },
      });
      await this.#writer.write(init.bytes);
      await this.#writer.makeDurable();
      await this.#closed(this.#segmenter.begin());
    });
  }

  /** Takes the next fragment. False when too much is waiting for the disks: the part has to end. */
  add(fragment: Fragment): boolean {
    const { timescale } = this.#plan.init;
    const start = toMs(fragment.start, timescale);
    if (this.#first === null) this.#first = start;
    else if (start - this.#lastEnd > HOLE_MS) {
      this.#holes.push({ from_ms: this.endMs, to_ms: this.#plan.offsetMs + start });
    }
    this.#lastEnd = toMs(fragment.end, timescale);
    this.#backlog += fragment.bytes.length;
    this.#waiting.push(fragment);
    this.#enqueue(() => this.#write());
    return this.#backlog < LARGEST_BACKLOG;
  }

  /** Everything that waits, in one go: disks that are slow to sync then sync less often. */
  async #write(): Promise<void> {
    const fragments = this.#waiting.splice(0);
    if (fragments.length === 0) return;
    const writer = this.#mustWriter();
    // The line of the segment before a fragment is written after that fragment: both are durable by then.
    const closed: Segment[] = [];
    for (const fragment of fragments) {
      const segment = this.#segmenter.add(fragment);
      if (segment !== null) closed.push(segment);
      await writer.write(fragment.bytes);
    }
    await writer.makeDurable();
    for (const { bytes } of fragments) this.#backlog -= bytes.length;
    this.#plan.onKept();
    for (const segment of closed) await this.#closed(segment);
  }

  /** Ends the part: last line, last head, last chunk, all durable on every target that is left. Throws its failure. */
  async finish(end: RecordPart['end']): Promise<PartOutcome> {
    this.#enqueue(async () => {
      const last = this.#segmenter.end();
      if (last !== null) await this.#closed(last);
      await this.#signHead();
    });
    await this.#queue;
    if (this.#failed !== null) {
      // Its files stand as a crash would leave them.
      await this.#writer?.abandon();
      throw this.#failed;
    }
    const done = await this.#mustWriter().finish();
    const { part, offsetMs, startedAt } = this.#plan;
    const first = this.#first ?? 0;
    const record: RecordPart = {
      file: `${TRACKS}/${partFiles(part).media}`,
      bytes: done.bytes,
      sha256: done.sha256,
      lines: this.#tree.size,
      merkle_root: this.#tree.root().toString('hex'),
      started_at: startedAt,
      offset_ms: offsetMs,
      duration_ms: Math.max(0, this.#lastEnd - first),
      end,
    };
    const stored = done.stored.map(({ target, file, bytes, sha256 }) => ({
      folder: target,
      file: `${TRACKS}/${file}`,
      bytes,
      sha256,
    }));
    return { record, stored, from: offsetMs + first, to: this.endMs, holes: this.#holes };
  }

  async #closed(segment: Segment): Promise<void> {
    const line = canonicalText(segment.line);
    await this.#mustWriter().addText(partFiles(this.#plan.part).segments, `${line}\n`);
    this.#tree.append(Buffer.from(line, 'utf8'));
    this.#plan.onSegment(segment);
    if (this.#plan.monotonicNs() - this.#headAt >= HEAD_EVERY_NS) await this.#signHead();
  }

  async #signHead(): Promise<void> {
    if (this.#headSize === this.#tree.size) return;
    const head = this.#plan.signHead(this.#plan.part, this.#tree.size, this.#tree.root());
    await this.#mustWriter().addText(partFiles(this.#plan.part).heads, this.#headSize === 0 ? head : `\n${head}`);
    this.#headSize = this.#tree.size;
    this.#headAt = this.#plan.monotonicNs();
  }

  #mustWriter(): PartWriter {
    if (this.#writer === null) throw new Error('a part that was not started');
    return this.#writer;
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#failed !== null) return;
      try {
        await work();
      } catch (error) {
        this.#failed = error;
      }
    });
  }
}
