/** What waits for the station's own disk. Beyond it a disk that hangs would fill the memory. */
const LARGEST_BACKLOG = 4 * 1024 * 1024;

const PATIENCE_MS = 2000;

/** One write to the disk: all that has come meanwhile. `afresh` = it replaces what stood there before. */
export type WriteAll = (bytes: Buffer, afresh: boolean) => Promise<void>;

/**
 * Writes what it is given in order, behind its caller: the recorder's own notes stand on the station's disk, and a disk that
 * is slow or full there must not hold up a recording that goes to others. What could not be written is counted.
 */
export class BehindWriter {
  readonly #write: WriteAll;
  #waiting: Buffer[] = [];
  #bytes = 0;
  #afresh = false;
  #working: Promise<void> | null = null;
  /** Additions that the disk did not take. */
  lost = 0;

  constructor(write: WriteAll) {
    this.#write = write;
  }

  /** Takes `bytes` and returns at once. `afresh`: everything before is replaced, also what still waits. */
  add(bytes: Buffer, afresh = false): void {
    if (afresh) {
      this.#waiting = [];
      this.#bytes = 0;
      this.#afresh = true;
    }
    if (this.#bytes + bytes.length > LARGEST_BACKLOG) {
      this.lost += 1;
      return;
    }
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
    this.#working ??= this.#work();
  }

  /** Resolves when nothing waits any more, or after two seconds: a disk that hangs does not hold up an end. */
  async settled(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([this.#working, late]);
    clearTimeout(timer);
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const [pieces, afresh] = [this.#waiting, this.#afresh];
      this.#waiting = [];
      this.#bytes = 0;
      this.#afresh = false;
      await this.#write(Buffer.concat(pieces), afresh).catch(() => {
        this.lost += pieces.length;
      });
    }
    this.#working = null;
  }
}
