import type { SourceConfig } from '../../../shared/domain/devices.ts';
import type { Level } from '../../../shared/domain/liveState.ts';
import { JpegReader } from './jpegReader.ts';
import { LevelReader } from './levels.ts';
import { ProgressReader } from './progress.ts';

/** Of a run's log the end is kept in memory, for the reason why it ended. */
const LAST_WORDS = 4096;

/** What one run of a source tells besides its media: small pictures or levels, its pace, the end of its log. */
export class RunSigns {
  readonly #kind: SourceConfig['kind'];
  readonly #heard: (level: Level) => void;
  readonly #jpegs = new JpegReader();
  readonly #levels = new LevelReader();
  readonly #progress = new ProgressReader();
  #preview: Buffer | null = null;
  #level: Level | null = null;
  #fps: number | null = null;
  #words = '';

  constructor(kind: SourceConfig['kind'], heard: (level: Level) => void) {
    this.#kind = kind;
    this.#heard = heard;
  }

  /** The newest small picture as JPEG. */
  get preview(): Buffer | null {
    return this.#preview;
  }

  get level(): Level | null {
    return this.#level;
  }

  get fps(): number | null {
    return this.#kind === 'video' ? this.#fps : null;
  }

  /** The end of what ffmpeg printed. */
  get words(): string {
    return this.#words;
  }

  /** Takes bytes of the preview's descriptor: pictures of a camera, levels of a microphone. */
  shown(chunk: Buffer): void {
    if (this.#kind === 'video') {
      this.#preview = this.#jpegs.push(chunk).at(-1) ?? this.#preview;
      return;
    }
    for (const level of this.#levels.push(chunk)) {
      this.#level = level;
      this.#heard(level);
    }
  }

  progress(chunk: Buffer): void {
    for (const { fps } of this.#progress.push(chunk)) this.#fps = fps;
  }

  printed(chunk: Buffer): void {
    this.#words = (this.#words + chunk.toString('utf8')).slice(-LAST_WORDS);
  }
}
