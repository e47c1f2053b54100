const LONGEST_LINE = 1024;
/** Written by ffmpeg's `metadata` filter at the frame where it is noticed: `… lavfi.black_start=12.4`. */
const NOTICED = /\blavfi\.(?:freezedetect\.)?(black|freeze)_(start|end)=/;

/** True for what the picture filters print among ffmpeg's own log: no complaint of any kind. */
export const isPictureLine = (line: string): boolean => /\[Parsed_metadata_|\[(?:black|freeze)detect\b/.test(line);

/**
 * Reads from ffmpeg's log what `blackdetect` and `freezedetect` notice in the preview (through `metadata=mode=print`,
 * which tells it at once; the filters' own lines tell black only when it is over).
 */
export class PictureLogReader {
  #rest = '';
  #blackSinceNs: bigint | null = null;
  #frozen = false;

  push(chunk: Buffer | string, nowNs: bigint): void {
    const lines = (this.#rest + chunk.toString()).split(/[\r\n]+/);
    this.#rest = (lines.pop() ?? '').slice(-LONGEST_LINE);
    for (const line of lines) {
      const [, what, when] = NOTICED.exec(line) ?? [];
      if (what === 'black') this.#blackSinceNs = when === 'start' ? nowNs : null;
      else if (what === 'freeze') this.#frozen = when === 'start';
    }
  }

  /** Monotonic time since which the picture has been black, or null. */
  get blackSinceNs(): bigint | null {
    return this.#blackSinceNs;
  }

  /** Whether the picture has not changed for the time that `freezedetect` was given. */
  get frozen(): boolean {
    return this.#frozen;
  }
}
