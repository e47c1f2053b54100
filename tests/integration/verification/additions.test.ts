import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bagFile, folderSink, writeBag } from '../../../src/main/archive/bag/index.ts';
import {
  checkpointText,
  cosign,
  type NoteSigner,
  newLogKey,
  parseCheckpoint,
  parseNote,
  witnessOf,
} from '../../../src/main/custody/index.ts';
import { readCertificate, signDetached } from '../../../src/main/sealing/index.ts';
import { type VerifyOptions, verifyBag } from '../../../src/main/verification/index.ts';
import { canonicalBytes } from '../../../src/shared/domain/canonical.ts';
import type { BagCheck } from '../../../src/shared/evidence/verification.ts';
import { hasCommand } from '../../support/openssl.ts';
import { newOpensslTsa } from '../../support/opensslTsa.ts';
import { type SampleBag, sampleBag, sampleBagInput } from '../../support/sampleBag.ts';
import { type BagFiles, bytes, changed, filesOf, flipped, relisted, sha256, sourceOf, text } from './alteredBag.ts';

const STATION = 'data/signatures/record.json.station.p7s';
const EXHIBIT = 'st1-2026-000001';

let folder: string;
let bag: SampleBag;
let files: BagFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'birret-additions-'));
  bag = await sampleBag(folder);
  files = await filesOf(bag.path);
});
afterAll(async () => {
  bag.exhibit.db.close();
  await rm(folder, { recursive: true, force: true });
});

/**
 * One check of an altered bag. Listing and hand-over are made to fit; the log's event of the export cannot be, so
 * `custody.sequence` always fails here and is not asked.
 */
