import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttachmentType, attachmentTypes } from '../../shared/domain/attachmentTypes.ts';
import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { Refusal } from '../../shared/errors.ts';
import { EvidenceSupplement } from '../../shared/evidence/supplement.ts';
import { writeFileDurably } from '../platform/files.ts';
import { SerialByKey } from '../platform/serial.ts';
import { readCertificate, signDetached } from '../sealing/index.ts';
import { readBeside, type StoredBeside, storeBeside } from './besideFiles.ts';
import { checkedContent } from './content.ts';
import type { SealedExhibit, Signer, SupplementsNeeds } from './needs.ts';
import { type AddedSupplement, SupplementRows } from './supplementRows.ts';

/** A file of a supplement; `mediaType` null = what it is by its content. `name` as for an attachment, telling of nobody. */
export interface SupplementFile {
  readonly name: string;
  readonly mediaType: string | null;
  readonly title: string;
  readonly plain: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Who adds, and signs: with the role for the log. */
export interface Adder extends Signer {
  readonly role: string;
}

interface StoredFile extends StoredBeside {
  /** Relative to `supplements/`. */
  readonly file: string;
  readonly type: AttachmentType;
  readonly title: string;
}

const STEM = /^([a-z0-9][a-z0-9-]{0,60})\.[a-z0-9]{1,5}$/;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Signed, logged additions to a sealed exhibit (EVIDENCE-FORMAT §2): protocol, remarks, transcript, a signature made
 * elsewhere. The record itself never changes; each supplement names it, and the supplement before.
 */
export class Supplements {
  readonly #needs: SupplementsNeeds;
  readonly #rows: SupplementRows;
  readonly #turns = new SerialByKey();

  constructor(needs: SupplementsNeeds) {
    this.#needs = needs;
    this.#rows = new SupplementRows(needs.db);
  }

  /** What was added to an exhibit, in order. */
  list(exhibit: string): AddedSupplement[] {
    return this.#rows.of(exhibit);
  }

  /**
   * Adds files as the exhibit's next supplement: encrypted to its key on every target, the statement signed by the station
   * and by whoever adds it. Counts once its event stands, and not before.
   * @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE, EXHIBIT_KEY_DESTROYED, STATION_KEYS_LOCKED, TARGET_UNUSABLE,
   * ATTACHMENT_EMPTY, ATTACHMENT_TYPE_REFUSED, ATTACHMENT_TOO_LARGE
   */
  add(request: { exhibit: string; files: readonly SupplementFile[] }, by: Adder): Promise<AddedSupplement> {
    // Each names the one before: one at a time for an exhibit.
    return this.#turns.run(request.exhibit, () => this.#add(request.exhibit, request.files, by));
  }

  async #add(number: string, files: readonly SupplementFile[], by: Adder): Promise<AddedSupplement> {
    const { db, clock, recipientOf } = this.#needs;
    if (files.length === 0) throw new Refusal('ATTACHMENT_EMPTY');
    const stored = this.#needs.stored(number);
    const station = this.#needs.stationSigner();
    const recipient = recipientOf(number);
    const before = this.#rows.of(number).at(-1)?.sha256 ?? null;
    const n = db.transaction(() => this.#rows.begin(number, by.code, clock.now().toISOString())).immediate();
    try {
      const kept = await this.#store(stored, n, recipient, files);
      const standing = stored.folders.filter((folder) => kept.every((file) => file.folders.includes(folder)));
      const statement = this.#statement(stored, { n, prev: before, kept }, [station, by]);
      const signed = [station, by].map((signer) => this.#signed(statement, n, signer));
      const written = await this.#write(standing, n, statement, signed, [station, by]);
      this.#keep(stored, n, statement, { kept, signed, written, by });
    } catch (error) {
      await this.#takeAway(number, n);
      throw error;
    }
    this.#needs.timestamps.nudge();
    return this.#get(number, n);
  }

  async #store(
    stored: SealedExhibit,
    n: number,
    recipient: string,
    files: readonly SupplementFile[],
  ): Promise<StoredFile[]> {
    const kept: StoredFile[] = [];
    for (const { name, mediaType, title, plain } of files) {
      const [, stem] = STEM.exec(name) ?? [];
      if (stem === undefined) throw new RangeError(`not a name of a file of a supplement: ${name}`);
      const content = await checkedContent(plain, mediaType);
      const ending = attachmentTypes[content.type];
      let file = `${n}/${stem}.${ending}`;
      for (let i = 2; kept.some((one) => one.file === file); i += 1) file = `${n}/${stem}-${i}.${ending}`;
      const beside = await storeBeside(stored.folders, `supplements/${file}`, recipient, content.plain);
      kept.push({ ...beside, file, type: content.type, title: title.normalize('NFC') });
    }
    return kept;
  }

  #statement(
    stored: SealedExhibit,
    { n, prev, kept }: { n: number; prev: string | null; kept: readonly StoredFile[] },
    signers: readonly [Signer, Signer],
  ): Uint8Array {
    return canonicalBytes(
      EvidenceSupplement.parse({
        format: 'birret-supplement/1',
        exhibit: stored.number,
        n,
        record_sha256: stored.recordSha256,
        prev,
        at: this.#needs.clock.now().toISOString(),
        attachments: kept.map(({ file, type, sha256: digest, title }) => ({
          ...{ file, media_type: type, sha256: digest, title },
        })),
        signers: signers.map(({ code, certPem }, i) => ({
          file: signatureFile(n, i === 0 ? 'station' : code),
          role: i === 0 ? 'station' : 'officer',
          code,
          cert_sha256: readCertificate(certPem).sha256,
        })),
      }),
    );
  }

