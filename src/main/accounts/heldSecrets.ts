import { PersonalSecrets } from './passwords.ts';

/**
 * What a password opened, for as long as its session is unlocked: bytes that can be wiped, read anew for each use. What a
 * use makes of them (a string, a key of OpenSSL's) is the garbage collector's to take; no runtime of ours can wipe it.
 */
export class HeldSecrets {
  readonly #bytes: Buffer;
  #wiped = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  static of(secrets: PersonalSecrets): HeldSecrets {
    return new HeldSecrets(Buffer.from(JSON.stringify(secrets), 'utf8'));
  }

  /** Null once wiped. */
  read(): PersonalSecrets | null {
    return this.#wiped ? null : PersonalSecrets.parse(JSON.parse(this.#bytes.toString('utf8')));
  }

  wipe(): void {
    this.#wiped = true;
    this.#bytes.fill(0);
  }
}
