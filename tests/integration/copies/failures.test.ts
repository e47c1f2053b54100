import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CopiesNeeds } from '../../../src/main/copies/index.ts';
import { Refusal } from '../../../src/shared/errors.ts';
import { EvidenceCopy } from '../../../src/shared/evidence/copy.ts';
import { copyStation, type Master } from '../../support/copyStation.ts';
import { type Media, mediaFrom } from '../../support/fragmentedMedia.ts';
import { refusalOf } from '../../support/testStation.ts';
import { until } from '../../support/until.ts';

let blue: Media;
let tone: Media;
let station: Awaited<ReturnType<typeof copyStation>> | undefined;

beforeAll(() => {
  blue = mediaFrom('video', 'color=c=blue:s=320x180:r=25:d=4', 4);
  tone = mediaFrom('audio', 'sine=frequency=440:sample_rate=48000:duration=4', 4);
}, 60_000);
afterEach(async () => {
  await station?.end();
  station = undefined;
});

const usual = (): Master[] => [
  { id: 'room', kind: 'video', parts: [{ media: blue, offsetMs: 0 }] },
  { id: 'mic1', kind: 'audio', parts: [{ media: tone, offsetMs: 0 }] },
];

async function open(masters: Master[] = usual(), more: Partial<CopiesNeeds> = {}) {
  station = await copyStation(masters, 4000, more);
  return station;
}

/** Masters whose room view gives `segment` and then what `after` does. */
function masters(after: () => Promise<Buffer>): Partial<CopiesNeeds> {
  return {
    openMasters: async (stored) => ({
      parts: (track) => {
        const parts = stored.statement.tracks.find(({ id }) => id === track)?.parts ?? [];
        const { lines } = track === 'room' ? blue : tone;
        return parts.map((part) => ({ part, lines }));
      },
      segment: async (track, _part, line) => {
        const media = track === 'room' ? blue : tone;
        const wanted = media.lines[line];
        if (wanted === undefined) throw new Error('no such line');
        if (track === 'room' && line === 2) return await after();
        return media.bytes.subarray(wanted.offset, wanted.offset + wanted.length);
      },
      close: async () => undefined,
    }),
  };
}

async function leftovers(folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) found.push(...(await readdir(join(folder, 'copies')).catch(() => [])));
  return found;
}

describe('a copy that comes to nothing', () => {
  it('is cancelled while it is made, and leaves nothing but the log', async () => {
    const abort = new AbortController();
    let reached = false;
    const hanging = masters(async () => {
      reached = true;
      return await new Promise<Buffer>(() => undefined);
    });
    const { make, events, folders, service, exhibit } = await open(usual(), hanging);
    const making = refusalOf(() => make(abort.signal));
    await until('ffmpeg asks for the third segment', () => reached);
    expect(await refusalOf(() => make())).toBe('COPY_IN_PROGRESS');
    abort.abort();
    expect(await making).toBe('JOB_CANCELLED');
    expect(events().map(({ action, details }) => [action, details['reason']])).toEqual([
      ['copy.begun', undefined],
      ['copy.failed', 'JOB_CANCELLED'],
    ]);
    expect(await leftovers(folders)).toEqual([]);
    expect(service.list(exhibit).copies).toEqual([]);
  }, 60_000);

  it('says ffmpeg’s last words, and that ffmpeg is not there', async () => {
    const broken = async () => ({ path: 'ffmpeg', version: 'x', videoEncoder: 'no-such-encoder' });
    const { make, folders } = await open(usual(), { ffmpeg: broken });
    const error = await make().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'COPY_FAILED',
      params: { reason: expect.stringContaining('no-such-encoder') },
    });
    expect(await leftovers(folders)).toEqual([]);
    await station?.end();
    const nowhere = async () => ({ path: '/no/such/ffmpeg', version: 'x', videoEncoder: 'libx264' });
    await open(usual(), { ffmpeg: nowhere });
    expect(await station?.make().catch((thrown: unknown) => thrown)).toMatchObject({ code: 'COPY_FAILED' });
  }, 60_000);

  it('stops at a master’s segment that is damaged on every target', async () => {
    const damaged = masters(async () => {
      throw new Refusal('SEGMENT_DAMAGED', { track: 'room', at: 1 });
    });
    const { make, events, folders } = await open(usual(), damaged);
    expect(await refusalOf(make)).toBe('SEGMENT_DAMAGED');
    expect(events().at(-1)).toMatchObject({ action: 'copy.failed', details: { reason: 'SEGMENT_DAMAGED' } });
    expect(await leftovers(folders)).toEqual([]);
  }, 60_000);

  it('has nowhere to go', async () => {
    const { make, folders, events } = await open();
    for (const folder of folders) await writeFile(join(folder, 'copies'), 'a file where the folder belongs');
    expect(await refusalOf(make)).toBe('TARGET_UNUSABLE');
    expect(events().at(-1)?.action).toBe('copy.failed');
  }, 60_000);

  it('was cut off with the station: the next start takes it away and says so, once', async () => {
    const { db, service, events, folders, exhibit } = await open();
    db.prepare(
      "INSERT INTO derived_copies (exhibit, n, id, state, begun_at, made_by) VALUES (?, 1, 'copy-1', 'making', 'now', 'inv-01')",
    ).run(exhibit);
    for (const folder of folders) {
      await mkdir(join(folder, 'copies/copy-1'), { recursive: true });
      await writeFile(join(folder, 'copies/copy-1/.abc.tmp'), 'half');
    }
    await service.settle();
    await service.settle();
    expect(await leftovers(folders)).toEqual([]);
    expect(events()).toMatchObject([
      { action: 'copy.failed', actor: { id: 'station' }, details: { copy: 'copy-1', reason: 'interrupted' } },
    ]);
    expect((await station?.make())?.n).toBe(2);
  }, 60_000);

  it('has nothing to show', async () => {
    const { make } = await open([{ id: 'room', kind: 'video', parts: [] }]);
    expect(await refusalOf(make)).toBe('COPY_EMPTY');
  }, 60_000);
});

