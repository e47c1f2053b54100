import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CopyEstimate, DerivedCopy } from '../../shared/contract/copies.ts';
import type { Playback } from '../../shared/contract/hearings.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { Hand } from '../sealing/index.ts';
import { copiesIn, copyFolder, removeCopyFolders } from './copyFolder.ts';
import { CopyRows, type MadeCopy } from './copyRows.ts';
import { estimateOf, playbackOf, viewOf } from './copyViews.ts';
import { chainFiles, filesOf, writeTo } from './giveCopy.ts';
import { type MadeFiles, makeCopy } from './makeCopy.ts';
import {
  type Actor,
  type CarriedFile,
  type Control,
  type CopiesNeeds,
  type Damage,
  type StoredExhibit,
  subjectOf,
} from './needs.ts';
import { checkedCopy, OpenCopy } from './openCopy.ts';

/** Derived copies of sealed exhibits: made, played, given out and deleted, each act with its custody event. */
export class CopiesService {
  readonly #needs: CopiesNeeds;
  readonly #rows: CopyRows;
  /** Exhibits of which a copy is being made. */
  readonly #making = new Set<string>();
  /** By account: one copy at a time is open for a person. */
  readonly #open = new Map<string, OpenCopy>();

  constructor(needs: CopiesNeeds) {
    this.#needs = needs;
    this.#rows = new CopyRows(needs.db);
  }

  get busy(): boolean {
    return this.#open.size > 0;
  }

  /** Copies of an exhibit, and what another one would be. @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE, TARGET_UNUSABLE */
  list(exhibit: string): { copies: DerivedCopy[]; estimate: CopyEstimate } {
    const stored = this.#needs.stored(exhibit);
    return {
      copies: this.#rows.of(exhibit).map((copy) => this.#view(copy, stored)),
      estimate: estimateOf(stored.statement, this.#rows.latest()),
    };
  }

  /**
   * Makes a picture-in-picture copy. The wish is logged before, what became of it after; a failure leaves nothing behind.
   * @throws Refusal COPY_IN_PROGRESS, RECORD_INVALID, SIGNATURE_INVALID, and as `makeCopy`
   */
  async make(
    request: { exhibit: string; recipient: string | null },
    maker: Hand,
    vaultIdentity: string,
    control: Control,
  ): Promise<DerivedCopy> {
    const { exhibit } = request;
    if (this.#making.has(exhibit)) throw new Refusal('COPY_IN_PROGRESS', { exhibit });
    this.#making.add(exhibit);
    try {
      const stored = this.#needs.stored(exhibit);
      await this.#checkRecord(stored);
      const identity = await this.#needs.openKey(stored.keyAge, vaultIdentity);
      return await this.#make(stored, identity, request.recipient, maker, control);
    } finally {
      this.#making.delete(exhibit);
    }
  }

  async #make(
    stored: StoredExhibit,
    identity: string,
    recipient: string | null,
    maker: Hand,
    control: Control,
  ): Promise<DerivedCopy> {
    const { db, custody, clock } = this.#needs;
    const exhibit = stored.number;
    const actor = { id: maker.code, role: maker.role };
    const began = clock.monotonicNs();
    const { id } = db.transaction(() => {
      const begun = this.#rows.begin(exhibit, maker.code, clock.now().toISOString());
      const details = { copy: begun.id, kind: 'picture-in-picture', record_sha256: stored.recordSha256 };
      custody.append({ action: 'copy.begun', actor, subject: subjectOf(exhibit), details });
      return begun;
    })();
    try {
      const onDamage = this.#damaged(exhibit, id, actor);
      const made = await makeCopy(this.#needs, { stored, identity, id, recipient, maker, control, onDamage });
      const tookMs = Number((clock.monotonicNs() - began) / 1_000_000n);
      this.#keep(stored, id, actor, made, tookMs);
    } catch (error) {
      await removeCopyFolders(stored.allFolders, id);
      this.#failed(exhibit, id, actor, isRefusal(error) ? error.code : 'INTERNAL');
      throw error;
    }
    return this.#view(this.#rows.get(exhibit, id), stored);
  }

  #keep(stored: StoredExhibit, id: string, actor: Actor, made: MadeFiles, tookMs: number): void {
    const { db, custody } = this.#needs;
    const exhibit = stored.number;
    // By the exhibit's folders as the station counts them: one of them may have been away.
    const targets = stored.allFolders.map((folder) => copyFolder(folder, id));
    db.transaction(() => {
      this.#rows.made(exhibit, id, made.statement, made.folders, tookMs);
      custody.append({
        action: 'copy.made',
        actor,
        subject: subjectOf(exhibit),
        details: {
          copy: id,
          copy_sha256: createHash('sha256').update(made.statement).digest('hex'),
          p7s: [{ ...made.p7s }],
          stored: made.stored.map(({ target, file, bytes, sha256 }) => ({
            ...{ target: targets.indexOf(target), file, bytes, sha256 },
          })),
        },
      });
    })();
  }

  #failed(exhibit: string, id: string, actor: Actor, reason: string): void {
    const { db, custody } = this.#needs;
    db.transaction(() => {
      this.#rows.ended(exhibit, id, 'failed');
      custody.append({ action: 'copy.failed', actor, subject: subjectOf(exhibit), details: { copy: id, reason } });
    })();
  }

