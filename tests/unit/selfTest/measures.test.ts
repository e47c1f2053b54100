import { describe, expect, it } from 'vitest';
import { measurePicture } from '../../../src/main/selfTest/measurePicture.ts';
import { measureSound } from '../../../src/main/selfTest/measureSound.ts';

const [width, height] = [64, 36];
const frame = (at: (x: number, y: number) => number) =>
  Uint8Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)));

describe('the measures of a picture', () => {
  it('tell light, spread and sharpness', () => {
    const plain = measurePicture({ width, height, frames: [frame(() => 90)] });
    expect(plain).toEqual({ luma: 90, contrast: 0, sharpness: 0, change: 0 });
    const chess = measurePicture({ width, height, frames: [frame((x, y) => ((x + y) % 2 === 0 ? 80 : 120))] });
    expect(chess).toMatchObject({ luma: 100, contrast: 20, sharpness: 40 });
    const soft = measurePicture({ width, height, frames: [frame((x) => 80 + (40 * x) / width)] });
    expect(soft.sharpness).toBeLessThan(1);
    expect(soft.contrast).toBeGreaterThan(10);
  });

  it('take the middle of all changes: one jump in a still picture is no life', () => {
    const at = (level: number) => frame(() => level);
    const still = measurePicture({ width, height, frames: [at(90), at(90), at(90), at(91), at(91), at(91)] });
    expect(still.change).toBe(0);
    const alive = measurePicture({ width, height, frames: [at(90), at(91), at(90), at(91)] });
    expect(alive.change).toBe(1);
  });

  it('are nothing where nothing came', () => {
    expect(measurePicture({ width, height, frames: [] })).toEqual({ luma: 0, contrast: 0, sharpness: 0, change: 0 });
  });
});

describe('the measures of a sound', () => {
  const rate = 8000;
  const sound = (at: (seconds: number) => number, seconds = 5) =>
    Float32Array.from({ length: seconds * rate }, (_, i) => at(i / rate));
  const tone = (hertz: number, amplitude: number) => (t: number) => amplitude * Math.sin(2 * Math.PI * hertz * t);

  it('tell level, peak and the quietest moment', () => {
    const measured = measureSound(
      sound((t) => tone(440, t > 3 ? 0.001 : 0.1)(t)),
      rate,
    );
    expect(measured.peak).toBeCloseTo(-20, 0);
    expect(measured.floor).toBeCloseTo(-63, 0);
    expect(measured.rms).toBeCloseTo(-25, 0);
    expect(measured).toMatchObject({ clipped: 0, dc: 0 });
    expect(measured.hum).toBeLessThan(0.01);
  });

  it('know mains by its tones, also a little off and under speech-like sound', () => {
    expect(measureSound(sound(tone(50, 0.1)), rate).hum).toBeCloseTo(1, 1);
    expect(measureSound(sound(tone(50.1, 0.1)), rate).hum).toBeGreaterThan(0.9);
    expect(measureSound(sound(tone(100, 0.1)), rate)).toMatchObject({ humDb: expect.closeTo(-23, 0) });
    expect(
      measureSound(
        sound((t) => tone(50, 0.05)(t) + tone(220, 0.1)(t)),
        rate,
      ).hum,
    ).toBeCloseTo(0.2, 1);
    expect(measureSound(sound(tone(130, 0.1)), rate).hum).toBeLessThan(0.05);
  });

  it('see what breaks and what lies off the middle, which is no level', () => {
    expect(
      measureSound(
        sound((t) => Math.max(-1, Math.min(1, tone(200, 3)(t)))),
        rate,
      ).clipped,
    ).toBeGreaterThan(0.5);
    const off = measureSound(
      sound(() => 0.05),
      rate,
    );
    expect(off.dc).toBeCloseTo(0.05, 3);
    expect(off.rms).toBe(-120);
  });

  it('call digital silence by its name', () => {
    expect(
      measureSound(
        sound(() => 0),
        rate,
      ),
    ).toMatchObject({ rms: -120, peak: -120, floor: -120, hum: 0 });
    expect(measureSound(new Float32Array(0), rate)).toMatchObject({ rms: -120 });
  });
});
