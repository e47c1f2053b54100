import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Exhibit, Receipt } from '../../shared/contract/exhibits.ts';
import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { Refusal } from '../../shared/errors.ts';
import type { VerificationResult } from '../../shared/evidence/verification.ts';
import type { CustodyLog, NoteSigner } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { writeFileDurably } from '../platform/files.ts';
import { newId } from '../platform/ids.ts';
import { SerialByKey } from '../platform/serial.ts';
import { type Hand, signDetached } from '../sealing/index.ts';
import { Gate, verifyInThread } from '../verification/index.ts';
import type { BagFile, WrittenBag } from './bag/index.ts';
import type { Exhibits } from './exhibits.ts';
import { exportExhibit } from './exportExhibit.ts';
import { finishImport, type ImportedBag, importBag, removeCutOff, removeImported } from './importBag.ts';
import { lyingExhibit, type StoredExhibit, storedExhibit } from './storedExhibit.ts';
import { verifyStored } from './verifyStored.ts';

export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** What long work is given. */
export interface Control {
  readonly signal: AbortSignal;
  progress(done: number): void;
  /** Takes a way to let the work stand still; absent where nobody would use it. */
  pausable?(gate: { pause(): void; resume(): void }): void;
}

export interface ArchiveNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: CustodyLog;
  readonly exhibits: Exhibits;
  readonly logSigner: () => NoteSigner;
  readonly targets: () => readonly string[];
  readonly court: () => string;
  /** Roots that this station trusts by itself: its own. */
  readonly ownRoots: () => readonly string[];
  /** The newest list of certificates that this station's authority revoked, where there is one. */
  readonly ownLists: () => readonly Uint8Array[];
  readonly newExhibitKey: () => Promise<{ recipient: string; keyAge: Uint8Array }>;
  readonly openKey: (keyAge: Uint8Array, vaultIdentity: string) => Promise<string>;
  /** Roots of the time-stamping authorities that this station trusts. */
  readonly tsaRoots: () => readonly string[];
  /** The files of the exhibit's derived copies, for its bag; closed when the bag is written. */
  readonly copiesOf: (
    stored: StoredExhibit,
    identity: string,
  ) => Promise<{ readonly files: readonly BagFile[]; close(): Promise<void> }>;
  /** The exhibit's attachments and supplements, for its bag. */
  readonly filesBeside: (stored: StoredExhibit, identity: string) => Promise<readonly BagFile[]>;
  /** Takes over the derived copies and supplements that an imported exhibit brought, within the import's transaction. */
  readonly adoptCopies: (exhibit: string, folders: readonly string[]) => void;
}

/** What becomes of an exhibit after its seal. Each act and its custody event are one transaction. */
export class ArchiveService {
  readonly #needs: ArchiveNeeds;
  /** Handing over and accepting are signed before they are logged: one at a time for each exhibit. */
  readonly #turns = new SerialByKey();

  constructor(needs: ArchiveNeeds) {
    this.#needs = needs;
  }

