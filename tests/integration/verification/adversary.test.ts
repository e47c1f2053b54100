import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLogKey, parseCheckpoint, signCheckpoint } from '../../../src/main/custody/index.ts';
import { readCertificate, signDetached } from '../../../src/main/sealing/index.ts';
import { verifyBag } from '../../../src/main/verification/index.ts';
import { canonicalText, parseCanonical } from '../../../src/shared/domain/canonical.ts';
import { type SampleBag, sampleBag } from '../../support/sampleBag.ts';
import { newStationKeys } from '../../support/stationKeys.ts';
import { type BagFiles, bytes, changed, filesOf, relisted, sourceOf, text } from './alteredBag.ts';

const RECORD = 'data/record.json';
const STATION = 'data/signatures/record.json.station.p7s';
const EVENTS = 'data/custody/events.jsonl';

let folder: string;
let bag: SampleBag;
let files: BagFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-adversary-'));
  bag = await sampleBag(folder);
  files = await filesOf(bag.path);
});
afterAll(async () => {
  bag.exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});

/** `name code` of every failed check; everything but what is tried has been made to fit, hand-over signature included. */
async function found(altered: BagFiles): Promise<string[]> {
  const result = await verifyBag(sourceOf(relisted(altered, bag)), { trust: [bag.rootPem] });
  expect(result.exitStatus).toBe(result.outcome === 'failed' ? 1 : 0);
  return result.checks.flatMap((check) =>
    check.status === 'fail' ? [check.reason, ...check.details].map((reason) => `${check.name} ${reason.code}`) : [],
  );
}
const sign = (content: Uint8Array, keys = bag.exhibit.keys.station): Buffer =>
  Buffer.from(signDetached({ content, ...keys, signingTime: new Date('2026-11-21T10:14:04.000Z') }));
const lines = (path: string): string[] => text(files, path).trimEnd().split('\n');