  /** Deletes a copy: said first, done then, and finished at the next start if it could not be. @throws Refusal COPY_UNKNOWN */
  async delete(exhibit: string, id: string, actor: Actor): Promise<void> {
    const { db, custody } = this.#needs;
    const copy = this.#rows.get(exhibit, id);
    db.transaction(() => {
      this.#rows.ended(exhibit, id, 'deleted');
      const details = { copy: id, copy_sha256: createHash('sha256').update(copy.bytes).digest('hex') };
      custody.append({ action: 'copy.deleted', actor, subject: subjectOf(exhibit), details });
    })();
    for (const [account, open] of this.#open) {
      if (open.copy.exhibit === exhibit && open.copy.id === id) await this.#letGo(account);
    }
    await removeCopyFolders(this.#needs.stored(exhibit).allFolders, id);
  }

  /** Opens a copy for a person's screen. @throws Refusal COPY_UNKNOWN, COPY_DAMAGED, SIGNATURE_INVALID, ACCESS_NOT_GRANTED */
  async open(
    input: { exhibit: string; copy: string },
    person: Actor & { readonly account: string; readonly name: string },
    vaultIdentity: string,
  ): Promise<Playback> {
    const { open } = await this.#opened(input.exhibit, input.copy, vaultIdentity);
    await this.#letGo(person.account);
    this.#open.set(person.account, open);
    this.#needs.custody.append({
      action: 'copy.opened',
      actor: { id: person.id, role: person.role },
      subject: subjectOf(input.exhibit),
      details: { copy: input.copy },
    });
    const watermark = `${person.name} · ${input.exhibit} · ${this.#needs.clock.now().toISOString().slice(0, 10)}`;
    const stored = this.#needs.stored(input.exhibit);
    return playbackOf(open, stored.statement, this.#needs.exhibit(input.exhibit), watermark, this.#needs.nameOf);
  }

