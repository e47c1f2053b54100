import { execFileSync } from 'node:child_process';

const decoded = (file: string, args: readonly string[]): Buffer =>
  execFileSync('ffmpeg', ['-v', 'error', '-i', file, ...args, 'pipe:1'], { maxBuffer: 1 << 28 });

/** The colour of one place of a picture, `[red, green, blue]` of 0 to 255, `at` seconds after the file's beginning. */
export function colourAt(file: string, at: number, x: number, y: number): [number, number, number] {
  const args = [
    '-ss',
    String(at),
    '-frames:v',
    '1',
    '-vf',
    `crop=2:2:${x}:${y},scale=1:1,format=rgb24`,
    '-f',
    'rawvideo',
  ];
  const [red = 0, green = 0, blue = 0] = decoded(file, args);
  return [red, green, blue];
}

/** Mono sound of 8000 samples a second, −1 to 1. */
export function soundOf(file: string): Float32Array {
  const bytes = decoded(file, ['-vn', '-ac', '1', '-ar', '8000', '-f', 'f32le']);
  return Float32Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readFloatLE(i * 4));
}

/** How strong one tone is between two moments (Goertzel), as amplitude. */
export function tone(sound: Float32Array, hz: number, fromS: number, toS: number): number {
  const part = sound.subarray(Math.round(fromS * 8000), Math.round(toS * 8000));
  const step = (2 * Math.PI * hz) / 8000;
  let [real, imaginary] = [0, 0];
  part.forEach((value, i) => {
    real += value * Math.cos(step * i);
    imaginary += value * Math.sin(step * i);
  });
  return (2 * Math.hypot(real, imaginary)) / Math.max(1, part.length);
}

/** The first moment, in seconds, at which the sound is louder than `level`. */
export function firstLouder(sound: Float32Array, level: number): number {
  return sound.findIndex((value) => Math.abs(value) > level) / 8000;
}

/** Pictures and their moments: `[seconds, mean brightness 0 to 255]` of each. */
export function brightness(file: string, fps: number): [number, number][] {
  const bytes = decoded(file, [
    '-an',
    '-fps_mode',
    'passthrough',
    '-vf',
    'scale=1:1:flags=area,format=gray',
    '-f',
    'rawvideo',
  ]);
  return [...bytes].map((value, i) => [i / fps, value]);
}

/** When the first picture is shown, in seconds of the file's own clock. */
export function firstPicture(file: string): number {
  const args = ['-v', 'error', '-select_streams', 'v', '-read_intervals', '%+#1', '-show_entries', 'packet=pts_time'];
  const text = execFileSync('ffprobe', [...args, '-of', 'csv=p=0', file], { encoding: 'utf8' });
  return Number(text.trim().split('\n')[0]);
}
