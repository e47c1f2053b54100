import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { folderSink, writeBag } from '../../../src/main/archive/bag/index.ts';
import {
  cosign,
  encodeConsistency,
  newLogKey,
  parseConsistency,
  parseNote,
  parseTlogProof,
  witnessOf,
} from '../../../src/main/custody/index.ts';
import { hasCommand } from '../../support/openssl.ts';
import { type SampleBag, sampleBag, sampleBagInput } from '../../support/sampleBag.ts';

/** Where Debian puts the sources of `golang-golang-x-mod-dev`. */
const GOPATH = '/usr/share/gocode';
const PROGRAM = join(import.meta.dirname, 'checklog/main.go');
const sources = existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog'));
if (!sources) process.stderr.write('skipped: golang.org/x/mod (golang-golang-x-mod-dev) is not on this machine\n');
const there = sources && hasCommand('go');

const Found = z.strictObject({
  size: z.number(),
  root: z.string(),
  events: z.number(),
  heads: z.number(),
  cosigned: z.array(z.string()),
  libraryKnowsCosignatures: z.boolean(),
  problems: z.array(z.string()),
});

describe.skipIf(!there)('Go’s note and tlog packages (skipped without Go and x/mod)', () => {
  let folder: string;
  let program: string;
  let bag: SampleBag;
  let path: string;
  let custody: string;
  const witness = witnessOf(newLogKey('office.example').skey);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-go-'));
    program = join(folder, 'checklog');
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      GO111MODULE: 'off',
      GOPATH,
      GOFLAGS: '',
      GOTOOLCHAIN: 'local',
    };
    const built = spawnSync('go', ['build', '-o', program, PROGRAM], { env, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    bag = await sampleBag(folder);
    const { exhibit } = bag;
    // A later head that a witness saw, in a second bag of the same exhibit: the first export lies between.
    const size = exhibit.log.size() - 1;
    const head = exhibit.log.checkpoint(exhibit.logKey.signer, size);
    const line = cosign(parseNote(head).text, witness, witness, new Date());
    exhibit.log.keepHead(head, null);
    exhibit.log.keepCosignature({ size, witness: witness.vkey, at: new Date().toISOString(), line });
    path = (await writeBag(sampleBagInput(exhibit), folderSink(join(folder, 'second')))).path;
    custody = join(path, 'data/custody');
  }, 240_000);
  afterAll(async () => {
    bag.exhibit.db.close();
    await rm(folder, { recursive: true, force: true });
  });

  function checked(where: string, ...witnesses: string[]) {
    const done = spawnSync(program, [where, ...witnesses], { encoding: 'utf8' });
    return { status: done.status, found: Found.parse(JSON.parse(done.stdout)) };
  }

  it('open the heads, compute the same leaves and trees, and take every proof', async () => {
    const { status, found } = checked(path, witness.vkey);
    expect(found.problems).toEqual([]);
    expect(status).toBe(0);
    const { log } = bag.exhibit;
    expect(found.root).toBe(log.root(found.size).toString('hex'));
    expect(found.events).toBe((await readdir(join(custody, 'proofs'))).length);
    // A proof of nothing would show nothing: the head has grown since the seal and since the witness saw it.
    expect(parseConsistency(await readFile(join(custody, 'seal-to-head.consistency'), 'utf8')).length).toBeGreaterThan(
      0,
    );
    expect(found.heads).toBe(4);
    expect(found.cosigned).toEqual([witness.name]);
    // The packages know a log's own keys; a witness's kind of key comes in by their interface.
    expect(found.libraryKnowsCosignatures).toBe(false);
  });

  it('miss a witness that has cosigned nothing', () => {
    const other = witnessOf(newLogKey('other.example').skey);
    expect(checked(path, other.vkey)).toMatchObject({ status: 1, found: { cosigned: [] } });
  });

  it('refuse one changed byte of a head, an event, a proof, a line, and a proof of other hashes', async () => {
    const copy = join(folder, 'changed');
    await cp(path, copy, { recursive: true });
    const [proof = ''] = (await readdir(join(custody, 'proofs'))).sort();
    const [witnessed = ''] = (await readdir(join(custody, 'witnessed'))).filter((name) =>
      name.endsWith('.consistency'),
    );
    const hashes = async (name: string): Promise<Buffer[]> => {
      const text = await readFile(join(custody, name), 'utf8');
      return name.startsWith('proofs/') ? [...parseTlogProof(text).hashes] : parseConsistency(text);
    };
    const altered = async (name: string): Promise<string> => {
      const text = await readFile(join(custody, name), 'utf8');
      const [first] = await hashes(name);
      if (first === undefined) throw new Error(`${name} proves nothing`);
      const other = Buffer.from(first);
      other[0] = (other[0] ?? 0) ^ 1;
      return text.replace(encodeConsistency([first]), encodeConsistency([other]));
    };
    const flip = async (name: string, at: number): Promise<Buffer> => {
      const bytes = await readFile(join(custody, name));
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    };
    const changes: [string, Buffer | string][] = [
      ['checkpoint', await flip('checkpoint', 40)],
      ['events.jsonl', await flip('events.jsonl', 20)],
      ['seal.checkpoint', await flip('seal.checkpoint', 40)],
      [`proofs/${proof}`, await altered(`proofs/${proof}`)],
      ['seal-to-head.consistency', await altered('seal-to-head.consistency')],
      ['seal-to-head.consistency', ''],
      [`witnessed/${witnessed}`, await altered(`witnessed/${witnessed}`)],
      ['../tracks/room.segments.jsonl', await flip('../tracks/room.segments.jsonl', 30)],
      ['../tracks/mic.heads', await flip('../tracks/mic.heads', 40)],
    ];
    for (const [name, content] of changes) {
      await writeFile(join(copy, 'data/custody', name), content);
      const { status, found } = checked(copy, witness.vkey);
      expect(status, name).toBe(1);
      expect(found.problems.length, name).toBeGreaterThan(0);
      await cp(join(custody, name), join(copy, 'data/custody', name));
    }
    expect(checked(copy, witness.vkey).status).toBe(0);
  });
});