  #signed(
    statement: Uint8Array,
    n: number,
    { code, certPem, privateKey }: Signer,
  ): { file: string; bytes: Uint8Array } {
    const signingTime = this.#needs.clock.now();
    return {
      file: signatureFile(n, code),
      bytes: signDetached({ content: statement, certPem, privateKey, signingTime }),
    };
  }

  /** Gives the folders in which all of it stands; the statement comes last. */
  async #write(
    folders: readonly string[],
    n: number,
    statement: Uint8Array,
    signed: readonly { file: string; bytes: Uint8Array }[],
    signers: readonly Signer[],
  ): Promise<string[]> {
    const files: [string, Uint8Array | string][] = [
      ...this.#needs.certificateFiles(signers),
      ...signed.map(({ file, bytes }): [string, Uint8Array] => [`supplements/${file}`, bytes]),
      [`supplements/${n}.json`, statement],
    ];
    const written: string[] = [];
    let failure: unknown;
    for (const folder of folders) {
      try {
        for (const [path, content] of files) await writeFileDurably(join(folder, path), content);
        written.push(folder);
      } catch (error) {
        // One target less; the levelling brings it there when it answers again.
        failure = error;
      }
    }
    if (written.length > 0) return written;
    throw new Refusal('TARGET_UNUSABLE', { target: folders[0] ?? '', reason: 'supplement' }, { cause: failure });
  }

  #keep(
    stored: SealedExhibit,
    n: number,
    statement: Uint8Array,
    {
      kept,
      signed,
      written,
      by,
    }: {
      kept: readonly StoredFile[];
      signed: readonly { file: string; bytes: Uint8Array }[];
      written: readonly string[];
      by: Adder;
    },
  ): void {
    const { db, custody, timestamps } = this.#needs;
    const p7s = signed.map(({ file, bytes }) => ({ file, sha256: sha256(bytes) }));
    const targets = written.map((folder) => stored.allFolders.indexOf(folder));
    db.transaction(() => {
      this.#rows.added(stored.number, n, statement);
      custody.append({
        action: 'supplement.added',
        actor: { id: by.code, role: by.role },
        subject: { type: 'exhibit', id: stored.number },
        details: {
          ...{ n, supplement_sha256: sha256(statement), p7s },
          stored: targets.flatMap((target) =>
            kept.map(({ file, storedBytes, storedSha256 }) => ({
              ...{ target, file: `supplements/${file}.age`, bytes: storedBytes, sha256: storedSha256 },
            })),
          ),
        },
      });
      for (const one of p7s) {
        const file = `supplements/${one.file}`;
        timestamps.add({ kind: 'signature', exhibit: stored.number, file, sha256: one.sha256, note: null });
      }
    }).immediate();
  }

  /**
   * The plain bytes of one file of a supplement, in memory, as they were signed; for someone who holds the vault's key.
   * @throws Refusal SUPPLEMENT_UNKNOWN, ATTACHMENT_DAMAGED, EXHIBIT_KEY_DESTROYED
   */
  async open(number: string, file: string, vaultIdentity: string): Promise<{ mediaType: string; content: Buffer }> {
    const found = this.#rows
      .of(number)
      .flatMap(({ statement }) => statement.attachments)
      .find((one) => one.file === file);
    if (found === undefined) throw new Refusal('SUPPLEMENT_UNKNOWN');
    const { folders, keyAge } = this.#needs.stored(number);
    const identity = await this.#needs.openKey(keyAge, vaultIdentity);
    const content = await readBeside(folders, `supplements/${file}`, identity, found.sha256);
    return { mediaType: found.media_type, content };
  }

  /** Takes over the supplements that an imported exhibit brought, whose bag was verified with them; in its transaction. */
  adopt(exhibit: string, folders: readonly string[]): void {
    const folder = join(folders[0] ?? '', 'supplements');
    if (!existsSync(folder)) return;
    const numbers = readdirSync(folder).flatMap((name) => /^([1-9][0-9]{0,5})\.json$/.exec(name)?.[1] ?? []);
    for (const n of numbers.map(Number).sort((a, b) => a - b)) {
      const bytes = readFileSync(join(folder, `${n}.json`));
      const { at, signers } = EvidenceSupplement.parse(JSON.parse(bytes.toString('utf8')));
      const by = signers.find(({ role }) => role === 'officer')?.code ?? '';
      this.#rows.begin(exhibit, by, at);
      this.#rows.added(exhibit, n, bytes);
    }
  }

  /** Takes away what a station that ended was adding; called once at the start. */
  async settle(): Promise<void> {
    for (const { exhibit, n } of this.#rows.unfinished()) {
      await this.#takeAway(exhibit, n);
      this.#needs.log.info({ exhibit, n }, 'a supplement that was cut off while it was being added was taken away');
    }
  }

  /** What stays on a disk that will not let go counts for nothing: no event names it, and the next one takes its place. */
  async #takeAway(exhibit: string, n: number): Promise<void> {
    for (const folder of this.#needs.foldersOf(exhibit)) {
      const at = join(folder, 'supplements');
      const names = await readdir(at).catch(() => []);
      for (const name of names.filter((one) => one === `${n}` || one.startsWith(`${n}.json`))) {
        await rm(join(at, name), { recursive: true, force: true }).catch(() => undefined);
      }
    }
    this.#needs.db.transaction(() => this.#rows.forget(exhibit, n))();
  }

  #get(exhibit: string, n: number): AddedSupplement {
    const found = this.#rows.of(exhibit).find((one) => one.n === n);
    if (found === undefined) throw new Refusal('SUPPLEMENT_UNKNOWN');
    return found;
  }
}

const signatureFile = (n: number, code: string): string => `${n}.json.${code}.p7s`;
