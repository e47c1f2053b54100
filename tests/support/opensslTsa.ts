import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { opensslOk } from './openssl.ts';

/** A time-stamping authority of openssl's in `folder`: a root, and a signer with timeStamping as its only purpose. */
export interface OpensslTsa {
  readonly rootPath: string;
  /** Stamps a file; returns the path of the response. */
  stamp(file: string): string;
  /** Answers a request that was made elsewhere; paths of query and response. `policy` = the authority's own. */
  reply(query: string, response: string, policy?: 'usual' | 'other'): void;
  /**
   * A certificate of another kind under the same root, by its extended key usage in openssl's words (`''` for none); paths
   * of certificate and key.
   */
  certificate(name: string, extendedKeyUsage: string): { readonly pem: string; readonly key: string };
}

export const TSA_POLICY = { usual: '1.3.6.1.4.1.32473.1.1', other: '1.3.6.1.4.1.32473.1.2' } as const;

const CONFIG = `
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Test TSA
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
[tsa]
default_tsa = here
[here]
dir = .
serial = SERIAL
crypto_device = builtin
signer_digest = sha256
default_policy = ${TSA_POLICY.usual}
other_policies = ${TSA_POLICY.other}
digests = sha256
accuracy = secs:1, millisecs:500
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = ESSALG
`;

/** Makes the authority. `ess` is the hash of signing-certificate: `sha1` gives version 1, `sha256` version 2. */
export async function newOpensslTsa(folder: string, ess: 'sha1' | 'sha256' = 'sha256'): Promise<OpensslTsa> {
  const at = (name: string) => join(folder, `tsa-${ess}-${name}`);
  const config = at('openssl.cnf');
  const text = CONFIG.replace('SERIAL', at('serial')).replace('ESSALG', ess);
  await writeFile(config, text);
  await writeFile(
    at('other.cnf'),
    text.replace(`default_policy = ${TSA_POLICY.usual}`, `default_policy = ${TSA_POLICY.other}`),
  );
  await writeFile(at('serial'), '01\n');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  opensslOk(
    ...['req', '-x509', '-config', config, '-extensions', 'root', '-subj', '/CN=Test TSA root', '-days', '9000'],
    ...[...key, '-keyout', at('root.key'), '-out', at('root.pem')],
  );
  const issue = (extensions: string, name: string) =>
    opensslOk(
      ...['req', '-x509', '-config', config, '-extensions', extensions, '-subj', '/CN=Test TSA', '-days', '8000'],
      ...['-CA', at('root.pem'), '-CAkey', at('root.key')],
      ...[...key, '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)],
    );
  issue('signer', 'signer');
  const reply: OpensslTsa['reply'] = (query, response, policy = 'usual') => {
    opensslOk(
      ...['ts', '-reply', '-config', policy === 'usual' ? config : at('other.cnf'), '-section', 'here'],
      ...['-queryfile', query, '-signer', at('signer.pem'), '-inkey', at('signer.key'), '-out', response],
    );
  };
  return {
    rootPath: at('root.pem'),
    reply,
    stamp(file) {
      opensslOk('ts', '-query', '-data', file, '-sha256', '-cert', '-out', `${file}.tsq`);
      reply(`${file}.tsq`, `${file}.tsr`);
      return `${file}.tsr`;
    },
    certificate(name, extendedKeyUsage) {
      const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
      opensslOk(
        ...['req', '-x509', '-subj', `/CN=${name}`, '-days', '8000', '-CA', at('root.pem'), '-CAkey', at('root.key')],
        ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'keyUsage=critical,digitalSignature'],
        ...(extendedKeyUsage === '' ? [] : ['-addext', `extendedKeyUsage=${extendedKeyUsage}`]),
        ...[...made, '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)],
      );
      return { pem: at(`${name}.pem`), key: at(`${name}.key`) };
    },
  };
}
