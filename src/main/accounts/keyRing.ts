import type { Database } from 'better-sqlite3';
import { keyHoldingRoles } from '../../shared/domain/roles.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import { Serial } from '../platform/serial.ts';
import { openSecret, sealSecret } from '../vault/index.ts';
import type { AccountRow, AccountStore } from './accountStore.ts';
import { type BlobName, blobNames, type KeyBlob, KeyBlobs } from './keyBlobs.ts';
import { readFacts } from './stationFacts.ts';
import type { StationKeys } from './stationKeys.ts';

export interface KeyRingNeeds {
  readonly db: Database;
  readonly accounts: AccountStore;
  readonly stationKeys: StationKeys;
  readonly clock: Clock;
}

/** A person's key pair while it is open. */
export interface OpenPair {
  readonly identity: string;
  readonly recipient: string;
}

/**
 * Whose key opens which of the station's secrets. Who *should* be able to is told by the accounts; who *can* stands in
 * each blob's recipients. The two drift apart when people come and go, since closing a blob anew needs a key that opens
 * it: `refresh` brings them together whenever such a key is at hand.
 *
 * A blob closed anew shuts a former holder out of what is on this disk from now on. An older backup still holds the blob
 * as it was then, and a former holder who also kept a copy of their own wrap could open that one: backups are to be
 * kept where former staff do not reach, and the vault's identity is to be changed where that is in doubt.
 */
export class KeyRing {
  readonly #needs: KeyRingNeeds;
  readonly #blobs: KeyBlobs;
  readonly #turn = new Serial();

  constructor(needs: KeyRingNeeds) {
    this.#needs = needs;
    this.#blobs = new KeyBlobs(needs.db);
  }

  /** The recipients that a secret should be closed to now. */
  wanted(name: BlobName): string[] {
    const active = this.#needs.accounts.all().filter((row) => row.state === 'active');
    const recovery = readFacts(this.#needs.db)?.recoveryRecipient;
    const holders = active.filter((row) => isHolder(row, name)).flatMap((row) => row.recipient ?? []);
    // The printed recovery key also opens the station's own secrets: a court that lost all its officers' passwords
    // could otherwise play what it has but never seal again. The authority's key is for administrators alone.
    return name === 'ca' || recovery === undefined ? holders : [...holders, recovery];
  }

  /** True if this key is among those that the secret is closed to. */
  opensFor(name: BlobName, recipient: string): boolean {
    return this.#blobs.read(name)?.recipients.includes(recipient) ?? false;
  }

  /** The secrets that this key still opens though its account should not: until the next key that opens them is at hand. */
  lingering(recipient: string | null): BlobName[] {
    if (recipient === null) return [];
    return blobNames.filter((name) => this.opensFor(name, recipient) && !this.wanted(name).includes(recipient));
  }

  /** What the blob holds. ACCESS_NOT_GRANTED where this identity does not open it. */
  async open(name: BlobName, identity: string): Promise<Buffer> {
    const blob = this.#blobs.read(name);
    if (blob === null) throw new Refusal('STATION_NOT_SET_UP');
    return await openBlob(blob, identity);
  }

  /** Closes a secret to the first recipients, inside the caller's transaction (set-up). */
  writeFirst(name: BlobName, sealed: Uint8Array, recipients: readonly string[]): void {
    this.#blobs.write(name, sealed, recipients, this.#now());
  }

  /**
   * Closes every secret that `pair` opens to the present circle, where that differs. Gives the names of those that were
   * closed anew. The station's secrets need nobody's key once they are open in memory: `pair` may be null for them.
   */
  refresh(pair: OpenPair | null): Promise<BlobName[]> {
    return this.#turn.run(async () => {
      const renewed: BlobName[] = [];
      for (const name of blobNames) if (await this.#refreshOne(name, pair)) renewed.push(name);
      return renewed;
    });
  }

