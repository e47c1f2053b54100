import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLogKey, parseCheckpoint, signCheckpoint } from '../../../src/main/custody/index.ts';
import { signDetached } from '../../../src/main/sealing/index.ts';
import { verifyBag } from '../../../src/main/verification/index.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';
import { newStationKeys } from '../../support/stationKeys.ts';
import { type BagFiles, bytes, changed, filesOf, relisted, sourceOf, text } from './alteredBag.ts';

const CHANGES = 1000;
const RECORD = 'data/record.json';
const STATION = 'data/signatures/record.json.station.p7s';
const EVENTS = 'data/custody/events.jsonl';

let folder: string;
let bag: SampleBag;
let files: BagFiles;
/** Another exhibit of another station that somebody might take pieces of. */
let other: SampleBag;
let theirs: BagFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-tamper-'));
  bag = await sampleBag(join(folder));
  files = await filesOf(bag.path);
  const elsewhere = await mkdtemp(join(folder, 'other-'));
  other = await sampleBag(elsewhere);
  theirs = await filesOf(other.path);
});
afterAll(async () => {
  bag.exhibit.db.close();
  other.exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});

async function failuresOf(altered: BagFiles): Promise<string[]> {
  const result = await verifyBag(sourceOf(altered), { trust: [bag.rootPem] });
  return result.checks.filter((check) => check.status === 'fail').map((check) => check.name);
}

/** The same by somebody who may hand bags over: the listing fits again, so that only the evidence can tell. */
const failuresListed = (altered: BagFiles): Promise<string[]> => failuresOf(relisted(altered, bag));

/** Reproducible numbers from 0 up to `below` (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Which checks are to notice a change of a file by itself, the listing left as it was. */
function mustNotice(path: string, failures: readonly string[]): string[] {
  if (path === 'tagmanifest-sha256.txt' || path === 'tagmanifest-sha256.txt.p7s') return ['bag.handover'];
  const noticed = ['bag.manifest'];
  const track = /^data\/tracks\/([a-z0-9-]+)\.mp4$/.exec(path)?.[1];
  if (track !== undefined) noticed.push(`track.${track}.parts`, `track.${track}.segments`);
  const lines = /^data\/tracks\/([a-z0-9-]+)\.segments\.jsonl$/.exec(path)?.[1];
  if (lines !== undefined) noticed.push(`track.${lines}.merkle`);
  const heads = /^data\/tracks\/([a-z0-9-]+)\.heads$/.exec(path)?.[1];
  if (heads !== undefined) noticed.push(`track.${heads}.heads`);
  // Without a record that can be read there is nothing that signatures and seal could be held against.
  const readable = !failures.includes('record.canonical');
  if (path === RECORD && readable) noticed.push('custody.seal-binding', 'signature.record.json.station.p7s.valid');
  else if (path === RECORD) noticed.push('record.canonical');
  if (/\/signatures\/[^/]+\.p7s$/.test(path)) noticed.push('custody.seal-binding');
  if (path === EVENTS || path.includes('/proofs/')) noticed.push('custody.proofs');
  if (path === 'data/custody/checkpoint') noticed.push('custody.checkpoint');
  if (path === 'data/custody/log.vkey') noticed.push('custody.log-key');
  if (/\/seal(?:\.checkpoint|-to-head\.consistency)$/.test(path)) noticed.push('custody.seal-to-head');
  if (path === 'data/custody/exported-manifest.txt') noticed.push('custody.sequence');
  return noticed;
}

describe('one byte', () => {
  it(`changed anywhere, ${CHANGES} times at random, is found by the checks that should`, async () => {
    const next = dice(20_261_122);
    const paths = [...files.keys()].sort();
    const touched = new Set<string>();
    for (let i = 0; i < CHANGES; i++) {
      // Every file in turn: by bytes alone the media would get nearly all of them.
      const path = paths[i % paths.length] ?? '';
      const altered = Buffer.from(bytes(files, path));
      const at = next(altered.length);
      altered[at] = ((altered[at] ?? 0) + 1 + next(255)) & 0xff;
      const failures = await failuresOf(changed(files, { [path]: altered }));
      expect(failures, `${path}, byte ${at}`).toEqual(expect.arrayContaining(mustNotice(path, failures)));
      touched.add(path);
    }
    expect(touched.size).toBe(paths.length);
  });
});