async function check(name: string, altered: BagFiles, options: VerifyOptions = {}): Promise<BagCheck> {
  const result = await verifyBag(sourceOf(relisted(altered, bag)), { trust: [bag.rootPem], ...options });
  const found = result.checks.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no check ${name}`);
  return found;
}

/** A statement with the station's signature beside it, as files of a bag. */
function signed(folderInBag: string, name: string, statement: Record<string, unknown>): Record<string, Buffer> {
  const { station } = bag.exhibit.keys;
  const file = `${name}.station.p7s`;
  const signers = [{ file, role: 'station', code: 'st1', cert_sha256: readCertificate(station.certPem).sha256 }];
  const content = Buffer.from(canonicalBytes({ ...statement, signers }));
  const p7s = signDetached({ content, ...station, signingTime: new Date('2026-11-21T11:00:00.000Z') });
  return { [`${folderInBag}/${name}`]: content, [`${folderInBag}/${file}`]: Buffer.from(p7s) };
}

describe('supplements', () => {
  const supplement = (n: number, prev: string | null, more: Record<string, unknown> = {}): Record<string, Buffer> => {
    const protocol = Buffer.from(`protocol ${n}`);
    const attachment = {
      file: `${n}/protocol.pdf`,
      media_type: 'application/pdf',
      sha256: sha256(protocol),
      title: 'Protocol',
    };
    const statement = {
      format: 'birret-supplement/1',
      exhibit: EXHIBIT,
      n,
      record_sha256: sha256(bytes(files, 'data/record.json')),
      prev,
      at: '2026-11-21T11:00:00.000Z',
      attachments: [attachment],
      ...more,
    };
    return { ...signed('data/supplements', `${n}.json`, statement), [`data/supplements/${n}/protocol.pdf`]: protocol };
  };
  const one = (): Record<string, Buffer> => supplement(1, null);
  const two = (): Record<string, Buffer> => supplement(2, sha256(one()['data/supplements/1.json'] ?? Buffer.alloc(0)));

  it('pass in a row, and are announced files', async () => {
    const altered = changed(files, { ...one(), ...two() });
    expect(await check('supplements', altered)).toMatchObject({
      status: 'pass',
      reason: { params: { supplements: 2 } },
    });
    expect(await check('bag.complete', altered)).toMatchObject({ status: 'pass' });
    expect(await check('supplements', altered, { trust: [] })).toMatchObject({ status: 'not-checked' });
  });

  it('fail with a hole, a broken link, another record, a changed file or no signature', async () => {
    const reason = async (changes: Record<string, Buffer | null>): Promise<string> =>
      (await check('supplements', changed(files, changes))).reason.code;
    expect(await reason(two())).toBe('order-broken');
    expect(await reason({ ...one(), ...supplement(2, null) })).toBe('chain-broken');
    expect(await reason(supplement(1, null, { record_sha256: 'a'.repeat(64) }))).toBe('chain-broken');
    expect(await reason(supplement(1, null, { exhibit: 'st1-2026-000002' }))).toBe('exhibit-differs');
    expect(await reason({ ...one(), 'data/supplements/1/protocol.pdf': Buffer.from('other') })).toBe('digest-differs');
    expect(await reason({ ...one(), 'data/supplements/1.json.station.p7s': null })).toBe('signer-missing');
    expect(await reason({ ...one(), 'data/supplements/1.json.station.p7s': bytes(files, STATION) })).toBe(
      'signature-invalid',
    );
  });
});

describe('derived copies', () => {
  /** The room's master with its digest, as in the record. */
  const room = () => ({ file: 'tracks/room.mp4', sha256: sha256(bytes(files, 'data/tracks/room.mp4')) });
  const copy = (more: Record<string, unknown> = {}): Record<string, Buffer> => {
    const media = Buffer.from('clip');
    const statement = {
      format: 'birret-copy/1',
      exhibit: EXHIBIT,
      id: 'clip-1',
      record_sha256: sha256(bytes(files, 'data/record.json')),
      kind: 'clip',
      made_at: '2026-11-21T11:00:00.000Z',
      made_by: 'st1',
      duration_ms: 1000,
      sources: [{ ...room(), from_ms: 0, to_ms: 1000 }],
      edits: [],
      tool: { name: 'ffmpeg', version: '5.1', command: null },
      recipient: 'defence',
      files: [{ file: 'clip.mp4', media_type: 'video/mp4', bytes: media.length, sha256: sha256(media) }],
      ...more,
    };
    return { ...signed('data/copies/clip-1', 'copy.json', statement), 'data/copies/clip-1/clip.mp4': media };
  };

  it('pass when they are of this record and unchanged', async () => {
    expect(await check('copies.clip-1', changed(files, copy()))).toMatchObject({ status: 'pass' });
    expect(await check('bag.complete', changed(files, copy()))).toMatchObject({ status: 'pass' });
  });

  it('fail when changed, of another record, of parts that are not there, or unsigned', async () => {
    const reason = async (changes: Record<string, Buffer | null>): Promise<string> =>
      (await check('copies.clip-1', changed(files, changes))).reason.code;
    expect(await reason({ ...copy(), 'data/copies/clip-1/clip.mp4': Buffer.from('clop') })).toBe('digest-differs');
    expect(await reason(copy({ record_sha256: 'a'.repeat(64) }))).toBe('chain-broken');
    const source = { ...room(), from_ms: 0, to_ms: 1 };
    expect(await reason(copy({ sources: [{ ...source, file: 'tracks/face.mp4' }] }))).toBe('file-missing');
    expect(await reason(copy({ sources: [{ ...source, sha256: 'a'.repeat(64) }] }))).toBe('digest-differs');
    expect(await reason({ ...copy(), 'data/copies/clip-1/copy.json.station.p7s': null })).toBe('signer-missing');
    expect(await reason({ ...copy(), 'data/copies/clip-1/copy.json': null })).toBe('file-missing');
  });
});

describe.skipIf(!hasCommand('openssl'))('outside time-stamps (skipped without openssl)', () => {
  const token = async (content: Buffer): Promise<{ tsr: Buffer; root: string }> => {
    const inside = await mkdtemp(join(folder, 'tsa-'));
    const tsa = await newOpensslTsa(inside);
    await writeFile(join(inside, 'data'), content);
    return { tsr: await readFile(tsa.stamp(join(inside, 'data'))), root: await readFile(tsa.rootPath, 'utf8') };
  };

  it('count when their authority is trusted, and are mandatory then', async () => {
    const { tsr, root } = await token(bytes(files, STATION));
    const altered = changed(files, { [`${STATION}.tsr`]: tsr });
    const name = 'time.record.json.station.p7s';
    expect(await check(name, altered, { tsaTrust: [root] })).toMatchObject({ status: 'pass', mandatory: true });
    expect(await check(name, altered)).toMatchObject({
      status: 'not-checked',
      reason: { code: 'no-time-trust-given' },
    });
    expect(await check('bag.complete', altered)).toMatchObject({ status: 'pass' });
    expect(await check('time.record.json.inv-01.p7s', altered)).toMatchObject({
      status: 'not-checked',
      mandatory: false,
    });
    // The sample was sealed at a fixed moment; the token is of now.
    const late = Date.now() >= Date.parse('2026-11-21T10:14:03.500Z');
    expect(await check('time.order', altered, { tsaTrust: [root] })).toMatchObject({ status: late ? 'pass' : 'fail' });
  });

  it('fail over other bytes, of another authority, of a station’s own root, and when damaged', async () => {
    const { tsr, root } = await token(bytes(files, STATION));
    const other = await token(bytes(files, STATION));
    const name = 'time.record.json.inv-01.p7s';
    const wrong = changed(files, { 'data/signatures/record.json.inv-01.p7s.tsr': tsr });
    expect(await check(name, wrong, { tsaTrust: [root] })).toMatchObject({
      status: 'fail',
      reason: { code: 'token-invalid' },
    });
    const right = changed(files, { [`${STATION}.tsr`]: tsr });
    const of = (options: VerifyOptions) => check('time.record.json.station.p7s', right, options);
    expect(await of({ tsaTrust: [other.root] })).toMatchObject({ status: 'fail', reason: { code: 'foreign-token' } });
    expect(await of({ tsaTrust: [root], trust: [bag.rootPem, root] })).toMatchObject({
      status: 'fail',
      reason: { code: 'foreign-token' },
    });
    for (const at of [0, tsr.length >> 1, -5]) {
      const damaged = changed(files, { [`${STATION}.tsr`]: flipped(tsr, at) });
      const found = await check('time.record.json.station.p7s', damaged, { tsaTrust: [root] });
      expect(found.status, `byte ${at}`).toBe('fail');
    }
  });
});

describe('witnesses', () => {
  it('count when they have cosigned this head', async () => {
    const witness = witnessOf(newLogKey('witness.example').skey);
    const path = 'data/custody/checkpoint';
    const note = text(files, path);
    const line = cosign(checkpointText(parseCheckpoint(note)), witness, witness, new Date());
    const altered = changed(files, { [path]: note + line });
    const named = { witnesses: [witness.vkey] };
    expect(await check('custody.witnesses', altered, named)).toMatchObject({ status: 'pass', mandatory: true });
    expect(await check('custody.witnesses', altered)).toMatchObject({ status: 'not-checked', mandatory: false });
    expect(await check('custody.witnesses', files, named)).toMatchObject({
      status: 'not-checked',
      reason: { code: 'witness-missing' },
    });
    const forged = changed(files, { [path]: note + line.replace(/.{6}\n$/, 'AAAAA=\n') });
    expect((await check('custody.witnesses', forged, named)).status).toBe('fail');
  });

  it('count when they have cosigned an earlier head that covers the seal', async () => {
    const inside = await mkdtemp(join(folder, 'witnessed-'));
    const [early, late] = ['early.example', 'late.example'].map((name) => witnessOf(newLogKey(name).skey));
    if (early === undefined || late === undefined) throw new Error('no witnesses');
    const { exhibit } = await sampleBag(inside);
    const { log, logKey } = exhibit;
    const sealed = parseCheckpoint(exhibit.sealCheckpoint).size;
    for (const [witness, size] of [[early, sealed - 1] as const, [late, sealed + 1] as const]) {
      const head = log.checkpoint(logKey.signer, size);
      const line = cosign(parseNote(head).text, witness, witness, new Date());
      log.keepHead(head, null);
      log.keepCosignature({ size, witness: witness.vkey, at: new Date().toISOString(), line });
    }
    const { path } = await writeBag(sampleBagInput(exhibit), folderSink(join(inside, 'again')));
    const again = await filesOf(path);
    expect((await check('bag.complete', again)).status).toBe('pass');
    const of = (which: BagFiles, ...witnesses: NoteSigner[]) =>
      check('custody.witnesses', which, { witnesses: witnesses.map(({ vkey }) => vkey) });
    expect(await of(again, late)).toMatchObject({ status: 'pass', mandatory: true });
    expect(await of(again, late, early)).toMatchObject({
      status: 'not-checked',
      reason: { code: 'witness-before-seal', params: { witness: 'early.example/witness' } },
    });
    const at = `data/custody/witnessed/${sealed + 1}`;
    const proof = text(again, `${at}.consistency`);
    expect(proof).not.toBe('');
    for (const wrong of ['', proof.split('\n').slice(1).join('\n'), 'x'])
      expect(await of(changed(again, { [`${at}.consistency`]: wrong }), late)).toMatchObject({
        status: 'fail',
        reason: { code: 'consistency-invalid' },
      });
    const other = log.checkpoint(newLogKey(log.origin).signer, sealed + 1);
    expect(await of(changed(again, { [`${at}.checkpoint`]: other }), late)).toMatchObject({
      status: 'fail',
      reason: { code: 'checkpoint-signature' },
    });
  });
});

describe.skipIf(!hasCommand('openssl'))('a second export by the real writer (skipped without openssl)', () => {
  it('has its time-stamps counted', async () => {
    const inside = await mkdtemp(join(folder, 'more-'));
    const tsa = await newOpensslTsa(inside);
    const stampOf = async (content: Uint8Array): Promise<Buffer> => {
      await writeFile(join(inside, 'stamped'), content);
      return readFile(tsa.stamp(join(inside, 'stamped')));
    };
    const stamps: [string, Buffer][] = [];
    const made = await sampleBag(inside);
    for (const [path, p7s] of made.exhibit.signed) stamps.push([`${path}.tsr`, await stampOf(p7s)]);
    const input = sampleBagInput(made.exhibit);
    const written = await writeBag(
      { ...input, signatures: [...input.signatures, ...stamps.map(([path, tsr]) => bagFile(path, tsr))] },
      folderSink(join(inside, 'second')),
    );
    const tsaRoot = await readFile(tsa.rootPath, 'utf8');
    const result = await verifyBag(sourceOf(await filesOf(written.path)), {
      trust: [made.rootPem],
      tsaTrust: [tsaRoot],
    });
    made.exhibit.db.close();
    const time = result.checks.filter((each) => each.name.startsWith('time.record'));
    expect(time.map((each) => each.status)).toEqual(['pass', 'pass']);
    expect(result.checks.filter((each) => each.status === 'fail').map((each) => each.name)).toEqual([]);
    expect(result.summary.remarks).not.toContain('no-outside-time');
  });
});
