import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFfmpeg } from '../../../src/main/rooms/ffmpeg/check.ts';
import { chooseEncoder } from '../../../src/main/rooms/ffmpeg/chooseEncoder.ts';
import { findFfmpeg } from '../../../src/main/rooms/ffmpeg/find.ts';
import { parseTable, parseVersion } from '../../../src/main/rooms/ffmpeg/parse.ts';
import type { ProbeEncoder } from '../../../src/main/rooms/ffmpeg/probeEncoder.ts';
import { type RunListing, runListing } from '../../../src/main/rooms/ffmpeg/runListing.ts';
import { isRefusal, type Refusal } from '../../../src/shared/errors.ts';

const listing = (name: string): string =>
  readFileSync(new URL(`../../fixtures/listings/${name}.txt`, import.meta.url), 'utf8');

/** An ffmpeg that says what was recorded, changed by `edit`; `works` says whether an encoder passes its test. */
function recorded(edit: (name: string, text: string) => string, works = false): RunListing {
  return async (_program, args) => {
    const table = args.includes('-c:v') ? null : (args.at(-1)?.slice(1) ?? '');
    const stdout = table === null ? '' : edit(table, listing(`ffmpeg-5-${table}`));
    return { stdout, stderr: '', code: table === null && !works ? 1 : 0, missing: false };
  };
}
const here = { env: { FFMPEG_PATH: '/opt/ffmpeg' }, executable: () => true };
const refused = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (isRefusal(error)) return error;
  throw new Error('was not refused', { cause: error });
};

describe('the version line', () => {
  it.each([
    ['ffmpeg-5-version', 5],
    ['ffmpeg-4-version', 4],
    ['ffmpeg-git-version', 7],
  ])('%s is %i', (name, major) => {
    expect(parseVersion(listing(name))?.major).toBe(major);
  });
  it('is not found in anything else', () => {
    expect(parseVersion('avconv version 11')).toBeNull();
    expect(parseVersion('ffmpeg version n6.1.1 Copyright')?.major).toBe(6);
  });
});

describe('tables', () => {
  it('hold names, no headings, and both spellings of a device', () => {
    expect([...parseTable(listing('ffmpeg-5-decoders'))]).toEqual(['h264', 'hevc', 'mjpeg', 'rawvideo', 'aac']);
    const devices = parseTable(listing('ffmpeg-5-devices'), 'D');
    expect(['v4l2', 'video4linux2', 'lavfi', 'pulse', 'alsa'].every((name) => devices.has(name))).toBe(true);
    expect(devices.has('sdl')).toBe(false);
    expect([...parseTable(listing('ffmpeg-7-devices'), 'D')]).toEqual(['dshow', 'gdigrab', 'lavfi']);
    expect(parseTable('garbage\n\u0000').size).toBe(0);
  });
});

describe('checkFfmpeg', () => {
  it('accepts a complete one', async () => {
    const info = await checkFfmpeg(
      here,
      recorded((_, text) => text),
    );
    expect(info).toMatchObject({ path: '/opt/ffmpeg', major: 5, drawsText: true });
    expect(info.h264).toEqual(['h264_nvenc', 'h264_qsv', 'h264_vaapi', 'libx264']);
  });

  it('names everything that is lacking at once', async () => {
    const poor = recorded((name, text) =>
      name === 'version'
        ? listing('ffmpeg-4-version')
        : text.replaceAll(/^.*(?:h264|264rgb|264 |lavfi|fifo| aac ).*$/gm, ''),
    );
    const { code, params } = await refused(checkFfmpeg(here, poor));
    expect(code).toBe('FFMPEG_UNSUITABLE');
    expect(params['lacks']).toBe(
      'version ≥ 5.0 (4.4.2-0ubuntu0.22.04.1), libx264 (encoder), aac (encoder), ' +
        'h264 (decoder), aac (decoder), fifo (muxer), lavfi (device)',
    );
  });

  it('refuses what is not ffmpeg, and says when there is none', async () => {
    expect(
      (
        await refused(
          checkFfmpeg(
            here,
            recorded(() => 'hello'),
          ),
        )
      ).code,
    ).toBe('FFMPEG_UNSUITABLE');
    expect((await refused(checkFfmpeg({ env: {} }))).code).toBe('FFMPEG_MISSING');
    expect((await refused(checkFfmpeg({ ...here, env: { FFMPEG_PATH: '/no/such' } }, runListing))).code).toBe(
      'FFMPEG_MISSING',
    );
  });

  it('takes hardware after a test, says how each fared, and x264 at its word', async () => {
    const info = await checkFfmpeg(
      here,
      recorded((_, text) => text),
    );
    const dri = mkdtempSync(join(tmpdir(), 'dri-'));
    try {
      const fails: ProbeEncoder = async (_, encoder) => ({ encoder, verdict: 'failed', line: 'no' });
      const works: ProbeEncoder = async (_, encoder) =>
        encoder.endsWith('renderD129') ? { encoder, verdict: 'works', line: '' } : fails('', encoder);
      const verdicts = async (probe: ProbeEncoder) => {
        const { encoder, tests } = await chooseEncoder(info, { probe, dri });
        return [encoder, ...tests.map((test) => `${test.encoder} ${test.verdict}`)];
      };
      const first = ['h264_nvenc failed', 'h264_qsv failed'];
      expect(await verdicts(works)).toEqual(['libx264', ...first, 'h264_vaapi no-device']);
      for (const node of ['card0', 'renderD129', 'renderD128']) writeFileSync(join(dri, node), '');
      const cards = [`h264_vaapi:${dri}/renderD128`, `h264_vaapi:${dri}/renderD129`];
      expect(await verdicts(fails)).toEqual(['libx264', ...first, `${cards[0]} failed`, `${cards[1]} failed`]);
      expect(await verdicts(works)).toEqual([cards[1], ...first, `${cards[0]} failed`, `${cards[1]} works`]);
      const bare = { ...info, h264: ['h264_qsv'] as const };
      expect((await refused(chooseEncoder(bare, { probe: fails, dri }))).code).toBe('FFMPEG_UNSUITABLE');
    } finally {
      rmSync(dri, { recursive: true });
    }
  });
});

describe('where ffmpeg is looked for', () => {
  const only = (path: string) => (tried: string) => tried === path;
  it('is FFMPEG_PATH, then resources, then the PATH', () => {
    const env = { PATH: 'relative:/usr/bin' };
    expect(findFfmpeg({ env: { ...env, FFMPEG_PATH: '/gone' }, executable: only('/usr/bin/ffmpeg') })).toBeNull();
    expect(findFfmpeg({ env, resources: '/app', executable: () => true })).toBe('/app/ffmpeg/ffmpeg');
    expect(findFfmpeg({ env, resources: '/app', executable: only('/usr/bin/ffmpeg') })).toBe('/usr/bin/ffmpeg');
    expect(findFfmpeg({ env, executable: only('relative/ffmpeg') })).toBeNull();
  });
});
