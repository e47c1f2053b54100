import type { Role } from '../../shared/domain/roles.ts';
import { signingRoles } from '../../shared/domain/roles.ts';
import { buildPkcs12, newRsaKey } from '../sealing/index.ts';
import { newIdentity } from '../vault/index.ts';
import { newP12Password } from './openKeys.ts';
import { makeWrap, type PasswordCost, type PersonalSecrets, type Wrap } from './passwords.ts';

/** What a person gets when they set their password: keys made for it alone. */
export interface NewKeys {
  readonly recipient: string;
  readonly wrap: Wrap;
  readonly secrets: PersonalSecrets;
  /** Signing roles only. */
  readonly p12: Buffer | null;
  readonly publicKeySpki: Buffer | null;
}

/** Makes a person's age key pair and, for a role that signs, their RSA key in a PKCS#12 file still without certificate. */
export async function makeKeys(account: string, role: Role, password: string, cost: PasswordCost): Promise<NewKeys> {
  const [pair, rsa] = await Promise.all([newIdentity(), signingRoles.includes(role) ? newRsaKey() : null]);
  const secrets: PersonalSecrets = { identity: pair.identity, p12Password: newP12Password() };
  const wrap = await makeWrap(account, password, secrets, cost);
  const p12 =
    rsa === null
      ? null
      : buildPkcs12({ privateKey: rsa.privateKeyPkcs8, certPem: null, chain: [], password: secrets.p12Password });
  rsa?.privateKeyPkcs8.fill(0);
  return { recipient: pair.recipient, wrap, secrets, p12, publicKeySpki: rsa?.publicKeySpki ?? null };
}
