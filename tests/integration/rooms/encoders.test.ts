import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFfmpeg, chooseEncoder, probeEncoder } from '../../../src/main/rooms/ffmpeg/index.ts';

const missing = spawnSync('ffmpeg', ['-version']).error !== undefined || process.platform === 'win32';
if (missing) process.stderr.write('skipped: tests of encoders: ffmpeg or a shell is missing\n');

/**
 * An ffmpeg on a machine with a card: asked for `h264_nvenc`, whose settings stand in the middle, it encodes with x264 and
 * `settings` in its stead. Everything else is the real one's work.
 */
function withCard(folder: string, name: string, settings: string): string {
  const path = join(folder, name);
  const mp4 = '-f mp4 -movflags +frag_every_frame+empty_moov+default_base_moof -flush_packets 1 pipe:1';
  const raw = '-f rawvideo -pix_fmt yuv420p -video_size 1280x720 -framerate 25 -i pipe:0';
  writeFileSync(
    path,
    `#!/bin/sh\ncase "$*" in *h264_nvenc*) exec ffmpeg -loglevel warning ${raw} ${settings} ${mp4};; esac\nexec ffmpeg "$@"\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

describe.skipIf(missing)('the test of an encoder', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'encoders-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const verdict = async (name: string, settings: string) =>
    (await probeEncoder(withCard(folder, name, settings), 'h264_nvenc')).verdict;

  it('is passed by x264 with the arguments of a recording', async () => {
    expect(await probeEncoder('ffmpeg', 'libx264')).toEqual({ encoder: 'libx264', verdict: 'works', line: '' });
  });

  it('is passed by a card that does what x264 does, and no other way', async () => {
    const good = '-c:v libx264 -preset ultrafast -tune zerolatency -g 25 -bf 0';
    expect(await verdict('good', `${good} -sc_threshold 0`)).toBe('works');
    expect(await verdict('lookahead', '-c:v libx264 -preset medium -g 25 -sc_threshold 0')).toBe('holds-back');
    expect(await verdict('rare', `${good.replace('25', '250')} -sc_threshold 0`)).toBe('wrong-output');
    expect(await verdict('other', '-c:v mpeg4 -g 25')).toBe('wrong-output');
    expect(await verdict('broken', '-c:v nothing')).toBe('failed');
  });

  it('makes a station with such a card take it, and one without any fall back to x264', async () => {
    const good = '-c:v libx264 -preset ultrafast -tune zerolatency -g 25 -bf 0 -sc_threshold 0';
    const info = await checkFfmpeg({ env: { FFMPEG_PATH: withCard(folder, 'card', good) } });
    if (info.h264.includes('h264_nvenc')) {
      expect(await chooseEncoder(info)).toMatchObject({ encoder: 'h264_nvenc', tests: [{ verdict: 'works' }] });
    } else process.stderr.write('skipped: this ffmpeg is built without NVENC\n');
    const real = await checkFfmpeg({ env: process.env });
    // With the render nodes and drivers of nobody: what this ffmpeg has of hardware encoders must fail, in words.
    const { encoder, tests } = await chooseEncoder(real, { dri: join(folder, 'none') });
    expect(tests.every(({ verdict, line }) => verdict === 'works' || line !== '')).toBe(true);
    expect(encoder === 'libx264' || tests.at(-1)?.verdict === 'works').toBe(true);
  });
});