describe('pieces of another exhibit', () => {
  const swaps: readonly (readonly [what: string, paths: RegExp, checks: readonly string[]])[] = [
    ['the custody folder', /^data\/custody\//, ['custody.log-key', 'custody.seal-binding']],
    ['the record alone', /^data\/record\.json$/, ['signature.record.json.station.p7s.valid', 'custody.seal-binding']],
    ['the record and its signatures', /^data\/(?:record\.json|signatures\/)/, ['custody.seal-binding']],
    [
      'the signatures',
      /^data\/signatures\/[^/]+\.p7s$/,
      ['signature.record.json.station.p7s.valid', 'signature.record.json.station.p7s.trusted', 'custody.seal-binding'],
    ],
    ['the heads', /^data\/tracks\/[^/]+\.heads$/, ['track.room.heads', 'track.mic.heads']],
    ['a proof', /^data\/custody\/proofs\/1\.tlog-proof$/, ['custody.proofs']],
    ['the head after the seal', /^data\/custody\/seal\.checkpoint$/, ['custody.seal-to-head']],
    ['everything but the hand-over', /^data\//, ['signature.record.json.station.p7s.trusted']],
  ];
  it.each(swaps)('%s in place of its own', async (_, paths, checks) => {
    const taken = [...theirs].filter(([path]) => paths.test(path));
    expect(taken.length).toBeGreaterThan(0);
    const altered = changed(files, Object.fromEntries(taken));
    expect(await failuresListed(altered)).toEqual(expect.arrayContaining([...checks]));
  });

  it('its tracks under each other’s names', async () => {
    const swapped: Record<string, Buffer> = {};
    for (const [one, two] of [
      ['room', 'mic'],
      ['mic', 'room'],
    ]) {
      for (const ending of ['mp4', 'segments.jsonl', 'heads']) {
        swapped[`data/tracks/${one}.${ending}`] = bytes(files, `data/tracks/${two}.${ending}`);
      }
    }
    expect(await failuresListed(changed(files, swapped))).toEqual(
      expect.arrayContaining(['track.room.parts', 'track.room.merkle', 'track.room.heads', 'track.mic.parts']),
    );
  });
});

describe('the structure', () => {
  const lines = (path: string): string[] => text(files, path).trimEnd().split('\n');
  const joined = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

  it('without a segment, with one twice, or with two exchanged', async () => {
    const path = 'data/tracks/room.segments.jsonl';
    const all = lines(path);
    const without = all.filter((_, i) => i !== 2);
    const twice = [...all.slice(0, 2), ...all.slice(1)];
    const exchanged = [...all.slice(0, 1), all[2] ?? '', all[1] ?? '', ...all.slice(3)];
    for (const altered of [without, twice, exchanged]) {
      expect(await failuresListed(changed(files, { [path]: joined(altered) }))).toEqual(
        expect.arrayContaining(['track.room.segments', 'track.room.merkle', 'track.room.heads']),
      );
    }
  });

  it('with the last segment cut off everywhere that somebody without a key can cut', async () => {
    const all = lines('data/tracks/room.segments.jsonl');
    const last = JSON.parse(all.at(-1) ?? '{}') as { length?: number };
    const media = bytes(files, 'data/tracks/room.mp4');
    const altered = changed(files, {
      'data/tracks/room.mp4': media.subarray(0, media.length - (last.length ?? 0)),
      'data/tracks/room.segments.jsonl': joined(all.slice(0, -1)),
    });
    expect(await failuresListed(altered)).toEqual(
      expect.arrayContaining(['track.room.parts', 'track.room.merkle', 'track.room.heads']),
    );
  });

  it('rolled back to the head after the seal', async () => {
    const seal = text(files, 'data/custody/seal.checkpoint');
    const { size } = parseCheckpoint(seal);
    const events = lines(EVENTS).slice(0, -1);
    const changes: Record<string, string | null> = { 'data/custody/checkpoint': seal, [EVENTS]: joined(events) };
    for (const path of files.keys()) {
      const index = /\/proofs\/([0-9]+)\.tlog-proof$/.exec(path)?.[1];
      if (index === undefined) continue;
      changes[path] = Number(index) < size ? bag.exhibit.log.proofFile(Number(index), seal) : null;
    }
    // Whole and signed, but the event of this very hand-over is gone.
    expect(await failuresListed(changed(files, changes))).toContain('custody.sequence');
  });

  it('signed again: by a stranger, by an officer in the station’s place, by another log', async () => {
    const signingTime = new Date('2026-11-21T10:14:04.000Z');
    const stranger = await newStationKeys(new Date('2026-11-01T00:00:00.000Z'), 'Stranger');
    const content = bytes(files, RECORD);
    for (const keys of [stranger.station, bag.exhibit.keys.officer]) {
      const p7s = Buffer.from(signDetached({ content, ...keys, signingTime }));
      expect(await failuresListed(changed(files, { [STATION]: p7s }))).toEqual(
        expect.arrayContaining([
          'signature.record.json.station.p7s.valid',
          'signature.record.json.station.p7s.trusted',
          'custody.seal-binding',
        ]),
      );
    }
    const own = newLogKey('birret/st1');
    const resigned: Record<string, string> = { 'data/custody/log.vkey': `${own.vkey}\n` };
    for (const name of ['checkpoint', 'seal.checkpoint']) {
      const path = `data/custody/${name}`;
      resigned[path] = signCheckpoint(parseCheckpoint(text(files, path)), own.signer);
    }
    expect(await failuresListed(changed(files, resigned))).toContain('custody.log-key');
  });
});
