import { execFileSync } from 'node:child_process';

const muxed = [
  ...['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer'],
  ...['-frag_duration', '500000', 'pipe:1'],
];

/** Real fragmented MP4 as a recording's ffmpeg makes it: `seconds` of a moving picture, a key frame a second. */
export function fragmentedVideo(seconds: number): Buffer {
  const source = ['-f', 'lavfi', '-i', `testsrc2=s=160x120:r=25:d=${seconds}`];
  const codec = ['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-g', '25', '-keyint_min', '25'];
  return made([...source, ...codec, '-sc_threshold', '0', '-pix_fmt', 'yuv420p', ...muxed]);
}

/** The same for a tone in AAC at 48 kHz. */
export function fragmentedAudio(seconds: number): Buffer {
  return made(['-f', 'lavfi', '-i', `sine=r=48000:d=${seconds}`, '-c:a', 'aac', '-b:a', '64k', ...muxed]);
}

function made(args: readonly string[]): Buffer {
  return execFileSync('ffmpeg', ['-v', 'error', ...args], { maxBuffer: 64 * 1024 * 1024 });
}
