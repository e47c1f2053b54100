import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as asn1js from 'asn1js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPkcs12, openOfficerCertificate, signDetached, verifyDetached } from '../../../src/main/sealing/index.ts';
import { nationalAlgorithm } from '../../../src/main/sealing/nationalAlgorithms.ts';
import { isRefusal } from '../../../src/shared/errors.ts';
import { hasCommand, opensslOk } from '../../support/openssl.ts';

const DAY = 86_400_000;
const legacyThere =
  spawnSync('openssl', ['list', '-providers', '-provider', 'legacy'], { stdio: 'ignore' }).status === 0;
if (!legacyThere) process.stderr.write('skipped: RC2 key files, openssl has no legacy provider here\n');

describe.skipIf(!hasCommand('openssl'))('an officer’s certificate of another authority', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  const KEYS = {
    rsa: ['-newkey', 'rsa:3072'],
    short: ['-newkey', 'rsa:2048'],
    ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    p384: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  };
  const usual = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature,nonRepudiation'];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'officer-'));
    opensslOk(
      ...['req', '-x509', '-nodes', ...KEYS.rsa, '-subj', '/CN=Ұлттық орталық', '-utf8', '-days', '3000'],
      ...['-keyout', at('ca.key'), '-out', at('ca.pem')],
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Issues a certificate; gives its key file. */
  function made(
    name: string,
    kind: keyof typeof KEYS,
    extensions = usual,
    options: readonly string[] = [],
  ): Promise<Buffer> {
    opensslOk(
      ...['req', '-x509', '-nodes', ...KEYS[kind], '-subj', `/CN=${name}`, '-days', '900', '-sha256'],
      ...['-CA', at('ca.pem'), '-CAkey', at('ca.key')],
      ...extensions.flatMap((one) => ['-addext', one]),
      ...['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)],
    );
    return packed(name, ['-inkey', at(`${name}.key`), '-in', at(`${name}.pem`), '-certfile', at('ca.pem')], options);
  }
  function packed(name: string, what: readonly string[], options: readonly string[] = []): Promise<Buffer> {
    opensslOk('pkcs12', '-export', ...what, '-passout', 'pass:secret', '-out', at(`${name}.p12`), ...options);
    return readFile(at(`${name}.p12`));
  }
  const codeOf = (file: Uint8Array, password = 'secret', now = new Date()): string => {
    try {
      openOfficerCertificate(file, password, now);
      return 'ok';
    } catch (error) {
      if (isRefusal(error)) return error.code;
      throw error;
    }
  };

  it.each(['rsa', 'ec'] as const)('signs with %s, and survives our own key file', async (kind) => {
    const own = openOfficerCertificate(await made(`good-${kind}`, kind), 'secret', new Date());
    expect(own.chain.map(({ commonName }) => commonName)).toEqual(['Ұлттық орталық']);
    const again = openOfficerCertificate(
      buildPkcs12({
        privateKey: own.privateKeyPkcs8,
        certPem: own.certificate.pem,
        chain: own.chain.map(({ pem }) => pem),
        password: 'other',
      }),
      'other',
      new Date(),
    );
    expect(again.certificate.sha256).toBe(own.certificate.sha256);
    const content = Buffer.from('record');
    const p7s = signDetached({
      content,
      certPem: again.certificate.pem,
      privateKey: again.privateKeyPkcs8,
      signingTime: new Date(),
    });
    expect(verifyDetached({ p7s, content })).toMatchObject({ valid: true });
  });

  const ciphers: (readonly [string, readonly string[]])[] = [
    ['triple DES', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ...(legacyThere ? [['RC2 as old programs wrote it', ['-legacy']] as const] : []),
  ];
  it.each(ciphers)('opens under %s', async (name, options) => {
    const file = await made(name.replaceAll(' ', '-'), 'rsa', usual, options);
    expect(codeOf(file)).toBe('ok');
    expect(codeOf(file, 'wrong')).toBe('PKCS12_WRONG_PASSWORD');
  });

  it('is refused where it cannot sign, each with its reason', async () => {
    const good = await made('good', 'ec');
    expect(codeOf(good, 'wrong')).toBe('PKCS12_WRONG_PASSWORD');
    expect(codeOf(Buffer.from('not a key file'))).toBe('PKCS12_MALFORMED');
    expect(codeOf(good, 'secret', new Date(Date.now() + 1000 * DAY))).toBe('CERTIFICATE_EXPIRED');
    expect(codeOf(good, 'secret', new Date(Date.now() - 10 * DAY))).toBe('CERTIFICATE_NOT_YET_VALID');
    const noUsage = ['basicConstraints=critical,CA:FALSE'];
    expect(codeOf(await made('encrypts', 'ec', [...noUsage, 'keyUsage=critical,keyAgreement']))).toBe(
      'CERTIFICATE_WRONG_USAGE',
    );
    expect(codeOf(await made('says-nothing', 'ec', noUsage))).toBe('ok');
    expect(codeOf(await made('authority', 'ec', ['basicConstraints=critical,CA:TRUE']))).toBe(
      'CERTIFICATE_IS_AUTHORITY',
    );
    expect(codeOf(await made('short', 'short'))).toBe('CERTIFICATE_TOO_WEAK');
    expect(codeOf(await made('curve', 'p384'))).toBe('CERTIFICATE_TOO_WEAK');
    expect(codeOf(await packed('key-alone', ['-inkey', at('good.key'), '-nocerts']))).toBe('PKCS12_NO_CERTIFICATE');
  });

  it('is refused when its key is another’s', async () => {
    await made('one', 'ec');
    await made('two', 'ec');
    const own = buildPkcs12({
      privateKey: opensslOk('pkcs8', '-topk8', '-nocrypt', '-in', at('one.key'), '-outform', 'DER'),
      certPem: null,
      chain: [await readFile(at('two.pem'), 'utf8')],
      password: 'secret',
    });
    expect(codeOf(own)).toBe('PKCS12_KEY_MISMATCH');
  });

  it('with a GOST algorithm of the national authority is answered with what to do instead', async () => {
    const plain = await made('national', 'ec', usual, ['-certpbe', 'NONE', '-keypbe', 'NONE', '-nomac']);
    expect(nationalAlgorithm(plain)).toBeNull();
    expect(codeOf(withPublicKeyAlgorithm(plain, '1.2.398.3.10.1.1.1.1'))).toBe('CERTIFICATE_NATIONAL_ALGORITHM');
    expect(codeOf(withPublicKeyAlgorithm(plain, '1.2.643.7.1.1.1.1'))).toBe('CERTIFICATE_NATIONAL_ALGORITHM');
    await writeFile(at('changed.p12'), withPublicKeyAlgorithm(plain, '1.2.398.3.3.4.1'));
    expect(codeOf(await readFile(at('changed.p12')))).not.toBe('CERTIFICATE_NATIONAL_ALGORITHM');
  });
});

/** The key file with another algorithm in the place of id-ecPublicKey, in its certificates and key; lengths follow. */
function withPublicKeyAlgorithm(der: Buffer, oid: string): Buffer {
  const change = (value: asn1js.AsnType): asn1js.AsnType => {
    if (value instanceof asn1js.ObjectIdentifier) {
      return value.valueBlock.toString() === '1.2.840.10045.2.1' ? new asn1js.ObjectIdentifier({ value: oid }) : value;
    }
    if (value instanceof asn1js.OctetString && !(value instanceof asn1js.Constructed)) {
      const inside = asn1js.fromBER(value.valueBlock.valueHexView.slice());
      if (inside.offset !== value.valueBlock.valueHexView.length) return value;
      return new asn1js.OctetString({ valueHex: change(inside.result).toBER() });
    }
    if (value instanceof asn1js.Constructed)
      value.valueBlock.value = value.valueBlock.value.map((one) => change(one as asn1js.AsnType) as never);
    return value;
  };
  return Buffer.from(change(asn1js.fromBER(Uint8Array.from(der)).result).toBER());
}
