import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRsaKey, openOfficerCertificate, policyOids, signDetached } from '../../../src/main/sealing/index.ts';
import { hasCommand, opensslOk } from '../../support/openssl.ts';
import { newOpensslTsa } from '../../support/opensslTsa.ts';
import { sampleBag } from '../../support/sampleBag.ts';

/** Where Debian puts what `libbcpkix-java` brings. */
const JARS = ['bcpkix', 'bcprov', 'bcutil'].map((name) => `/usr/share/java/${name}.jar`);
const PROGRAM = join(import.meta.dirname, 'CheckSignatures.java');

const jars = JARS.every((jar) => existsSync(jar));
if (!jars) process.stderr.write('skipped: Bouncy Castle (libbcpkix-java) is not on this machine\n');
const there = jars && hasCommand('javac', '-version') && hasCommand('openssl');

/** What somebody gives to the checker: a signature or a token, what it is over, and whom he trusts. */
interface Question {
  readonly kind: 'cms' | 'tsp';
  readonly signed: string;
  readonly content: string;
  readonly root: string;
  readonly chain: string;
}

describe.skipIf(!there)('Bouncy Castle (skipped without a JDK and libbcpkix-java)', () => {
  let folder: string;
  const questions = new Map<string, Question>();
  let now: Date;
  const at = (name: string) => join(folder, name);

  /** One run of the checker answers everything: starting Java is what takes long. */
  function answers(asked: readonly Question[]): string[] {
    const seconds = String(Math.ceil(now.getTime() / 1000));
    const lines = asked.map(({ kind, signed, content, root, chain }) =>
      [kind, signed, content, root, ...(kind === 'cms' ? [chain, seconds] : [])].join('\t'),
    );
    const done = spawnSync('java', ['-cp', JARS.join(':'), PROGRAM], {
      input: lines.map((line) => `${line}\n`).join(''),
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    const said = done.stdout.split('\n').slice(0, -1);
    if (said.length !== asked.length) throw new Error(done.stderr);
    return said;
  }

  /** An officer's certificate as another authority gives it out, and what it signs when it was taken in. */
  async function imported(name: string, key: readonly string[]): Promise<void> {
    const usual = ['-days', '900', '-sha256', '-nodes'];
    const [rootKey, root] = [at(`${name}-ca.key`), at(`${name}-ca.pem`)];
    opensslOk(
      'req',
      '-x509',
      '-newkey',
      'rsa:3072',
      ...usual,
      '-subj',
      '/CN=Outside',
      '-keyout',
      rootKey,
      '-out',
      root,
    );
    opensslOk(
      ...['req', '-x509', ...key, ...usual, '-subj', '/CN=Officer', '-CA', root, '-CAkey', rootKey],
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'keyUsage=critical,digitalSignature'],
      ...['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)],
    );
    opensslOk(
      ...['pkcs12', '-export', '-inkey', at(`${name}.key`), '-in', at(`${name}.pem`), '-certfile', root],
      ...['-passout', 'pass:secret', '-out', at(`${name}.p12`)],
    );
    now = new Date();
    const own = openOfficerCertificate(await readFile(at(`${name}.p12`)), 'secret', now);
    const content = Buffer.from('{"format":"birret-record/1"}');
    await writeFile(at(`${name}.json`), content);
    const made = { certPem: own.certificate.pem, privateKey: own.privateKeyPkcs8 };
    await writeFile(at(`${name}.p7s`), signDetached({ content, ...made, signingTime: now }));
    questions.set(name, { kind: 'cms', signed: at(`${name}.p7s`), content: at(`${name}.json`), root, chain: '-' });
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'birret-bouncy-'));
    await imported('imported RSA', ['-newkey', 'rsa:3072']);
    await imported('imported ECDSA P-256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']);

    const tsa = await newOpensslTsa(folder);
    const bag = await sampleBag(folder, { tsa });
    const { keys, db } = bag.exhibit;
    db.close();
    const data = join(bag.path, 'data');
    const [first = ''] = await readdir(join(data, 'signatures/chain'));
    const chain = join(data, 'signatures/chain', first);
    const cms = (signed: string, content: string): Question => {
      return { kind: 'cms', signed, content, root: bag.rootPath, chain };
    };
    const signature = (name: string) => join(data, `signatures/record.json.${name}.p7s`);
    const tags = join(bag.path, 'tagmanifest-sha256.txt');
    questions.set('station RSA', cms(signature('station'), join(data, 'record.json')));
    questions.set('officer ECDSA P-256', cms(signature('inv-01'), join(data, 'record.json')));
    questions.set('hand-over', cms(`${tags}.p7s`, tags));
    const rsa = await keys.issue('officer', 'inv-02', newRsaKey());
    const content = await readFile(join(data, 'record.json'));
    await writeFile(at('rsa.p7s'), signDetached({ content, ...rsa, signingTime: new Date() }));
    questions.set('officer RSA', cms(at('rsa.p7s'), join(data, 'record.json')));
    const token = (name: string, over: string): void => {
      const stamped: Question = { kind: 'tsp', signed: `${over}.tsr`, content: over, root: tsa.rootPath, chain: '-' };
      questions.set(name, stamped);
    };
    token('time-stamp of the station’s signature', signature('station'));
    token('time-stamp of the officer’s signature', signature('inv-01'));
    token('time-stamp of the head after the seal', join(data, 'custody/seal.checkpoint'));
    now = new Date();
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('takes every kind of signature and time-stamp, and reads the same keys and policies', () => {
    const names = [...questions.keys()];
    const said = answers([...questions.values()]);
    const found = Object.fromEntries(names.map((name, i) => [name, said[i]?.replace(/T.*Z$/, '')]));
    const stamped = expect.stringMatching(/^ok \d{4}-\d\d-\d\d$/);
    expect(found).toEqual({
      'imported RSA': 'ok RSA ',
      'imported ECDSA P-256': 'ok EC ',
      'station RSA': `ok RSA ${policyOids.station}`,
      'officer ECDSA P-256': `ok EC ${policyOids.officer}`,
      'officer RSA': `ok RSA ${policyOids.officer}`,
      'hand-over': `ok EC ${policyOids.officer}`,
      'time-stamp of the station’s signature': stamped,
      'time-stamp of the officer’s signature': stamped,
      'time-stamp of the head after the seal': stamped,
    });
  }, 120_000);

  it('refuses one changed byte of each, in what was signed and in the signature, and a foreign root', async () => {
    const asked: Question[] = [];
    const what: string[] = [];
    const flip = async (path: string, where: number): Promise<string> => {
      const bytes = await readFile(path);
      const index = where < 0 ? bytes.length + where : where;
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      const copy = at(`flipped-${asked.length}`);
      await writeFile(copy, bytes);
      return copy;
    };
    const foreign = at('foreign.pem');
    await cp(at('imported RSA-ca.pem'), foreign);
    for (const [name, question] of questions) {
      const add = (how: string, changes: Partial<Question>): void => {
        asked.push({ ...question, ...changes });
        what.push(`${name}, ${how}`);
      };
      add('content', { content: await flip(question.content, 10) });
      // The end of a signature is the signature itself; a third from the front is the certificate.
      add('signature', { signed: await flip(question.signed, -3) });
      const { length } = await readFile(question.signed);
      add('certificate', { signed: await flip(question.signed, Math.floor(length / 3)) });
      if (question.root !== at('imported RSA-ca.pem')) add('foreign root', { root: foreign });
    }
    const said = answers(asked);
    const taken = what.filter((_each, i) => said[i]?.startsWith('wrong ') !== true);
    expect(taken).toEqual([]);
    expect(asked.length).toBe(9 * 4 - 1);
  }, 120_000);
});