  /** Closes what a person has open of this copy, and forgets its key. */
  async close(input: { exhibit: string; copy: string }, person: Actor & { readonly account: string }): Promise<void> {
    const open = this.#open.get(person.account);
    if (open === undefined || open.copy.exhibit !== input.exhibit || open.copy.id !== input.copy) return;
    await this.#letGo(person.account);
    this.#needs.custody.append({
      action: 'copy.closed',
      actor: { id: person.id, role: person.role },
      subject: subjectOf(input.exhibit),
      details: { copy: input.copy },
    });
  }

  /** The copy as this account has it open, for its media. @throws Refusal COPY_NOT_OPEN */
  opened(account: string, exhibit: string, id: string): OpenCopy {
    const open = this.#open.get(account);
    if (open === undefined || open.copy.exhibit !== exhibit || open.copy.id !== id) throw new Refusal('COPY_NOT_OPEN');
    return open;
  }

  /**
   * Writes a copy out, with statement, signature and certificates; plain or to a recipient. It is logged before the file
   * gets its name; where it then fails, that is logged too.
   */
  async give(
    request: { exhibit: string; copy: string; folder: string; to: string; recipient: string | null },
    maker: Hand,
    vaultIdentity: string,
    control: Control,
  ): Promise<{ path: string }> {
    const { clock, sink } = this.#needs;
    const { open, checked } = await this.#opened(request.exhibit, request.copy, vaultIdentity);
    const actor = { id: maker.code, role: maker.role };
    const say = (action: 'copy.given' | 'copy.give-failed', more: Readonly<Record<string, string>>) =>
      this.#needs.custody.append({
        action,
        actor,
        subject: subjectOf(request.exhibit),
        details: { copy: request.copy, ...more },
      });
    let said = false;
    try {
      const name = `${request.exhibit}-${request.copy}`;
      const path = join(request.folder, request.recipient === null ? name : `${name}.tar.age`);
      const files = [...filesOf(open, checked, ''), ...chainFiles(maker.chainPem)];
      const written = await writeTo(sink(path, request.recipient, clock.now()), name, files, control, () => {
        say('copy.given', { recipient: request.recipient ?? request.to });
        said = true;
      });
      return { path: written };
    } catch (error) {
      if (said) say('copy.give-failed', {});
      throw error;
    } finally {
      await open.close();
    }
  }

  /** The files of every copy of an exhibit for its bag, under `copies/<id>/`; `close` when they have been read. */
  async filesForBag(
    stored: StoredExhibit,
    identity: string,
  ): Promise<{ files: readonly CarriedFile[]; close(): Promise<void> }> {
    const opened: OpenCopy[] = [];
    const files: CarriedFile[] = [];
    for (const copy of this.#rows.of(stored.number)) {
      const checked = await checkedCopy(copy, stored.folders);
      const open = new OpenCopy(copy, checked, stored.folders, identity);
      opened.push(open);
      files.push(...filesOf(open, checked, `copies/${copy.id}`));
    }
    return { files, close: async () => void (await Promise.all(opened.map((open) => open.close()))) };
  }

  /**
   * Takes over the copies that came with an imported exhibit, whose bag was verified with them. Another kind of copy than
   * this station makes stays where it lies, and is not listed.
   */
  adopt(exhibit: string, folders: readonly string[]): void {
    for (const { n, statement } of copiesIn(folders[0])) this.#rows.adopt(exhibit, n, statement, folders);
  }

  /** What a station that ended left half-made is taken away and said; what could not be deleted then, is now. */
  async settle(): Promise<void> {
    for (const { exhibit, id, state } of this.#rows.gone()) {
      const folders = this.#foldersOf(exhibit);
      await removeCopyFolders(folders, id);
      if (state === 'making') this.#failed(exhibit, id, { id: 'station', role: 'station' }, 'interrupted');
    }
  }

  async stop(): Promise<void> {
    for (const account of [...this.#open.keys()]) await this.#letGo(account);
  }

  #foldersOf(exhibit: string): readonly string[] {
    try {
      return this.#needs.stored(exhibit).allFolders;
    } catch (error) {
      // No target is there now: what may be left on it is taken away at a start when it is.
      if (isRefusal(error)) return [];
      throw error;
    }
  }

  async #opened(exhibit: string, id: string, vaultIdentity: string) {
    const stored = this.#needs.stored(exhibit);
    const copy = this.#rows.get(exhibit, id);
    const checked = await checkedCopy(copy, stored.folders);
    const identity = await this.#needs.openKey(stored.keyAge, vaultIdentity);
    return { open: new OpenCopy(copy, checked, stored.folders, identity), checked };
  }

  async #letGo(account: string): Promise<void> {
    const open = this.#open.get(account);
    this.#open.delete(account);
    await open?.close();
  }

  async #checkRecord(stored: StoredExhibit): Promise<void> {
    if (createHash('sha256').update(stored.record).digest('hex') !== stored.recordSha256) {
      throw new Refusal('RECORD_INVALID', { where: 'record.json', reason: 'digest' });
    }
    if (!(await this.#needs.signaturesValid(stored.record, stored.folders))) throw new Refusal('SIGNATURE_INVALID');
  }

  /** Logs each damaged copy of a master's segment once. */
  #damaged(exhibit: string, copy: string, actor: Actor): (damage: Damage) => void {
    const told = new Set<string>();
    return ({ folder, file, line, reason }) => {
      const key = `${folder}/${file}/${line}`;
      if (told.has(key)) return;
      told.add(key);
      const details = { copy, file, line, reason };
      this.#needs.custody.append({ action: 'copy.source-damaged', actor, subject: subjectOf(exhibit), details });
    };
  }

  #view(copy: MadeCopy, stored: StoredExhibit): DerivedCopy {
    return viewOf(copy, stored.allFolders.length, this.#needs.nameOf);
  }
}
