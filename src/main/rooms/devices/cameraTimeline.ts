/** Earliest arrivals are kept for this long: a network that is slow for less than that does not move the timeline. */
const WINDOW_SECONDS = 20;
/** How fast an error of the timeline is worked off: what came too early is certain, what came late may be the network. */
const EARLY_SECONDS = 2;
const LATE_SECONDS = 20;
/** A correction never stretches or squeezes the picture's time by more than this. */
const FASTEST = 0.01;
/** A camera's clock that is further off than this at once was set; it did not drift. */
const SET_SECONDS = 0.5;
/** Presentation times step back within a group of pictures (B-frames), but not by this much. */
const REORDER_SECONDS = 1;
/** Everything came this late for so long: the camera's own clock stood still meanwhile. */
const STOOD_STILL = { late: 1, seconds: 5 } as const;
const CYCLE = 2 ** 32;

/** What ffmpeg is told as the stamp of time zero (`RTP-Info`); not 0, which ffmpeg takes for "none". */
export const ZERO_STAMP = 0x4000_0000;

/** The first picture comes this long after time 0, so that no decode time before it is negative and gets shifted. */
const FIRST_AT_SECONDS = 1;

/**
 * Puts a camera's RTP time stamps (RFC 3550 §5.1) on the recorder's monotonic clock. Camera and recorder count with
 * crystals of their own, ±100 ppm apart, which is 0.7 s in two hours; the network delays each packet, never hastens one.
 * So the earliest arrivals of the last twenty seconds say where the camera's time stands on ours, and the stamps are led
 * there so slowly that no frame changes its order. A camera that sets its clock, or whose clock stood still, is followed
 * at once. Pure: no clock of its own.
 */
export class CameraTimeline {
  readonly #rate: number;
  #firstNs: bigint | null = null;
  #unwrapped = 0;
  #last = { stamp: 0, out: 0, camera: 0, arrival: 0 };
  /** Added to camera time (seconds since its first stamp) to give stream time. */
  #lead = FIRST_AT_SECONDS;
  /** Earliest `arrival − camera time`, one entry a second, the newest last. */
  #earliest: { readonly second: number; delay: number }[] = [];
  /** Moment of stream time 0, in seconds after the first arrival: known once it was asked for. */
  #zero: number | null = null;

  /** `rate` = ticks a second of the stamps. */
  constructor(rate: number) {
    this.#rate = rate;
  }

  /**
   * The monotonic time of `ZERO_STAMP`, or null before the first packet. The first asking settles it by the earliest
   * arrival until then, so that the old pictures which many cameras send first in a burst do not place the stream late;
   * what is learned after that is worked into the stamps.
   */
  zeroNs(): bigint | null {
    if (this.#firstNs === null) return null;
    this.#zero ??= this.#earliestDelay() - this.#lead;
    return this.#firstNs + BigInt(Math.round(this.#zero * 1e9));
  }

  /** The stamp to pass on for a packet that came with `stamp` at `arrivedNs`. Packets of one picture keep one stamp. */
  restamp(stamp: number, arrivedNs: bigint): number {
    if (this.#firstNs === null) {
      this.#firstNs = arrivedNs;
      this.#note(0, 0);
      this.#last = { stamp, out: this.#stampOf(0), camera: 0, arrival: 0 };
      return this.#last.out;
    }
    if (stamp === this.#last.stamp) return this.#last.out;
    this.#unwrapped += signed(stamp - this.#last.stamp);
    const camera = this.#unwrapped / this.#rate;
    const arrival = Number(arrivedNs - this.#firstNs) / 1e9;
    this.#follow(camera, arrival);
    this.#last = { stamp, out: this.#stampOf(camera), camera, arrival };
    return this.#last.out;
  }

  #stampOf(camera: number): number {
    const ticks = Math.round((camera + this.#lead) * this.#rate);
    return (((ZERO_STAMP + ticks) % CYCLE) + CYCLE) % CYCLE;
  }

  #follow(camera: number, arrival: number): void {
    const delay = arrival - camera;
    // Before the zero is settled the stream may come early by what a camera had in store.
    const early = this.#zero !== null && delay - this.#target() < -SET_SECONDS;
    const back = camera - this.#last.camera < -REORDER_SECONDS;
    const far = camera - this.#last.camera - (arrival - this.#last.arrival) > 10;
    if (early || back || far) {
      this.#setTo(delay);
      this.#note(arrival, delay);
      return;
    }
    this.#note(arrival, delay);
    if (this.#zero === null) return;
    if (this.#stoodStill(arrival)) {
      this.#setTo(this.#earliestDelay(STOOD_STILL.seconds));
      return;
    }
    const error = this.#earliestDelay() - this.#target();
    const speed = error / (error < 0 ? EARLY_SECONDS : LATE_SECONDS);
    const passed = Math.min(Math.max(arrival - this.#last.arrival, 0), 1);
    const most = Math.min(FASTEST * passed, Math.abs(camera - this.#last.camera) / 4);
    this.#lead += Math.max(-most, Math.min(most, speed * passed));
  }

  /** `arrival − camera time` of a frame that comes without any delay, as the stamps have it now. */
  #target(): number {
    return this.#lead + (this.#zero ?? 0);
  }

  /** A frame with this delay is one that stands at its arrival: always after everything that was passed on before. */
  #setTo(delay: number): void {
    this.#zero ??= this.#earliestDelay() - this.#lead;
    this.#lead = delay - this.#zero;
    this.#earliest = [];
  }

  #note(arrival: number, delay: number): void {
    const second = Math.floor(arrival);
    const newest = this.#earliest.at(-1);
    if (newest === undefined || newest.second !== second) {
      this.#earliest.push({ second, delay });
      while ((this.#earliest[0]?.second ?? second) <= second - WINDOW_SECONDS) this.#earliest.shift();
    } else if (delay < newest.delay) newest.delay = delay;
  }

  #stoodStill(arrival: number): boolean {
    const oldest = this.#earliest[0];
    if (oldest === undefined || oldest.second > arrival - STOOD_STILL.seconds - 1) return false;
    return this.#earliestDelay(STOOD_STILL.seconds) - this.#target() > STOOD_STILL.late;
  }

  #earliestDelay(seconds = WINDOW_SECONDS): number {
    const newest = this.#earliest.at(-1)?.second ?? 0;
    let earliest = Number.POSITIVE_INFINITY;
    for (const { second, delay } of this.#earliest) {
      if (second > newest - seconds && delay < earliest) earliest = delay;
    }
    return earliest === Number.POSITIVE_INFINITY ? 0 : earliest;
  }
}

/** The difference of two 32-bit counts, whichever of them has wrapped round. */
function signed(difference: number): number {
  const cycled = ((difference % CYCLE) + CYCLE) % CYCLE;
  return cycled >= CYCLE / 2 ? cycled - CYCLE : cycled;
}
