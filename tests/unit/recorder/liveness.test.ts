import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { sourceArguments } from '../../../src/main/recorder/ffmpeg/arguments.ts';
import { ClippingDetector } from '../../../src/main/recorder/liveness/clipping.ts';
import { HumDetector } from '../../../src/main/recorder/liveness/hum.ts';
import { isPictureLine, PictureLogReader } from '../../../src/main/recorder/liveness/pictureLog.ts';
import { SilenceDetector, silentBelow } from '../../../src/main/recorder/liveness/silence.ts';
import { SourceLiveness } from '../../../src/main/recorder/liveness/sourceLiveness.ts';
import type { Level } from '../../../src/shared/domain/liveState.ts';

const SECOND = 1_000_000_000n;
const level = (rms: number, crest = 12): Level => ({ rms, peak: Math.min(0, rms + crest) });
/** Levels as ten a second give them. */
const lasting = (seconds: number, make: (i: number) => Level): Level[] =>
  Array.from({ length: seconds * 10 }, (_, i) => make(i));
/** A voice: syllables and pauses. */
const speech = (seconds: number): Level[] =>
  lasting(seconds, (i) => level(i % 10 < 6 ? -22 - ((i * 7) % 13) : -52, 14));

function fed<T extends { take(one: Level): void }>(detector: T, levels: readonly Level[]): T {
  for (const one of levels) detector.take(one);
  return detector;
}

describe('silence', () => {
  it('is eight seconds of nothing, not less', () => {
    const detector = fed(
      new SilenceDetector(),
      lasting(7, () => level(-80)),
    );
    expect(detector.silent).toBe(false);
    expect(
      fed(
        detector,
        lasting(1, () => level(-80)),
      ).silent,
    ).toBe(true);
  });

  it('is not the pauses of a conversation', () => {
    const detector = new SilenceDetector();
    for (const one of [...speech(20), ...lasting(6, () => level(-70)), ...speech(2), ...lasting(6, () => level(-70))]) {
      detector.take(one);
      expect(detector.silent).toBe(false);
    }
  });

  it('ends when something is heard, but not at the first crackle', () => {
    const silent = fed(
      new SilenceDetector(),
      lasting(10, () => level(-120)),
    );
    silent.take(level(-40));
    expect(silent.silent).toBe(true);
    expect(fed(silent, [level(-80), level(-40), level(-40), level(-40)]).silent).toBe(false);
  });

  it("goes by the room's own noise where that is known", () => {
    // A quiet room with a good microphone: −66 is its ordinary noise, and no silence.
    const quiet = lasting(12, () => level(-66));
    expect(fed(new SilenceDetector(), quiet).silent).toBe(true);
    expect(fed(new SilenceDetector(-66), quiet).silent).toBe(false);
    // A noisy room whose microphone was turned down.
    expect(
      fed(
        new SilenceDetector(-42),
        lasting(12, () => level(-55)),
      ).silent,
    ).toBe(true);
    expect([silentBelow(null), silentBelow(-120), silentBelow(-20)]).toEqual([-60, -90, -45]);
  });
});

describe('clipping', () => {
  it('is told when it comes again and again, and is over after five clean seconds', () => {
    const detector = fed(new ClippingDetector(), [...speech(5), level(-6, 6)]);
    expect(detector.clipping).toBe(false);
    fed(
      detector,
      lasting(1, (i) => level(i % 2 === 0 ? -6 : -12, 6)),
    );
    expect(detector.clipping).toBe(true);
    expect(
      fed(
        detector,
        lasting(4, () => level(-20)),
      ).clipping,
    ).toBe(true);
    expect(
      fed(
        detector,
        lasting(2, () => level(-20)),
      ).clipping,
    ).toBe(false);
  });
});

