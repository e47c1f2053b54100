import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import { signingRoles } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import { buildPkcs12, newRsaKey, openPkcs12 } from '../sealing/index.ts';
import type { AccountStore } from './accountStore.ts';
import { HeldSecrets } from './heldSecrets.ts';
import type { KeyRing, OpenPair } from './keyRing.ts';
import type { PersonalSecrets } from './passwords.ts';
import type { StationFacts } from './stationFacts.ts';

/** What a person signs with. */
export interface Signer {
  /** Names the signature's file and stands in `signers[].code`. */
  readonly code: string;
  readonly certPem: string;
  readonly chainPem: readonly string[];
  readonly privateKey: KeyObject;
}

/** The station's authority while an administrator's keys are open. */
export interface OpenAuthority {
  readonly certPem: string;
  readonly privateKeyPkcs8: Buffer;
}

/** What an unlocked session holds. After `close` everything answers SESSION_LOCKED. */
export interface OpenKeys {
  readonly accountId: string;
  /** The court's vault identity. ACCESS_NOT_GRANTED while nobody has let this person in. */
  vaultIdentity(): Promise<string>;
  /** The person's own signing key. CERTIFICATE_MISSING until an administrator has issued the certificate. */
  signer(): Promise<Signer>;
  /** A key file of the person's, under their own password, with another key and certificate; nothing is stored here. */
  packSigner(privateKeyPkcs8: Uint8Array, certPem: string, chain: readonly string[]): Buffer;
  /** Administrators only: ACCESS_NOT_GRANTED for anyone else. */
  certificateAuthority(): Promise<OpenAuthority>;
  /** The person's own age key pair. */
  pair(): OpenPair;
  close(): void;
}

export interface OpenKeysNeeds {
  readonly accounts: AccountStore;
  readonly ring: KeyRing;
  readonly facts: () => StationFacts;
}

/** A random password for a PKCS#12 file; nobody ever types it. */
export function newP12Password(): string {
  return randomBytes(24).toString('base64url');
}

/** The open keys of one account. */
export class AccountKeys implements OpenKeys {
  readonly accountId: string;
  readonly #needs: OpenKeysNeeds;
  readonly #recipient: string;
  readonly #secrets: HeldSecrets;
  #signer: Signer | null = null;

  constructor(needs: OpenKeysNeeds, accountId: string, recipient: string, secrets: PersonalSecrets) {
    this.accountId = accountId;
    this.#needs = needs;
    this.#recipient = recipient;
    this.#secrets = HeldSecrets.of(secrets);
  }

  pair(): OpenPair {
    return { identity: this.#open().identity, recipient: this.#recipient };
  }

  async vaultIdentity(): Promise<string> {
    const plain = await this.#needs.ring.open('vault', this.#open().identity);
    const identity = plain.toString('utf8');
    plain.fill(0);
    return identity;
  }

  async certificateAuthority(): Promise<OpenAuthority> {
    const privateKeyPkcs8 = await this.#needs.ring.open('ca', this.#open().identity);
    return { certPem: this.#needs.facts().rootPem, privateKeyPkcs8 };
  }

  async signer(): Promise<Signer> {
    const { p12Password } = this.#open();
    const row = this.#needs.accounts.get(this.accountId);
    // Another certificate may have been imported since, here or on another screen.
    if (this.#signer !== null && this.#signer.certPem === row.certificate) return this.#signer;
    if (row.p12 === null || row.certificate === null) throw new Refusal('CERTIFICATE_MISSING');
    const file = openPkcs12(row.p12, p12Password);
    this.#signer = {
      code: row.code,
      certPem: row.certificate,
      chainPem: row.certificate_chain ?? [this.#needs.facts().rootPem],
      privateKey: createPrivateKey({ key: file.privateKeyPkcs8, format: 'der', type: 'pkcs8' }),
    };
    file.privateKeyPkcs8.fill(0);
    return this.#signer;
  }

  packSigner(privateKeyPkcs8: Uint8Array, certPem: string, chain: readonly string[]): Buffer {
    const { p12Password } = this.#open();
    // The password was changed on another screen a moment ago: a file made now could not be opened any more.
    if (this.#needs.accounts.get(this.accountId).recipient !== this.#recipient) throw new Refusal('SESSION_LOCKED');
    return buildPkcs12({ privateKey: privateKeyPkcs8, certPem, chain, password: p12Password });
  }

  /**
   * Opens the person's PKCS#12 file ahead of need, since that takes a while and a seal shall not wait for it; a certificate
   * that was issued meanwhile is put into the file, once. Nothing where there is no certificate yet.
   */
  async prepareSigner(): Promise<void> {
    await this.#makeSigningKey();
    if (this.#needs.accounts.get(this.accountId).certificate === null) return;
    this.#packCertificate();
    await this.signer();
  }

  /** A person whose duties came to include signing has no key for it yet: it is made when their secrets are open. */
  async #makeSigningKey(): Promise<void> {
    const { accounts } = this.#needs;
    const { p12Password } = this.#open();
    const before = accounts.get(this.accountId);
    if (before.p12 !== null || !signingRoles.includes(before.role)) return;
    const key = await newRsaKey();
    const p12 = buildPkcs12({ privateKey: key.privateKeyPkcs8, certPem: null, chain: [], password: p12Password });
    key.privateKeyPkcs8.fill(0);
    const now = accounts.get(this.accountId);
    if (now.p12 !== null || !signingRoles.includes(now.role) || now.recipient !== this.#recipient) return;
    accounts.update(now.id, { p12, public_key: key.publicKeySpki });
  }

  #packCertificate(): void {
    const { p12Password } = this.#open();
    const row = this.#needs.accounts.get(this.accountId);
    if (row.p12 === null || row.certificate === null || row.certificate_packed) return;
    if (row.recipient !== this.#recipient) return;
    const file = openPkcs12(row.p12, p12Password);
    const p12 = buildPkcs12({
      privateKey: file.privateKeyPkcs8,
      certPem: row.certificate,
      chain: [this.#needs.facts().rootPem],
      password: p12Password,
    });
    this.#needs.accounts.update(row.id, { p12, certificate_packed: true });
  }

  close(): void {
    this.#secrets.wipe();
    this.#signer = null;
  }

  #open(): PersonalSecrets {
    const secrets = this.#secrets.read();
    if (secrets === null) throw new Refusal('SESSION_LOCKED');
    return secrets;
  }
}
