import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';

/** What the `station` blob holds, as JSON; bytes in base64. */
const StationSecrets = z.strictObject({
  signingKeyPkcs8: z.base64(),
  logKey: z.string(),
  indexKey: z.base64(),
  identity: z.string(),
});
export type StationSecrets = z.infer<typeof StationSecrets>;

/** The station's keys while they are open. */
export interface OpenStationKeys {
  /** Signs records as the station; its certificate is `StationFacts.certPem`. */
  readonly signingKey: KeyObject;
  /** The custody log's Ed25519 key in its text form (`parseSkey` of custody). */
  readonly logKey: string;
  /** 32 bytes: recognises the same child without opening an identity record. */
  readonly indexKey: Buffer;
  /** The age identity of `StationFacts.stationRecipient`. */
  readonly identity: string;
}

/**
 * The station's own keys, in memory only. They stay closed after a start until the first investigator, judge or clerk
 * signs in, and open until the station stops: a recording is sealed while its officer's screen is locked.
 */
export class StationKeys {
  #plain: Buffer | null = null;
  #open: OpenStationKeys | null = null;

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** The open keys. STATION_KEYS_LOCKED while nobody has opened them since the start. */
  get(): OpenStationKeys {
    if (this.#open === null) throw new Refusal('STATION_KEYS_LOCKED');
    return this.#open;
  }

  /** Takes in what the blob held. */
  load(plain: Uint8Array): void {
    const secrets = StationSecrets.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
    this.#open = {
      signingKey: createPrivateKey({
        key: Buffer.from(secrets.signingKeyPkcs8, 'base64'),
        format: 'der',
        type: 'pkcs8',
      }),
      logKey: secrets.logKey,
      indexKey: Buffer.from(secrets.indexKey, 'base64'),
      identity: secrets.identity,
    };
    this.#plain = Buffer.from(plain);
  }

  /** The blob's content, for sealing it to others; null while closed. */
  plain(): Buffer | null {
    return this.#plain;
  }

  forget(): void {
    this.#plain?.fill(0);
    this.#open?.indexKey.fill(0);
    this.#plain = null;
    this.#open = null;
  }
}

/** What goes into the blob. */
export function encodeStationSecrets(input: { signingKeyPkcs8: Uint8Array; logKey: string; identity: string }): Buffer {
  const secrets: StationSecrets = {
    signingKeyPkcs8: Buffer.from(input.signingKeyPkcs8).toString('base64'),
    logKey: input.logKey,
    indexKey: randomBytes(32).toString('base64'),
    identity: input.identity,
  };
  return Buffer.from(JSON.stringify(secrets), 'utf8');
}

/** The open blob's content with another log key in it, to be sealed. @throws Refusal STATION_KEYS_LOCKED */
export function plainWithLogKey(keys: StationKeys, logKey: string): Buffer {
  const plain = keys.plain();
  if (plain === null) throw new Refusal('STATION_KEYS_LOCKED');
  const secrets = StationSecrets.parse(JSON.parse(plain.toString('utf8')));
  return Buffer.from(JSON.stringify({ ...secrets, logKey } satisfies StationSecrets), 'utf8');
}
