import type { Database } from 'better-sqlite3';
import type { NetworkCheck, NetworkSettings, NetworkView } from '../../shared/contract/network.ts';
import type { PairingOffer } from '../../shared/contract/pairing.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { Serial } from '../platform/serial.ts';
import { openSecret } from '../vault/index.ts';
import { askOwn } from './askOwn.ts';
import { Door, type Serve } from './door.ts';
import { NetworkRows, type StoredNetwork } from './networkRows.ts';
import { type Machine, thisMachine } from './ownAddresses.ts';
import { hostsOf, namesNow } from './reach.ts';
import {
  endOf,
  endsSoon,
  fingerprintOf,
  namesOf,
  newServerCertificate,
  type OpenAuthority,
} from './serverCertificate.ts';

type Actor = Readonly<{ id: string; role: string }>;

export interface NetworkNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly custody: () => Pick<CustodyLog, 'append'>;
  /** STATION_NOT_SET_UP before the set-up. */
  readonly facts: () => {
    readonly id: string;
    readonly name: string;
    readonly court: string;
    readonly rootPem: string;
    readonly stationRecipient: string;
  };
  /** The station's own age identity, or null until somebody has opened its keys. */
  readonly identity: () => string | null;
  /** Screens that ask over the network at this moment. */
  readonly screens: () => number;
  readonly machine?: Machine;
}

/** Opens an administrator's authority; called only where a certificate is to be issued. */
export type OpenCa = () => Promise<OpenAuthority>;

/** How often the door is looked after: keys that were opened, an address that came back, a port that is free again. */
const LOOK_MS = 2_000;
const HOSTS_NS = 2_000_000_000n;

/**
 * The station on the court's network: off until an administrator turns it on. The door opens by itself when the station's keys
 * do, and again after whatever took it away. Nothing here is waited for by a recording.
 */
export class NetworkService {
  readonly #needs: NetworkNeeds;
  readonly #rows: NetworkRows;
  readonly #machine: Machine;
  readonly #door: Door;
  readonly #turn = new Serial();
  #serve: Serve | null = null;
  #timer: NodeJS.Timeout | undefined;
  #problem: Refusal | null = null;
  /** Asked before every request: read anew now and then. */
  #hosts: { readonly hosts: ReadonlySet<string>; readonly atNs: bigint } | null = null;
  /** The key of the stored certificate, opened in this process. */
  #key: { readonly pem: string; readonly key: Buffer } | null = null;

  constructor(needs: NetworkNeeds) {
    this.#needs = needs;
    this.#rows = new NetworkRows(needs.db);
    this.#machine = needs.machine ?? thisMachine;
    this.#door = new Door(needs.log);
  }

  /** From now on what the door serves is there; it opens where it may. */
  async serve(serve: Serve): Promise<void> {
    this.#serve = serve;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS).unref();
    await this.#look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#serve = null;
    await this.#turn.run(() => this.#door.close());
  }

