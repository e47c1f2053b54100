import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { opensslOk } from './openssl.ts';

/** A time-stamping authority of openssl's in `folder`: a root, and a signer with timeStamping as its only purpose. */
export interface OpensslTsa {
  readonly rootPath: string;
  /** Stamps a file; returns the path of the response. */
  stamp(file: string): string;
}

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
default_policy = 1.2.3.4.1
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
  await writeFile(config, CONFIG.replace('SERIAL', at('serial')).replace('ESSALG', ess));
  await writeFile(at('serial'), '01\n');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  opensslOk(
    ...['req', '-x509', '-config', config, '-extensions', 'root', '-subj', '/CN=Test TSA root', '-days', '9000'],
    ...[...key, '-keyout', at('root.key'), '-out', at('root.pem')],
  );
  opensslOk(
    ...['req', '-x509', '-config', config, '-extensions', 'signer', '-subj', '/CN=Test TSA', '-days', '8000'],
    ...['-CA', at('root.pem'), '-CAkey', at('root.key')],
    ...[...key, '-keyout', at('signer.key'), '-out', at('signer.pem')],
  );
  return {
    rootPath: at('root.pem'),
    stamp(file) {
      opensslOk('ts', '-query', '-data', file, '-sha256', '-cert', '-out', `${file}.tsq`);
      opensslOk(
        ...['ts', '-reply', '-config', config, '-section', 'here', '-queryfile', `${file}.tsq`],
        ...['-signer', at('signer.pem'), '-inkey', at('signer.key'), '-out', `${file}.tsr`],
      );
      return `${file}.tsr`;
    },
  };
}