  /**
   * Lets someone in: `change` runs in the transaction that stores the secret closed to the wider circle, and makes that
   * circle true (it writes `granted_at` and the event). `identity` must open the blob.
   */
  widen(name: BlobName, identity: string, recipient: string, change: () => void): Promise<void> {
    return this.#turn.run(async () => {
      const plain = await this.open(name, identity);
      try {
        const circle = [...new Set([...this.wanted(name), recipient])];
        const sealed = await sealSecret(plain, circle);
        this.#needs.db
          .transaction(() => {
            this.#blobs.write(name, sealed, circle, this.#now());
            change();
          })
          .immediate();
      } finally {
        plain.fill(0);
      }
    });
  }

  /**
   * A person's new key in place of the old one: every secret that `pair` opens is closed to `recipient` instead, in one
   * transaction with `change`, which stores the new key. What an older backup holds still opens with the old key.
   */
  replace(pair: OpenPair, recipient: string, change: () => void): Promise<void> {
    return this.#turn.run(async () => {
      const renewed: { name: BlobName; sealed: Buffer; circle: string[] }[] = [];
      for (const name of blobNames) {
        const blob = this.#blobs.read(name);
        if (blob === null || !blob.recipients.includes(pair.recipient)) continue;
        const plain = await openBlob(blob, pair.identity);
        const circle = blob.recipients.map((one) => (one === pair.recipient ? recipient : one));
        renewed.push({ name, sealed: await sealSecret(plain, circle), circle });
        plain.fill(0);
      }
      this.#needs.db
        .transaction(() => {
          for (const { name, sealed, circle } of renewed) this.#blobs.write(name, sealed, circle, this.#now());
          change();
        })
        .immediate();
    });
  }

  /**
   * Other content of a secret (a new vault identity beside the old one), closed to `circle` or to who should hold it now,
   * in one transaction with `change`. `identity` must open it as it is: ACCESS_NOT_GRANTED.
   */
  rewrite(
    name: BlobName,
    identity: string,
    by: {
      readonly content?: (plain: string) => string;
      readonly circle?: readonly string[];
      readonly change: () => void;
    },
  ): Promise<void> {
    return this.#turn.run(async () => {
      const plain = await this.open(name, identity);
      const content = Buffer.from(by.content === undefined ? plain : by.content(plain.toString('utf8')));
      try {
        const circle = by.circle ?? this.wanted(name);
        const sealed = await sealSecret(content, circle);
        this.#needs.db
          .transaction(() => {
            this.#blobs.write(name, sealed, circle, this.#now());
            by.change();
          })
          .immediate();
      } finally {
        plain.fill(0);
        content.fill(0);
      }
    });
  }

  async #refreshOne(name: BlobName, pair: OpenPair | null): Promise<boolean> {
    const blob = this.#blobs.read(name);
    const circle = this.wanted(name);
    if (blob === null || circle.length === 0 || same(blob.recipients, circle)) return false;
    const plain = await this.#plainOf(blob, pair);
    if (plain === null) return false;
    try {
      const sealed = await sealSecret(plain, circle);
      // Someone may have come or gone while the secret was being closed; the next refresh settles that.
      return this.#needs.db
        .transaction(() => {
          if (!same(this.wanted(name), circle)) return false;
          this.#blobs.write(name, sealed, circle, this.#now());
          return true;
        })
        .immediate();
    } finally {
      plain.fill(0);
    }
  }

  async #plainOf(blob: KeyBlob, pair: OpenPair | null): Promise<Buffer | null> {
    const open = blob.name === 'station' ? this.#needs.stationKeys.plain() : null;
    if (open !== null) return Buffer.from(open);
    if (pair === null || !blob.recipients.includes(pair.recipient)) return null;
    return await openBlob(blob, pair.identity);
  }

  #now(): string {
    return this.#needs.clock.now().toISOString();
  }
}

async function openBlob(blob: KeyBlob, identity: string): Promise<Buffer> {
  try {
    return await openSecret(blob.sealed, identity);
  } catch (cause) {
    if (isRefusal(cause, 'AGE_WRONG_KEY')) throw notGranted(cause);
    throw cause;
  }
}

function notGranted(cause: unknown): Refusal {
  return new Refusal('ACCESS_NOT_GRANTED', {}, { cause });
}

function isHolder(row: AccountRow, name: BlobName): boolean {
  switch (name) {
    case 'vault':
      return keyHoldingRoles.includes(row.role) && row.granted_at !== null;
    case 'ca':
      return row.role === 'administrator';
    case 'station':
      return keyHoldingRoles.includes(row.role);
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}