  /** `host:port` values under which the door may be asked. */
  hosts(): ReadonlySet<string> {
    const now = this.#needs.clock.monotonicNs();
    if (this.#hosts !== null && now - this.#hosts.atNs < HOSTS_NS) return this.#hosts.hosts;
    const hosts = new Set(this.#hostsNow());
    this.#hosts = { hosts, atNs: now };
    return hosts;
  }

  #hostsNow(): string[] {
    const { settings, certificate } = this.#rows.read();
    const named = certificate === null ? [] : namesOf(certificate.pem);
    return hostsOf([...new Set([...namesNow(settings, this.#machine), ...named])], settings.port);
  }

  get port(): number {
    return this.#rows.read().settings.port;
  }

  view(): NetworkView {
    const { clock, facts, screens } = this.#needs;
    const stored = this.#rows.read();
    const { settings, certificate } = stored;
    const state = this.#state(settings);
    return {
      settings,
      machine: { name: this.#machine.name(), addresses: this.#machine.addresses() },
      door: state,
      problem: this.#problem === null ? null : { code: this.#problem.code, params: { ...this.#problem.params } },
      addresses: this.#addresses(settings),
      certificate:
        certificate === null
          ? null
          : {
              fingerprint: fingerprintOf(certificate.pem),
              rootFingerprint: fingerprintOf(facts().rootPem),
              names: namesOf(certificate.pem),
              notAfter: endOf(certificate.pem).toISOString(),
              missing: this.#missing(stored),
              due: this.#due(stored, clock.now()),
            },
      screens: screens(),
    };
  }

  /** What an offer to another screen says of the network. */
  reach(): Pick<PairingOffer, 'addresses' | 'network' | 'fingerprint'> {
    const { settings, certificate } = this.#rows.read();
    const network = this.#state(settings);
    if (network !== 'open' || certificate === null) return { addresses: [], network, fingerprint: null };
    return { addresses: this.#addresses(settings), network, fingerprint: fingerprintOf(certificate.pem) };
  }

  /** The fingerprint that the door's own pairing page shows, or null. */
  fingerprint() {
    const { certificate } = this.#rows.read();
    return certificate === null ? null : fingerprintOf(certificate.pem);
  }

  /** Sets how the station answers; with the first turning on, and with names that are new, a certificate is issued. */
  async set(settings: NetworkSettings, openCa: OpenCa, actor: Actor): Promise<NetworkView> {
    const { db, clock, custody, facts } = this.#needs;
    const wanted = { ...settings, names: [...new Set(settings.names)] };
    const before = this.#rows.read();
    const after: StoredNetwork = { settings: wanted, certificate: before.certificate };
    const issued = wanted.enabled && this.#due(after, clock.now()) ? await this.#issue(wanted, openCa) : null;
    db.transaction(() => {
      const certificate = issued?.stored ?? before.certificate;
      this.#rows.write({ settings: wanted, certificate }, clock.now().toISOString());
      custody().append({
        action: 'network.changed',
        actor,
        subject: { type: 'station', id: facts().id },
        details: { enabled: wanted.enabled, listen: wanted.listen, port: wanted.port },
      });
      if (issued !== null) this.#tellIssued(issued.stored.pem, actor);
    }).immediate();
    if (issued !== null) this.#key = { pem: issued.stored.pem, key: issued.key };
    this.#hosts = null;
    await this.#turn.run(() => this.#door.close());
    await this.#look();
    return this.view();
  }

  /** A new key and certificate for what is set. */
  async renew(openCa: OpenCa, actor: Actor): Promise<NetworkView> {
    const { db, clock } = this.#needs;
    const { settings } = this.#rows.read();
    const { stored, key } = await this.#issue(settings, openCa);
    db.transaction(() => {
      this.#rows.write({ settings, certificate: stored }, clock.now().toISOString());
      this.#tellIssued(stored.pem, actor);
    }).immediate();
    this.#key = { pem: stored.pem, key };
    this.#problem = null;
    this.#hosts = null;
    this.#door.show(stored.pem, key);
    await this.#look();
    return this.view();
  }

  /** Renews where it is due, the door is on and no screen would notice. */
  async renewIfDue(openCa: OpenCa, actor: Actor): Promise<NetworkView> {
    const { clock, screens } = this.#needs;
    const stored = this.#rows.read();
    const due = stored.settings.enabled && this.#due(stored, clock.now());
    return due && screens() === 0 ? await this.renew(openCa, actor) : this.view();
  }

  /** Asks each of the station's own addresses from this machine. */
  async check(): Promise<NetworkCheck> {
    const { settings, certificate } = this.#rows.read();
    if (!settings.enabled || certificate === null) return [];
    const { sha256 } = fingerprintOf(certificate.pem);
    const names = namesNow(settings, this.#machine);
    return await Promise.all(names.map((host) => askOwn({ host, port: settings.port, sha256 })));
  }

  #state({ enabled }: NetworkSettings): NetworkView['door'] {
    if (!enabled) return 'off';
    if (this.#door.isOpen) return 'open';
    if (this.#problem !== null) return 'trouble';
    return 'waits-for-keys';
  }

  #addresses(settings: NetworkSettings): string[] {
    return hostsOf(namesNow(settings, this.#machine), settings.port).map((host) => `https://${host}/pair`);
  }

  #missing({ settings, certificate }: StoredNetwork): string[] {
    const named = new Set(certificate === null ? [] : namesOf(certificate.pem));
    return namesNow(settings, this.#machine).filter((name) => !named.has(name));
  }

  #due(stored: StoredNetwork, now: Date): boolean {
    const { certificate } = stored;
    return certificate === null || endsSoon(certificate.pem, now) || this.#missing(stored).length > 0;
  }

  async #issue(settings: NetworkSettings, openCa: OpenCa) {
    const { clock, facts } = this.#needs;
    const { name, court, stationRecipient: recipient } = facts();
    const authority = await openCa();
    try {
      const { key, ...stored } = await newServerCertificate({
        ...{ authority, station: { name, court, recipient }, now: clock.now() },
        names: namesNow(settings, this.#machine),
      });
      return { key, stored };
    } finally {
      authority.privateKeyPkcs8.fill(0);
    }
  }

  #tellIssued(pem: string, actor: Actor): void {
    const { custody, facts } = this.#needs;
    const details = { kind: 'network', account: null, cert_sha256: fingerprintOf(pem).sha256 };
    custody().append({ action: 'certificate.issued', actor, subject: { type: 'station', id: facts().id }, details });
  }

  /** Brings the door to where it should be. Never throws: what is in the way is said in the view. */
  async #look(): Promise<void> {
    await this.#turn.run(async () => {
      try {
        await this.#bring();
      } catch (error) {
        const problem = isRefusal(error) ? error : new Refusal('NETWORK_NOT_OPENED', { reason: 'INTERNAL' });
        if (this.#problem?.code !== problem.code) this.#needs.log.warn({ err: error }, 'the network door stays closed');
        this.#problem = problem;
      }
    });
  }

  async #bring(): Promise<void> {
    const serve = this.#serve;
    const { settings, certificate } = this.#rows.read();
    const { listen, port, enabled } = settings;
    if (serve === null || !enabled || certificate === null) {
      this.#problem = null;
      await this.#door.close();
      return;
    }
    const gone = listen !== 'all' && this.#isGone(listen);
    if (this.#door.isOpen && gone) await this.#door.close();
    if (gone) throw new Refusal('NETWORK_ADDRESS_NOT_THERE', { address: listen });
    if (this.#door.isOpen) return;
    const key = await this.#openKey(certificate);
    if (key === null) {
      this.#problem = null;
      return;
    }
    await this.#door.open({ host: listen === 'all' ? null : listen, port, certificate: certificate.pem, key }, serve);
    this.#problem = null;
    this.#needs.log.info({ listen, port }, 'the station answers on the network');
  }

  /** Of IPv4 addresses it is known; one of another kind is left to the system. */
  #isGone(address: string): boolean {
    if (address.includes(':') || address.startsWith('127.')) return false;
    return !this.#machine.addresses().some((own) => own.address === address);
  }

  async #openKey({ pem, sealedKey }: { pem: string; sealedKey: Uint8Array }): Promise<Buffer | null> {
    if (this.#key?.pem === pem) return this.#key.key;
    const identity = this.#needs.identity();
    if (identity === null) return null;
    try {
      this.#key = { pem, key: await openSecret(sealedKey, identity) };
      return this.#key.key;
    } catch (cause) {
      throw new Refusal('NETWORK_KEY_UNREADABLE', {}, { cause });
    }
  }
}