describe('hum', () => {
  const tone = (seconds: number): Level[] => lasting(seconds, (i) => ({ rms: -33 + (i % 2) * 0.2, peak: -29 }));

  it('is one steady tone for six seconds', () => {
    const detector = fed(new HumDetector(), tone(5));
    expect(detector.humming).toBe(false);
    expect(fed(detector, tone(2)).humming).toBe(true);
    expect(fed(detector, speech(3)).humming).toBe(false);
  });

  it('is neither speech, nor a fan, nor a tone that nobody hears', () => {
    expect(fed(new HumDetector(), speech(30)).humming).toBe(false);
    expect(
      fed(
        new HumDetector(),
        lasting(30, () => level(-40, 12)),
      ).humming,
    ).toBe(false);
    expect(
      fed(
        new HumDetector(),
        lasting(30, () => level(-60, 4)),
      ).humming,
    ).toBe(false);
  });
});

describe('the picture', () => {
  const start = '[Parsed_metadata_5 @ 0x5] [info] lavfi.black_start=3.2\n';
  const end = '[Parsed_metadata_5 @ 0x5] [info] lavfi.black_end=9\n';
  const facts = { running: true, lastFragmentMsAgo: 100, growing: null };

  it('is black after two seconds of black, and no longer when it is over', () => {
    const liveness = new SourceLiveness('video');
    liveness.read(Buffer.from(start.slice(0, 40)), 0n);
    liveness.read(Buffer.from(start.slice(40)), 10n * SECOND);
    expect(liveness.findings(facts, 11n * SECOND)).toEqual([]);
    expect(liveness.findings(facts, 12n * SECOND)).toEqual(['black']);
    liveness.read(Buffer.from(end), 13n * SECOND);
    expect(liveness.findings(facts, 20n * SECOND)).toEqual([]);
  });

  it('is judged anew with each run', () => {
    const liveness = new SourceLiveness('video');
    liveness.read(Buffer.from(start), 0n);
    liveness.reset();
    expect(liveness.findings(facts, 20n * SECOND)).toEqual([]);
  });

  it('is read from what ffmpeg really prints: black, then moving, then still, then moving', () => {
    const scenes = [
      'color=c=black:s=640x360:r=10:d=3[a]',
      'testsrc2=s=640x360:r=10:d=3[b]',
      'color=c=gray:s=640x360:r=10:d=8[c]',
      'testsrc2=s=640x360:r=10:d=3[d]',
      '[a][b][c][d]concat=n=4',
    ];
    const source = {
      id: 'room',
      place: 'room',
      kind: 'video',
      device: { kind: 'camera', backend: 'simulated', address: 'room', label: 'camera', simulated: true },
    } as const;
    const args = sourceArguments(source, ['-f', 'lavfi', '-i', scenes.join(';')], 'libx264');
    const script = 'exec 5>&1; exec ffmpeg "$@" 2>&5 >/dev/null 3>/dev/null 4>/dev/null';
    const log = execFileSync('bash', ['-c', script, 'ffmpeg', ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
    const told = log.split('\n').filter((line) => /Parsed_metadata.*=/.test(line));
    expect(told.every(isPictureLine)).toBe(true);
    const reader = new PictureLogReader();
    const seen = told.map((line) => {
      reader.push(`${line}\n`, 1n);
      return reader.blackSinceNs !== null ? 'black' : reader.frozen ? 'frozen' : 'well';
    });
    expect(seen.filter((one, i) => one !== seen[i - 1])).toEqual(['black', 'well', 'frozen', 'well']);
  });
});

describe('the green light', () => {
  it('is no green while the track does not grow, whatever the picture shows', () => {
    const liveness = new SourceLiveness('video');
    expect(liveness.findings({ running: true, lastFragmentMsAgo: 100, growing: true }, 0n)).toEqual([]);
    expect(liveness.findings({ running: true, lastFragmentMsAgo: 100, growing: false }, 0n)).toEqual(['no-bytes']);
    expect(liveness.findings({ running: true, lastFragmentMsAgo: 2500, growing: true }, 0n)).toEqual(['no-frames']);
    expect(liveness.findings({ running: false, lastFragmentMsAgo: 9000, growing: false }, 0n)).toEqual(['no-bytes']);
  });

  it('says of a microphone all that is wrong with it', () => {
    const liveness = new SourceLiveness('audio');
    for (const one of lasting(10, () => ({ rms: -3, peak: 0 }))) liveness.hear(one);
    expect(liveness.findings({ running: true, lastFragmentMsAgo: 100, growing: null }, 0n)).toEqual([
      'clipping',
      'hum',
    ]);
  });
});
