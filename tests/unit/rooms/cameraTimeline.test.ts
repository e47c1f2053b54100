import { describe, expect, it } from 'vitest';
import { CameraTimeline, ZERO_STAMP } from '../../../src/main/rooms/devices/cameraTimeline.ts';

const RATE = 90_000;
const FPS = 25;
const START_NS = 5_000_000_000_000n;

/** The same numbers each time, so that a failure can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Camera {
  readonly ppm?: number;
  readonly firstStamp?: number;
  /** Seconds that frame `i` spends on its way. */
  readonly delay?: (i: number) => number;
  /** Seconds by which the camera's own clock is set forward from this frame on. */
  readonly set?: (i: number) => number;
  /** The frame that is sent as the `i`th. */
  readonly order?: (i: number) => number;
}

/** Sends frames `from` to `to` through `timeline`; gives for each the seconds by which it stands later than it truly was. */
function send(timeline: CameraTimeline, camera: Camera, from: number, to: number, settleAt = 30): number[] {
  const { ppm = 0, firstStamp = 0, delay = () => 0, set = () => 0, order = (i) => i } = camera;
  const outs: { trueS: number; out: number }[] = [];
  let latest = 0;
  for (let i = from; i < to; i++) {
    const shown = order(i);
    const trueS = shown / FPS / (1 + ppm / 1e6);
    // TCP delivers in order.
    latest = Math.max(latest, i / FPS / (1 + ppm / 1e6) + delay(i));
    const stamp = (firstStamp + Math.round((shown / FPS + set(i)) * RATE)) % 2 ** 32;
    const out = timeline.restamp(stamp, START_NS + BigInt(Math.round(latest * 1e9)));
    if (i === settleAt) timeline.zeroNs();
    outs.push({ trueS, out });
  }
  const zeroS = Number((timeline.zeroNs() ?? 0n) - START_NS) / 1e9;
  return outs.map(({ trueS, out }) => zeroS + ((out - ZERO_STAMP) | 0) / RATE - trueS);
}

const widest = (values: readonly number[]): number => values.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
/** By how much it moves between any two moments. */
const spread = (values: readonly number[]): number =>
  values.reduce((most, one) => Math.max(most, one), -Infinity) -
  values.reduce((least, one) => Math.min(least, one), Infinity);

describe('the timeline of a network camera', () => {
  it.each([100, -100, 0])('follows a crystal that is %i ppm wrong over two hours of a jittery network', (ppm) => {
    const random = randomNumbers(7);
    // Mostly a few milliseconds, now and then a tenth of a second, always one way: late.
    const delay = (): number => 0.002 + random() ** 8 * 0.12;
    const off = send(new CameraTimeline(RATE), { ppm, delay }, 0, 7200 * FPS);
    expect(widest(off)).toBeLessThan(0.012);
    // What is left is a constant: between any two moments it moves by less than six milliseconds.
    expect(spread(off.slice(1000))).toBeLessThan(0.006);
  });

  it('is not moved by ten seconds of a slow network', () => {
    const delay = (i: number): number => (i > 1000 && i < 1250 ? 0.4 : 0.003);
    expect(widest(send(new CameraTimeline(RATE), { delay }, 0, 3000))).toBeLessThan(0.01);
  });

  it('is not moved by a second that comes in one burst', () => {
    const delay = (i: number): number => (i >= 1000 && i < 1025 ? (1025 - i) / FPS : 0.003);
    expect(widest(send(new CameraTimeline(RATE), { delay }, 0, 3000))).toBeLessThan(0.01);
  });

  it('places a camera truly that first sends two seconds of old pictures', () => {
    const delay = (i: number): number => (i < 50 ? (50 - i) / FPS : 0.003);
    expect(widest(send(new CameraTimeline(RATE), { delay }, 0, 500, 60))).toBeLessThan(0.01);
  });

  it('goes on over the end of the 32-bit count', () => {
    const firstStamp = 2 ** 32 - 20 * RATE;
    expect(widest(send(new CameraTimeline(RATE), { firstStamp, ppm: 100 }, 0, 2000))).toBeLessThan(0.01);
  });

  it.each([3600, -3600, 12, -5])('follows a camera whose clock is set by %i s, at once', (seconds) => {
    const off = send(new CameraTimeline(RATE), { set: (i) => (i < 1000 ? 0 : seconds), delay: () => 0.003 }, 0, 3000);
    expect(widest(off)).toBeLessThan(0.05);
  });

  it('follows a camera whose clock stood still, within seconds', () => {
    const off = send(new CameraTimeline(RATE), { set: (i) => (i < 1000 ? 0 : -2) }, 0, 4000);
    expect(widest(off.slice(0, 1000))).toBeLessThan(0.01);
    expect(widest(off.slice(1000 + 10 * FPS))).toBeLessThan(0.05);
  });

  it('keeps the order of frames that are not sent in the order of showing, and of all others', () => {
    const random = randomNumbers(3);
    // I P B P B …: each P is sent before the frame that it follows.
    const order = (i: number): number => (i === 0 ? 0 : i % 2 === 1 ? i + 1 : i - 1);
    const timeline = new CameraTimeline(RATE);
    const outs: [shown: number, out: number][] = [];
    for (let i = 0; i < 20_000; i++) {
      const arrival = (i + 1) / FPS + random() * 0.3;
      const stamp = Math.round((order(i) / FPS) * RATE);
      outs.push([order(i), timeline.restamp(stamp, START_NS + BigInt(Math.round(arrival * 1e9)))]);
      if (i === 30) timeline.zeroNs();
    }
    outs.sort(([a], [b]) => a - b);
    expect(outs.every(([, out], i) => i === 0 || out > (outs[i - 1]?.[1] ?? 0))).toBe(true);
  });

  it('gives the packets of one picture one stamp', () => {
    const timeline = new CameraTimeline(RATE);
    timeline.restamp(1000, START_NS);
    timeline.zeroNs();
    const first = timeline.restamp(4600, START_NS + 43_000_000n);
    expect(timeline.restamp(4600, START_NS + 60_000_000n)).toBe(first);
  });

  it('knows no zero before the first picture', () => {
    expect(new CameraTimeline(RATE).zeroNs()).toBeNull();
  });
});
