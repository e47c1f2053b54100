import type { Finding, Level } from '../../../shared/domain/liveState.ts';
import { ClippingDetector } from './clipping.ts';
import { HumDetector } from './hum.ts';
import { PictureLogReader } from './pictureLog.ts';
import { SilenceDetector } from './silence.ts';

const BLACK_NS = 2_000_000_000n;
const STILL_MS = 2000;

/** What else is known of a source at the moment of asking. `growing` is null while nothing is recorded. */
export interface SourceFacts {
  readonly running: boolean;
  readonly lastFragmentMsAgo: number | null;
  readonly growing: boolean | null;
}

/** What one source shows and hears in its current run, and what follows from that for its light. */
export class SourceLiveness {
  readonly #kind: 'video' | 'audio';
  readonly #noiseDb: number | null;
  #picture = new PictureLogReader();
  #silence: SilenceDetector;
  #clipping = new ClippingDetector();
  #hum = new HumDetector();

  /** `noiseDb` = the room's base line of a microphone: RMS in dBFS when nobody speaks; null where it is not known. */
  constructor(kind: 'video' | 'audio', noiseDb: number | null = null) {
    this.#kind = kind;
    this.#noiseDb = noiseDb;
    this.#silence = new SilenceDetector(noiseDb);
  }

  /** The source's encoder was started anew: what was heard and seen before says nothing any more. */
  reset(): void {
    this.#picture = new PictureLogReader();
    this.#silence = new SilenceDetector(this.#noiseDb);
    this.#clipping = new ClippingDetector();
    this.#hum = new HumDetector();
  }

  hear(level: Level): void {
    this.#silence.take(level);
    this.#clipping.take(level);
    this.#hum.take(level);
  }

  /** Takes what ffmpeg printed. */
  read(log: Buffer, nowNs: bigint): void {
    if (this.#kind === 'video') this.#picture.push(log, nowNs);
  }

  /** What keeps this source's light from being green; empty for a source that is as it should be. */
  findings(facts: SourceFacts, nowNs: bigint): Finding[] {
    const found: Finding[] = facts.growing === false ? ['no-bytes'] : [];
    if (!facts.running) return found;
    if ((facts.lastFragmentMsAgo ?? 0) > STILL_MS) found.push('no-frames');
    return [...found, ...(this.#kind === 'video' ? this.#seen(nowNs) : this.#heard())];
  }

  #seen(nowNs: bigint): Finding[] {
    const since = this.#picture.blackSinceNs;
    if (since !== null && nowNs - since >= BLACK_NS) return ['black'];
    // A black picture does not change either: that it is black says more.
    return this.#picture.frozen && since === null ? ['frozen'] : [];
  }

  #heard(): Finding[] {
    const found: Finding[] = [];
    if (this.#silence.silent) found.push('silent');
    if (this.#clipping.clipping) found.push('clipping');
    if (this.#hum.humming) found.push('hum');
    return found;
  }
}