describe('a copy of less', () => {
  it('goes on to one target when the other cannot take it, and says so', async () => {
    const { make, folders } = await open();
    await writeFile(join(folders[1] ?? '', 'copies'), 'a file where the folder belongs');
    expect(await make()).toMatchObject({ targets: 1, ofTargets: 2 });
  }, 60_000);

  it('is made of one angle, and of sound alone', async () => {
    const { make, folders } = await open(usual().slice(1));
    const copy = await make();
    const text = await readFile(join(folders[0] ?? '', 'copies', copy.id, 'copy.json'), 'utf8');
    const { edits } = EvidenceCopy.parse(JSON.parse(text));
    expect(edits[0]).toMatchObject({ type: 'picture', full: null, inset: null });
    expect(edits).toContainEqual({ type: 'black', track: null, from_ms: 0, to_ms: 4000 });
  }, 60_000);
});

describe('a copy that is deleted', () => {
  it('goes from every target, keeps its number, and cannot be opened', async () => {
    const { make, service, exhibit, folders, events } = await open();
    const person = { id: 'inv-01', role: 'investigator', account: 'acc', name: 'Officer' };
    await make();
    await service.open({ exhibit, copy: 'copy-1' }, person, 'vault');
    await service.delete(exhibit, 'copy-1', person);
    expect(() => service.opened('acc', exhibit, 'copy-1')).toThrow(/COPY_NOT_OPEN/);
    expect(await refusalOf(() => service.open({ exhibit, copy: 'copy-1' }, person, 'vault'))).toBe('COPY_UNKNOWN');
    expect(folders.some((folder) => existsSync(join(folder, 'copies/copy-1')))).toBe(false);
    expect(events().at(-1)).toMatchObject({ action: 'copy.deleted', actor: { id: 'inv-01' } });
    expect((await make()).n).toBe(2);
  }, 60_000);

  it('is refused when its statement’s signature is another’s, and when its list was changed', async () => {
    const { make, service, exhibit, folders } = await open();
    const person = { id: 'inv-01', role: 'investigator', account: 'acc', name: 'Officer' };
    await make();
    const write = async (name: string, content: string) => {
      for (const folder of folders) await writeFile(join(folder, 'copies/copy-1', name), content);
    };
    await write('picture-in-picture.segments.jsonl', '{}\n');
    expect(await refusalOf(() => service.open({ exhibit, copy: 'copy-1' }, person, 'vault'))).toBe('COPY_DAMAGED');
    await write('copy.json.inv-01.p7s', 'not a signature');
    expect(await refusalOf(() => service.open({ exhibit, copy: 'copy-1' }, person, 'vault'))).toBe('SIGNATURE_INVALID');
  }, 60_000);
});
