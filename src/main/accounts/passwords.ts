import { type Argon2Parameters, argon2, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';

/** Work that a password costs (RFC 9106): KiB of memory, passes, lanes. Stored with each wrap, so that it can grow. */
export const PasswordCost = z.strictObject({
  memoryKib: z.int().min(8).max(1_048_576),
  passes: z.int().min(1).max(64),
  lanes: z.int().min(1).max(16),
});
export type PasswordCost = z.infer<typeof PasswordCost>;

/** 64 MiB, three passes: about a quarter of a second on a court's PC (RFC 9106 §4, second recommendation, one lane). */
export const standardCost: PasswordCost = { memoryKib: 65_536, passes: 3, lanes: 1 };

/** What a password opens: the person's age identity, and the password of their PKCS#12 file. */
export const PersonalSecrets = z.strictObject({ identity: z.string(), p12Password: z.string() });
export type PersonalSecrets = z.infer<typeof PersonalSecrets>;

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));

/** The wrap as it stands in the database; bytes in base64. */
export const Wrap = z.strictObject({
  v: z.literal(1),
  cost: PasswordCost,
  salt: z.base64(),
  nonce: z.base64(),
  sealed: z.base64(),
});
export type Wrap = z.infer<typeof Wrap>;

const SHORTEST = 10;
/**
 * Refuses passwords that are too easy: fewer than 10 characters, one character over and over, or made of the person's
 * own login or name. PASSWORD_TOO_WEAK with the least length.
 */
export function checkPassword(password: string, person: { readonly login: string; readonly name: string }): void {
  const plain = fold(password);
  const weak =
    [...password.normalize('NFC')].length < SHORTEST ||
    new Set(plain).size < 4 ||
    [person.login, person.name, ...person.name.split(/\s+/)].some((own) => isMostly(plain, fold(own)));
  if (weak) throw new Refusal('PASSWORD_TOO_WEAK', { least: SHORTEST });
}

/** The password is the login or name, alone or with little around it. */
function isMostly(password: string, own: string): boolean {
  return own.length >= 3 && password.includes(own) && password.length - own.length < SHORTEST - 4;
}

/**
 * Wraps a person's secrets under their password: Argon2id, then ChaCha20-Poly1305 (RFC 8439) bound to the account.
 * There is no password hash beside it: that the wrap opens is the check.
 */
export async function makeWrap(
  account: string,
  password: string,
  secrets: PersonalSecrets,
  cost: PasswordCost,
): Promise<Wrap> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const key = await keyOf(password, salt, cost);
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  const plain = Buffer.from(JSON.stringify(secrets), 'utf8');
  cipher.setAAD(boundTo(account), { plaintextLength: plain.length });
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  key.fill(0);
  return {
    v: 1,
    cost,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  };
}

/** What the password opens, or null for a wrong one. */
export async function openWrap(account: string, password: string, wrap: Wrap): Promise<PersonalSecrets | null> {
  const key = await keyOf(password, base64.parse(wrap.salt), wrap.cost);
  const sealed = base64.parse(wrap.sealed);
  const decipher = createDecipheriv('chacha20-poly1305', key, base64.parse(wrap.nonce), { authTagLength: 16 });
  key.fill(0);
  decipher.setAAD(boundTo(account), { plaintextLength: sealed.length - 16 });
  decipher.setAuthTag(sealed.subarray(-16));
  let plain: Buffer;
  try {
    plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  } catch {
    // The tag says no: a wrong password, or a wrap that is another account's. There is nothing more to learn from it.
    return null;
  }
  const secrets = PersonalSecrets.parse(JSON.parse(plain.toString('utf8')));
  plain.fill(0);
  return secrets;
}

/** The same work for nobody, so that an unknown login takes as long as a wrong password. */
export async function spendWork(password: string, cost: PasswordCost): Promise<void> {
  (await keyOf(password, randomBytes(16), cost)).fill(0);
}

function keyOf(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  const parameters: Argon2Parameters = {
    message: Buffer.from(password.normalize('NFC'), 'utf8'),
    nonce: salt,
    parallelism: cost.lanes,
    tagLength: 32,
    memory: cost.memoryKib,
    passes: cost.passes,
  };
  // In the thread pool: the event loop stays free for a running recording.
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

function boundTo(account: string): Buffer {
  return Buffer.from(`birret-wrap/1\n${account}`, 'utf8');
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