describe('a bag that somebody with a hand-over key made', () => {
  it('with files that nothing announces', async () => {
    for (const path of ['data/tracks/extra.mp4', 'data/note.txt', 'data/custody/proofs/x.txt', 'data/copies/c/a.mp4']) {
      expect(await found(changed(files, { [path]: 'x' })), path).toContain('bag.complete file-unexpected');
    }
    expect(await found(changed(files, { 'notes.txt': 'x' }))).toContain('bag.complete file-unlisted');
  });

  it('with a file missing', async () => {
    for (const path of files.keys()) {
      if (!path.startsWith('data/') || /\/(?:chain|roots)\//.test(path)) continue;
      expect((await found(changed(files, { [path]: null }))).length, path).toBeGreaterThan(0);
    }
    expect(await found(changed(files, { 'data/tracks/room.heads': null }))).toContain('bag.complete file-missing');
  });

  it('with a further signature over the record', async () => {
    const altered = changed(files, { 'data/signatures/record.json.someone.p7s': sign(bytes(files, RECORD)) });
    expect(await found(altered)).toContain('record.signers-complete signer-extra');
  });

  it('with a signature taken away or by somebody else', async () => {
    expect(await found(changed(files, { [STATION]: null }))).toContain('record.signers-complete signer-missing');
    const { officer } = bag.exhibit.keys;
    expect(await found(changed(files, { [STATION]: sign(bytes(files, RECORD), officer) }))).toEqual(
      expect.arrayContaining([
        'signature.record.json.station.p7s.valid certificate-differs',
        'signature.record.json.station.p7s.trusted foreign-signer',
        'custody.seal-binding seal-signature-differs',
      ]),
    );
  });

  it('with a signature that is not strict DER', async () => {
    const right = bytes(files, STATION);
    // The outer length, written with one octet more than it needs.
    expect(right[1]).toBe(0x82);
    const loose = Buffer.concat([Buffer.of(0x30, 0x83, 0x00), right.subarray(2)]);
    expect(await found(changed(files, { [STATION]: loose }))).toContain(
      'signature.record.json.station.p7s.valid signature-malformed',
    );
    expect(await found(changed(files, { [STATION]: Buffer.concat([right, Buffer.of(0)]) }))).toContain(
      'signature.record.json.station.p7s.valid signature-malformed',
    );
  });

  it('with another record, signed by the station once more', async () => {
    const altered = Buffer.from(text(files, RECORD).replace('"age_years":9', '"age_years":7'));
    const failures = await found(changed(files, { [RECORD]: altered, [STATION]: sign(altered) }));
    expect(failures).toContain('custody.seal-binding seal-record-differs');
    expect(failures).toContain('custody.sequence export-manifest-differs');
    expect(failures).toContain('signature.record.json.inv-01.p7s.valid signature-invalid');
  });

  it('with a record that says a thing twice, or in other words', async () => {
    const right = text(files, RECORD);
    for (const altered of [
      right.replace('{"anchor":null,', '{"anchor":null,"anchor":null,'),
      `${right}\n`,
      ` ${right}`,
    ]) {
      expect(await found(changed(files, { [RECORD]: altered }))).toContain('record.canonical json-not-canonical');
    }
    expect(await found(changed(files, { [RECORD]: '{' }))).toContain('record.canonical json-malformed');
    const further = canonicalText({ ...Object(parseCanonical(right)), more: 1 });
    expect(await found(changed(files, { [RECORD]: further }))).toContain('record.canonical shape');
  });

  it('with custody events left out, exchanged or invented', async () => {
    const all = lines(EVENTS);
    const joined = (events: string[]): string => events.map((event) => `${event}\n`).join('');
    const without = all.filter((_, index) => index !== 2);
    expect(await found(changed(files, { [EVENTS]: joined(without) }))).toEqual(
      expect.arrayContaining(['custody.sequence event-order', 'custody.proofs proof-extra']),
    );
    const swapped = [all[1] ?? '', all[0] ?? '', ...all.slice(2)];
    expect(await found(changed(files, { [EVENTS]: joined(swapped) }))).toContain('custody.proofs proof-invalid');
    const lastTwice = [...all, all.at(-1) ?? ''];
    expect(await found(changed(files, { [EVENTS]: joined(lastTwice) }))).toContain('custody.proofs proof-missing');
    const other = all.map((event) => event.replaceAll('st1-2026-000001', 'st1-2026-000002'));
    expect(await found(changed(files, { [EVENTS]: joined(other) }))).toContain('custody.sequence event-foreign');
    const endless = [...all, `{"x":"${'y'.repeat(300_000)}"}`];
    expect(await found(changed(files, { [EVENTS]: joined(endless) }))).toContain('custody.sequence line-malformed');
  });

  it('with a proof of another event, or one that is left over', async () => {
    const proofs = [...files.keys()].filter((path) => path.includes('/proofs/'));
    const [one = '', two = ''] = proofs;
    const swapped = changed(files, { [one]: bytes(files, two), [two]: bytes(files, one) });
    expect(await found(swapped)).toContain('custody.proofs proof-invalid');
    const further = changed(files, { 'data/custody/proofs/4000.tlog-proof': bytes(files, one) });
    expect(await found(further)).toContain('custody.proofs proof-extra');
  });

  it('with a log of their own', async () => {
    const own = newLogKey('birret/st1');
    const head = parseCheckpoint(text(files, 'data/custody/checkpoint'));
    const checkpoint = signCheckpoint(head, own.signer);
    expect(await found(changed(files, { 'data/custody/checkpoint': checkpoint }))).toContain(
      'custody.checkpoint checkpoint-signature',
    );
    const altered = changed(files, { 'data/custody/checkpoint': checkpoint, 'data/custody/log.vkey': `${own.vkey}\n` });
    expect(await found(altered)).toContain('custody.log-key key-differs');
  });

  it('with a head after the seal that was taken before it', async () => {
    const { log, logKey } = bag.exhibit;
    const early = log.checkpoint(logKey.signer, 2);
    const consistency = log.consistencyProof(2, parseCheckpoint(text(files, 'data/custody/checkpoint')).size);
    const altered = changed(files, {
      'data/custody/seal.checkpoint': early,
      'data/custody/seal-to-head.consistency': consistency.map((hash) => `${hash.toString('base64')}\n`).join(''),
    });
    expect(await found(altered)).toContain('custody.seal-to-head seal-not-covered');
  });

  it('with heads by another recorder, in another order, of another part, or cut off', async () => {
    const file = 'data/tracks/room.heads';
    const heads = text(files, file).split('\n\n\n');
    const own = newLogKey('st1-2026-000001');
    const notes = text(files, file).split(/\n\n(?=st1)/);
    expect(notes.length).toBe(2);
    const [first = '', second = ''] = notes;
    expect(heads.length).toBe(1);
    const forged = signCheckpoint(parseCheckpoint(second), own.signer);
    expect(await found(changed(files, { [file]: forged }))).toContain('track.room.heads head-signature');
    expect(await found(changed(files, { [file]: bytes(files, 'data/tracks/mic.heads') }))).toContain(
      'track.room.heads head-signature',
    );
    expect(await found(changed(files, { [file]: `${second}\n${first}\n` }))).toContain('track.room.heads head-order');
    expect(await found(changed(files, { [file]: `${first}\n` }))).toContain('track.room.heads head-final');
    expect(await found(changed(files, { [file]: first.slice(0, -9) }))).toContain('track.room.heads head-malformed');
    expect(await found(changed(files, { [file]: '' }))).toContain('track.room.heads head-final');
  });

  it('with a part that lost its end, or has more', async () => {
    const file = 'data/tracks/room.mp4';
    const media = bytes(files, file);
    const short = await found(changed(files, { [file]: media.subarray(0, -10) }));
    expect(short).toEqual(
      expect.arrayContaining(['track.room.parts bytes-differ', 'track.room.segments segment-cover']),
    );
    const long = await found(changed(files, { [file]: Buffer.concat([media, Buffer.from('more')]) }));
    expect(long).toEqual(
      expect.arrayContaining(['track.room.parts bytes-differ', 'track.room.segments segment-cover']),
    );
  });

  it('with names that are one file elsewhere', async () => {
    expect(await found(changed(files, { 'data/Record.json': 'x' }))).toContain('bag.complete name-case');
    expect(await found(changed(files, { 'data/Tracks/a.mp4': 'x' }))).toContain('bag.complete name-case');
  });

  it('with tag files that say other things', async () => {
    const alterations: Record<string, [string, string]> = {
      'bag-info.txt': ['External-Identifier: st1-2026-000001', 'External-Identifier: st1-2026-000009'],
      'bagit.txt': ['1.0', '0.97'],
    };
    for (const [path, [from, to]] of Object.entries(alterations)) {
      const altered = changed(files, { [path]: text(files, path).replace(from, to) });
      expect(
        (await found(altered)).some((each) => each.startsWith('bag.manifest')),
        path,
      ).toBe(true);
    }
    expect(await found(changed(files, { 'fetch.txt': 'https://example.org/x 1 data/x\n' }))).toContain(
      'bag.complete fetch-file',
    );
  });

  it('handed over by a station that nobody trusts', async () => {
    const stranger = await newStationKeys(new Date('2026-11-01T00:00:00.000Z'), 'Stranger');
    const altered = new Map(files);
    const tags = bytes(files, 'tagmanifest-sha256.txt');
    altered.set('tagmanifest-sha256.txt.p7s', sign(tags, stranger.officer));
    const result = await verifyBag(sourceOf(altered), { trust: [bag.rootPem] });
    const failures = result.checks.filter((check) => check.status === 'fail');
    expect(failures.map((check) => `${check.name} ${check.reason.code}`)).toEqual(['bag.handover foreign-signer']);
    expect(readCertificate(stranger.officer.certPem).sha256).not.toBe(readCertificate(bag.rootPem).sha256);
  });
});
