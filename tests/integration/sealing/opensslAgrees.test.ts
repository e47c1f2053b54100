import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  issueCertificate,
  newCertificateAuthority,
  newEcKey,
  newRsaKey,
  policyOids,
  signDetached,
  verifyDetached,
} from '../../../src/main/sealing/index.ts';
import { hasCommand, openssl, opensslOk } from '../../support/openssl.ts';

const NOW = new Date('2026-11-21T10:14:00.500Z');
const CONTENT = Buffer.from('{"format":"birret-record/1"}');

describe.skipIf(!hasCommand('openssl'))('openssl agrees with our signatures', () => {
  let folder = '';
  let root = '';
  const signatures = new Map<string, Buffer>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sealing-'));
    const ca = await newCertificateAuthority({ court: 'Алматы соты', name: 'Станция 1', validYears: 20, now: NOW });
    root = join(folder, 'root.pem');
    await writeFile(root, ca.certPem);
    for (const [name, key] of [
      ['rsa', await newRsaKey()],
      ['ec', await newEcKey()],
    ] as const) {
      const certPem = issueCertificate({
        ca: ca.certPem,
        caKey: ca.privateKeyPkcs8,
        kind: 'officer',
        subject: { commonName: 'inv-01', organization: 'Алматы соты' },
        publicKeySpki: key.publicKeySpki,
        now: NOW,
        validYears: 3,
      });
      await writeFile(join(folder, `${name}.pem`), certPem);
      const p7s = signDetached({ content: CONTENT, certPem, privateKey: key.privateKeyPkcs8, signingTime: NOW });
      signatures.set(name, p7s);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function check(p7s: Uint8Array, content: Uint8Array) {
    const files = { p7s: join(folder, 'x.p7s'), content: join(folder, 'x.json') };
    await writeFile(files.p7s, p7s);
    await writeFile(files.content, content);
    const at = String(Math.floor(NOW.getTime() / 1000) + 60);
    return openssl(
      ...['cms', '-verify', '-binary', '-cades', '-purpose', 'any', '-no-CApath', '-no-CAstore', '-CAfile', root],
      ...[
        '-certfile',
        root,
        '-attime',
        at,
        '-inform',
        'DER',
        '-in',
        files.p7s,
        '-content',
        files.content,
        '-out',
        '/dev/null',
      ],
    );
  }

  it.each(['rsa', 'ec'])('takes a %s signature with the command of the format page', async (name) => {
    const p7s = signatures.get(name) ?? Buffer.alloc(0);
    const { status, said } = await check(p7s, CONTENT);
    expect(said).toMatch(/successful/);
    expect(status).toBe(0);
    expect(verifyDetached({ p7s, content: CONTENT }).problems).toEqual([]);
  });

  it.each(['rsa', 'ec'])('refuses one changed byte of what was signed by %s', async (name) => {
    const changed = Buffer.from(CONTENT);
    changed[3] = (changed[3] ?? 0) ^ 1;
    expect((await check(signatures.get(name) ?? Buffer.alloc(0), changed)).status).not.toBe(0);
  });

  it('reads the same policy and key usage out of the certificate', () => {
    const { said } = openssl('x509', '-in', join(folder, 'rsa.pem'), '-noout', '-text');
    expect(said).toContain(`Policy: ${policyOids.officer}`);
    expect(said).toMatch(/Digital Signature, Non Repudiation/);
    expect(said).not.toMatch(/Extended Key Usage/);
    expect(
      openssl('verify', '-x509_strict', '-attime', '1795300000', '-CAfile', root, join(folder, 'rsa.pem')).said,
    ).toMatch(/OK/);
  });

  it('takes what openssl signs, when it signs as we do', async () => {
    const at = (name: string) => join(folder, name);
    await writeFile(at('c.json'), CONTENT);
    const subject = ['-subj', '/C=KZ/O=Another body/CN=Signer+serialNumber=IIN1', '-days', '30', '-nodes'];
    opensslOk('req', '-x509', '-newkey', 'rsa:3072', ...subject, '-keyout', at('o.key'), '-out', at('o.pem'));
    const signed = ['-in', at('c.json'), '-signer', at('o.pem'), '-inkey', at('o.key'), '-md', 'sha256'];
    const form = ['-binary', '-cades', '-nosmimecap', '-outform', 'DER', '-out', at('o.p7s')];
    opensslOk('cms', '-sign', ...signed, ...form);
    const p7s = await readFile(at('o.p7s'));
    expect(verifyDetached({ p7s, content: CONTENT }).problems).toEqual([]);
    expect(verifyDetached({ p7s, content: Buffer.from('x') }).problems.map((one) => one.code)).toEqual(['digest']);
  });

  it('signs with a foreign certificate whose name is built otherwise, and openssl takes it', async () => {
    const privateKey = opensslOk('pkcs8', '-topk8', '-nocrypt', '-outform', 'DER', '-in', join(folder, 'o.key'));
    const certPem = await readFile(join(folder, 'o.pem'), 'utf8');
    const p7s = signDetached({ content: CONTENT, certPem, privateKey, signingTime: new Date() });
    expect(verifyDetached({ p7s, content: CONTENT }).problems).toEqual([]);
    await writeFile(join(folder, 'f.p7s'), p7s);
    const files = ['-in', join(folder, 'f.p7s'), '-content', join(folder, 'c.json'), '-out', '/dev/null'];
    const done = openssl(
      ...['cms', '-verify', '-binary', '-cades', '-purpose', 'any', '-CAfile', join(folder, 'o.pem'), '-inform', 'DER'],
      ...files,
    );
    expect(done.said).toMatch(/successful/);
  });
});