  stored(exhibit: string): StoredExhibit {
    return storedExhibit(this.#needs.db, exhibit);
  }

  /** The officer offers a sealed exhibit, with a signed statement of what is offered. @throws Refusal EXHIBIT_WRONG_STATE */
  handOver(number: string, hand: Hand): Promise<Exhibit> {
    return this.#turns.run(number, () => this.#handOver(number, hand));
  }

  async #handOver(number: string, hand: Hand): Promise<Exhibit> {
    const { db, custody, exhibits, clock } = this.#needs;
    const stored = this.stored(number);
    if (exhibits.get(number).archive !== 'with-officer') {
      throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit: number, state: exhibits.get(number).archive });
    }
    const statement = {
      at: clock.now().toISOString(),
      by: hand.code,
      exhibit: number,
      record_sha256: stored.recordSha256,
    };
    const sha256s = await this.#signBeside(
      stored,
      'handover/offer.json',
      { format: 'birret-offer/1', ...statement },
      hand,
    );
    db.transaction(() => {
      db.prepare("UPDATE exhibits SET archive = 'offered' WHERE number = ? AND archive = 'with-officer'").run(number);
      custody.append({ action: 'exhibit.offered', actor: actorOf(hand), subject: subject(number), details: sha256s });
    })();
    return exhibits.get(number);
  }

  /**
   * Verifies the stored exhibit on every target; of one whose key was destroyed, what can be looked at without it. @throws Refusal EXHIBIT_WRONG_STATE, ACCESS_NOT_GRANTED
   */
  async verify(number: string, actor: Actor, vaultIdentity: string, control: Control): Promise<VerificationResult> {
    const { db, custody, openKey, ownRoots, tsaRoots } = this.#needs;
    const stored = lyingExhibit(db, number);
    const identity = stored.keyAge === null ? null : await openKey(stored.keyAge, vaultIdentity);
    const result = await verifyStored({
      log: custody,
      database: db.name,
      stored,
      identity,
      ownRoots: ownRoots(),
      tsaRoots: tsaRoots(),
      ownLists: this.#needs.ownLists(),
      signal: control.signal,
      gate: gateFor(control),
      onProgress: (done) => control.progress(done),
    });
    const failed = result.checks.filter((check) => check.status === 'fail').map((check) => check.name);
    custody.append({
      action: 'exhibit.verified',
      actor,
      subject: subject(number),
      details: { outcome: result.outcome, failed },
    });
    return result;
  }

  /** Verifies, and where nothing failed accepts, with a signed receipt. @throws Refusal ACCEPT_REFUSED, EXHIBIT_WRONG_STATE */
  accept(number: string, hand: Hand, vaultIdentity: string, control: Control): Promise<Receipt> {
    return this.#turns.run(number, () => this.#accept(number, hand, vaultIdentity, control));
  }

  async #accept(number: string, hand: Hand, vaultIdentity: string, control: Control): Promise<Receipt> {
    const { db, custody, exhibits, clock } = this.#needs;
    if (exhibits.get(number).archive !== 'offered') {
      throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit: number, state: exhibits.get(number).archive });
    }
    const result = await this.verify(number, actorOf(hand), vaultIdentity, control);
    const failed = result.checks.find((check) => check.status === 'fail');
    if (failed !== undefined) throw new Refusal('ACCEPT_REFUSED', { exhibit: number, check: failed.name });
    const stored = this.stored(number);
    const receipt: Receipt = {
      number: `${number}-r1`,
      exhibit: number,
      givenBy: this.#giver(number),
      takenBy: hand.code,
      at: clock.now().toISOString(),
      recordSha256: stored.recordSha256,
      checks: { passed: result.summary.passed, failed: result.summary.failed, notChecked: result.summary.not_checked },
      signed: true,
    };
    const sha256s = await this.#signBeside(
      stored,
      'handover/receipt.json',
      { format: 'birret-receipt/1', ...receipt },
      hand,
    );
    db.transaction(() => {
      db.prepare("UPDATE exhibits SET archive = 'accepted', receipt = ? WHERE number = ? AND archive = 'offered'").run(
        JSON.stringify(receipt),
        number,
      );
      custody.append({
        action: 'exhibit.accepted',
        actor: actorOf(hand),
        subject: subject(number),
        details: { receipt: receipt.number, ...sha256s },
      });
    })();
    return receipt;
  }

  /** Writes an evidence bag. A failure after `bag.exported` was logged is logged too. */
  async export(
    request: {
      exhibit: string;
      folder: string;
      name: string | null;
      to: string;
      recipient: string | null;
      copies?: boolean | undefined;
    },
    hand: Hand,
    vaultIdentity: string,
    control: Control,
  ): Promise<WrittenBag> {
    const { clock, custody, logSigner, openKey, court } = this.#needs;
    const stored = this.stored(request.exhibit);
    const before = custody.size();
    const identity = await openKey(stored.keyAge, vaultIdentity);
    const copies = request.copies === false ? null : await this.#needs.copiesOf(stored, identity);
    try {
      return await exportExhibit({
        stored,
        identity,
        more: [...(await this.#needs.filesBeside(stored, identity)), ...(copies?.files ?? [])],
        ownLists: this.#needs.ownLists(),
        log: custody,
        logSigner: logSigner(),
        clock,
        hand,
        sourceOrganization: court(),
        folder: request.folder,
        name: request.name,
        to: request.to,
        recipient: request.recipient,
        signal: control.signal,
        onProgress: (done) => control.progress(done),
      });
    } catch (error) {
      const logged = custody
        .eventsOf(subject(request.exhibit))
        .some((one) => one.index >= before && one.event.action === 'bag.exported');
      if (logged)
        custody.append({
          action: 'bag.export-failed',
          actor: actorOf(hand),
          subject: subject(request.exhibit),
          details: {},
        });
      throw error;
    } finally {
      await copies?.close();
    }
  }

  /** Verifies any bag. Whose root is trusted: `trustFor`. */
  async verifyBag(
    path: string,
    trust: readonly string[],
    identity: string | null,
    control: Control,
  ): Promise<VerificationResult> {
    const { ownRoots, tsaRoots } = this.#needs;
    const request = {
      path,
      identity,
      ownRoots: ownRoots(),
      namedRoots: await readRoots(trust),
      tsaRoots: tsaRoots(),
    };
    return await verifyInThread(request, {
      signal: control.signal,
      gate: gateFor(control),
      onProgress: (done) => control.progress(done),
    });
  }

  /** Takes a bag of another station into this vault. @throws Refusal as `importBag` */
  async import(
    request: { path: string; trust: readonly string[]; unestablishedAccepted: boolean },
    actor: Actor,
    vaultIdentity: string,
    control: Control,
  ): Promise<Exhibit> {
    const { db, exhibits, newExhibitKey, targets } = this.#needs;
    const key = await newExhibitKey();
    const imported = await importBag({
      path: request.path,
      ownRoots: this.#needs.ownRoots(),
      tsaRoots: this.#needs.tsaRoots(),
      trust: await readRoots(request.trust),
      unestablishedAccepted: request.unestablishedAccepted,
      vaultIdentity,
      targets: targets(),
      recipient: key.recipient,
      keyAge: key.keyAge,
      isHere: (exhibit) => this.#isHere(exhibit),
      signal: control.signal,
      onProgress: (done) => control.progress(done),
    });
    try {
      db.transaction(() => this.#keep(imported, key, actor))();
    } catch (error) {
      await removeImported(imported.folders);
      throw error;
    }
    await finishImport(imported.folders);
    return exhibits.get(imported.statement.exhibit);
  }

  /** Takes away what imports left that ended with the process; called once at the station's start. */
  async settle(): Promise<void> {
    for (const target of this.#needs.targets()) await removeCutOff(target, (exhibit) => this.#isHere(exhibit));
  }

  #isHere(exhibit: string): boolean {
    return this.#needs.db.prepare('SELECT 1 FROM exhibits WHERE number = ?').get(exhibit) !== undefined;
  }

  /** Whoever offered the exhibit last, by code. */
  #giver(number: string): string {
    const offer = this.#needs.custody
      .eventsOf(subject(number))
      .findLast((one) => one.event.action === 'exhibit.offered');
    return offer?.event.actor.id ?? '';
  }

  #keep(imported: ImportedBag, key: { recipient: string; keyAge: Uint8Array }, actor: Actor): void {
    const { db, custody, clock } = this.#needs;
    const { statement } = imported;
    const at = clock.now().toISOString();
    db.prepare(
      'INSERT INTO cases (id, number, court, opened_at) VALUES (?, ?, ?, ?) ON CONFLICT (number) DO NOTHING',
    ).run(newId(), statement.case.number, statement.case.court, at);
    const recordSha256 = digestOf(imported);
    db.prepare(
      `INSERT INTO exhibits (number, case_id, origin, state, archive, recipient, key_age, folders, started_at, ended_at, record, record_sha256, sealed_at)
       SELECT ?, id, 'imported', 'sealed', 'accepted', ?, ?, ?, ?, ?, ?, ?, ? FROM cases WHERE number = ?`,
    ).run(
      statement.exhibit,
      key.recipient,
      Buffer.from(key.keyAge),
      JSON.stringify(imported.folders),
      statement.interview.started_at,
      statement.interview.ended_at,
      Buffer.from(imported.record),
      recordSha256,
      statement.interview.sealed_at,
      statement.case.number,
    );
    this.#needs.adoptCopies(statement.exhibit, imported.folders);
    custody.append({
      action: 'bag.imported',
      actor,
      subject: subject(statement.exhibit),
      details: {
        from_log: statement.log.origin,
        manifest_sha256: imported.manifestSha256,
        record_sha256: recordSha256,
        outcome: imported.verification.outcome,
        stored: imported.stored.map((one) => ({ ...one })),
      },
    });
  }

  /** Writes a statement and its signature beside the exhibit on every target; gives their digests for the event. */
  async #signBeside(
    stored: StoredExhibit,
    path: string,
    statement: unknown,
    hand: Hand,
  ): Promise<{ statement_sha256: string; p7s_sha256: string }> {
    const bytes = canonicalBytes(statement);
    const p7s = signDetached({
      content: bytes,
      certPem: hand.certPem,
      privateKey: hand.privateKey,
      signingTime: this.#needs.clock.now(),
    });
    for (const folder of stored.folders) {
      await writeFileDurably(join(folder, path), bytes);
      await writeFileDurably(join(folder, `${path}.p7s`), p7s);
    }
    return { statement_sha256: hash(bytes), p7s_sha256: hash(p7s) };
  }
}

/** Verification stands still when whoever watches the job asks for it. */
function gateFor(control: Control): Gate {
  const gate = new Gate();
  control.pausable?.(gate);
  return gate;
}

const subject = (id: string) => ({ type: 'exhibit', id }) as const;
const actorOf = (hand: Hand): Actor => ({ id: hand.code, role: hand.role });
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const digestOf = (imported: ImportedBag) => hash(imported.record);

/** @throws Refusal TRUST_ROOT_UNREADABLE */
async function readRoots(paths: readonly string[]): Promise<string[]> {
  return await Promise.all(
    paths.map((path, index) =>
      readFile(path, 'utf8').catch((error: unknown) => {
        throw new Refusal('TRUST_ROOT_UNREADABLE', { number: index + 1 }, { cause: error });
      }),
    ),
  );
}
