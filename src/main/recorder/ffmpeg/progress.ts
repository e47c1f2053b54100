/** What `-progress` says once a second. Figures that ffmpeg does not know (`N/A`) are null. */
export interface Progress {
  readonly fps: number | null;
  readonly outTimeUs: number | null;
  readonly droppedFrames: number | null;
  readonly ended: boolean;
}

/** Reads the `key=value` lines of `-progress`, however they are split; one result for each `progress=` line. */
export class ProgressReader {
  #rest = '';
  #values = new Map<string, string>();

  push(chunk: Buffer | string): Progress[] {
    const lines = (this.#rest + chunk.toString()).split('\n');
    // A line without an end is held for the next bytes, within reason.
    this.#rest = (lines.pop() ?? '').slice(0, 4096);
    const found: Progress[] = [];
    for (const line of lines) {
      const at = line.indexOf('=');
      if (at < 0) continue;
      const key = line.slice(0, at).trim();
      const value = line.slice(at + 1).trim();
      if (key !== 'progress') {
        if (this.#values.size < 100) this.#values.set(key, value);
        continue;
      }
      found.push({
        fps: this.#number('fps'),
        outTimeUs: this.#number('out_time_us'),
        droppedFrames: this.#number('drop_frames'),
        ended: value === 'end',
      });
      this.#values = new Map();
    }
    return found;
  }

  #number(key: string): number | null {
    const text = this.#values.get(key);
    if (text === undefined || text === '') return null;
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
  }
}
