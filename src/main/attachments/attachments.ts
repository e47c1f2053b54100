import { existsSync, statSync } from 'node:fs';
import { z } from 'zod';
import { type AttachmentType, attachmentTypes } from '../../shared/domain/attachmentTypes.ts';
import { Refusal } from '../../shared/errors.ts';
import type { EvidenceRecord } from '../../shared/evidence/record.ts';
import { blob, jsonColumn } from '../database/index.ts';
import { SerialByKey } from '../platform/serial.ts';
import { type AttachmentRow, AttachmentRows } from './attachmentRows.ts';
import { agePath, bringBeside, readBeside, removeBeside, storeBeside } from './besideFiles.ts';
import { checkedContent } from './content.ts';
import type { Actor, AttachmentsNeeds } from './needs.ts';

const Exhibit = z.object({
  number: z.string(),
  state: z.enum(['planned', 'recording', 'ended', 'secured', 'sealed']),
  interview_state: z.string().nullable(),
  key_age: blob.nullable(),
  folders: jsonColumn(z.array(z.string())),
});

/** What is to be kept: `name` = a lower-case ASCII file name that tells of nobody, such as `preparation.json`. */
export interface ToKeep {
  readonly interview: string;
  readonly name: string;
  readonly mediaType: AttachmentType;
  /** What people see; it may hold names, and stands in the record, never in the log. */
  readonly title: string;
  readonly bytes: Uint8Array;
}

/** An attachment as others see it; `keptBy` is an account's code. */
export interface Attachment {
  readonly file: string;
  readonly title: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly keptBy: string;
  readonly keptAt: string;
}

/** An age file of an attachment as `exhibit.sealed` names it: `target` by the exhibit's folders. */
export interface StoredAttachment {
  readonly target: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

const NAME = /^([a-z0-9][a-z0-9-]{0,60})\.([a-z0-9]{1,5})$/;

/**
 * Files that belong to an interview and are signed with its record: kept encrypted to the exhibit's own key beside its
 * tracks, from the preparation on until the seal. Afterwards there are supplements.
 */
export class Attachments {
  readonly #needs: AttachmentsNeeds;
  readonly #rows: AttachmentRows;
  readonly #turns = new SerialByKey();

  constructor(needs: AttachmentsNeeds) {
    this.#needs = needs;
    this.#rows = new AttachmentRows(needs.db);
  }

  /**
   * Keeps a file with an interview that is not sealed; gives its path as the record will name it, `attachments/<name>`,
   * with a number where that name was given before.
   * @throws Refusal INTERVIEW_UNKNOWN, ALREADY_SEALED, INTERVIEW_WRONG_STATE, ATTACHMENT_EMPTY, ATTACHMENT_TYPE_REFUSED,
   * ATTACHMENT_TOO_LARGE, TARGET_UNUSABLE
   */
  async keep({ interview, bytes, ...one }: ToKeep, actor: Actor): Promise<{ file: string }> {
    const number = this.#needs.db.prepare('SELECT number FROM exhibits WHERE interview_id = ?').pluck().get(interview);
    if (typeof number !== 'string') throw new Refusal('INTERVIEW_UNKNOWN');
    return await this.keepContent({ exhibit: number, ...one, plain: [bytes] }, actor);
  }

  /** The same by the exhibit's number, from bytes that come as they come; `mediaType` null = what they are by themselves. */
  async keepContent(
    one: {
      readonly exhibit: string;
      readonly name: string;
      readonly mediaType: string | null;
      readonly title: string;
      readonly plain: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
    },
    actor: Actor,
  ): Promise<{ file: string }> {
    const { exhibit, title } = one;
    this.#open(exhibit);
    const { type, plain } = await checkedContent(one.plain, one.mediaType);
    // One at a time for each exhibit: its key and its folders are made once.
    return await this.#turns.run(exhibit, () => this.#keep({ exhibit, name: one.name, type, title, plain }, actor));
  }

  async #keep(
    one: {
      readonly exhibit: string;
      readonly name: string;
      readonly type: AttachmentType;
      readonly title: string;
      readonly plain: AsyncIterable<Uint8Array>;
    },
    actor: Actor,
  ): Promise<{ file: string }> {
    const { db, clock, custody } = this.#needs;
    const { exhibit, type } = one;
    const { recipient, usable, before } = await this.#needs.ensureKey(exhibit);
    if (before.length > 0) await this.bring(exhibit, before, usable);
    const at = clock.now().toISOString();
    const title = one.title.normalize('NFC');
    const file = db
      .transaction(() =>
        this.#rows.begin(exhibit, nameFor(one.name, type), { title, mediaType: type, by: actor.id, at }),
      )
      .immediate();
    try {
      const stored = await storeBeside(usable, file, recipient, one.plain);
      db.transaction(() => {
        // It may have been sealed while the bytes came: then the record does not know of them.
        this.#open(exhibit);
        this.#rows.kept(exhibit, file, stored);
        custody.append({
          action: 'attachment.kept',
          actor,
          subject: { type: 'exhibit', id: exhibit },
          details: {
            file,
            media_type: type,
            bytes: stored.bytes,
            sha256: stored.sha256,
            targets: stored.folders.length,
          },
        });
      }).immediate();
    } catch (error) {
      await this.#forget(exhibit, file);
      throw error;
    }
    return { file };
  }

  /** What is kept with an interview, in the order in which it came. @throws Refusal INTERVIEW_UNKNOWN */
  of(interview: string): Attachment[] {
    const number = this.#needs.db.prepare('SELECT number FROM exhibits WHERE interview_id = ?').pluck().get(interview);
    if (typeof number !== 'string') throw new Refusal('INTERVIEW_UNKNOWN');
    return this.ofExhibit(number);
  }

  /** The same by the exhibit's number. */
  ofExhibit(exhibit: string): Attachment[] {
    return this.#rows.of(exhibit).map(view);
  }

  /**
   * The plain bytes of one, in memory, as they were kept; for someone who holds the vault's key.
   * @throws Refusal ATTACHMENT_UNKNOWN, ATTACHMENT_DAMAGED, EXHIBIT_KEY_DESTROYED
   */
  async open(exhibit: string, file: string, vaultIdentity: string): Promise<Attachment & { readonly content: Buffer }> {
    const row = this.#rows.find(exhibit, file);
    if (row === null) throw new Refusal('ATTACHMENT_UNKNOWN');
    const { key_age, folders } = this.#exhibit(exhibit);
    if (key_age === null) throw new Refusal('EXHIBIT_KEY_DESTROYED', { exhibit });
    const identity = await this.#needs.openKey(key_age, vaultIdentity);
    return { ...view(row), content: await readBeside(folders, file, identity, row.sha256) };
  }

  /**
   * Takes one away before the seal. That it was there, and that it was taken away, stays in the log; the reason stays with
   * the station.
   * @throws Refusal ATTACHMENT_UNKNOWN, ALREADY_SEALED, INTERVIEW_WRONG_STATE
   */
  async remove(exhibit: string, file: string, reason: string, actor: Actor): Promise<void> {
    await this.#turns.run(exhibit, async () => {
      const { db, clock, custody } = this.#needs;
      db.transaction(() => {
        this.#open(exhibit);
        const row = this.#rows.find(exhibit, file);
        if (row === null) throw new Refusal('ATTACHMENT_UNKNOWN');
        const at = clock.now().toISOString();
        this.#rows.removed(exhibit, file, { by: actor.id, at, reason: reason.normalize('NFC') });
        custody.append({
          action: 'attachment.removed',
          actor,
          subject: { type: 'exhibit', id: exhibit },
          details: { file, sha256: row.sha256 },
        });
      }).immediate();
      await removeBeside(this.#exhibit(exhibit).folders, file);
    });
  }

  /** What the record says of them at the seal (EVIDENCE-FORMAT §2). */
  forRecord(exhibit: string): EvidenceRecord['attachments'] {
    return this.#rows.of(exhibit).map(({ file, media_type, sha256, title }) => ({ file, media_type, sha256, title }));
  }

  /**
   * Their age files as they stand in the exhibit's folders, for `exhibit.sealed`: by names and lengths, so that the seal
   * reads nothing again. `folders` as events count them.
   */
  storedFiles(exhibit: string, folders: readonly string[]): StoredAttachment[] {
    return this.#rows
      .of(exhibit)
      .flatMap(({ file, stored_bytes, stored_sha256 }) =>
        folders.flatMap((folder, target) =>
          standsIn(folder, file, stored_bytes)
            ? [{ target, file: `${file}.age`, bytes: stored_bytes, sha256: stored_sha256 }]
            : [],
        ),
      );
  }

  /** Brings what is kept to folders that lack it, from those that have it: the station was given other targets meanwhile. */
  async bring(exhibit: string, from: readonly string[], to: readonly string[]): Promise<void> {
    for (const { file, stored_bytes, stored_sha256 } of this.#rows.of(exhibit)) {
      await bringBeside([...from, ...to], to, file, { bytes: stored_bytes, sha256: stored_sha256 });
    }
  }

  /** Takes away what a station that ended was writing, and what was removed while its disk was away; at the start. */
  async settle(): Promise<void> {
    for (const { exhibit, file } of this.#rows.unfinished()) {
      await this.#forget(exhibit, file);
      this.#needs.log.info({ exhibit }, 'a file that was cut off while it was being kept was taken away');
    }
    for (const { exhibit, file } of this.#rows.gone()) await removeBeside(this.#exhibit(exhibit).folders, file);
  }

  async #forget(exhibit: string, file: string): Promise<void> {
    const gone = await removeBeside(this.#exhibit(exhibit).folders, file);
    // What a disk would not let go of is tried again at the next start.
    if (gone) this.#needs.db.transaction(() => this.#rows.forget(exhibit, file))();
  }

  /** ALREADY_SEALED, INTERVIEW_WRONG_STATE: what is closed takes nothing more. */
  #open(exhibit: string): void {
    const { state, interview_state } = this.#exhibit(exhibit);
    if (state === 'sealed') throw new Refusal('ALREADY_SEALED', { exhibit });
    if (interview_state === null || interview_state === 'cancelled' || interview_state === 'refused') {
      throw new Refusal('INTERVIEW_WRONG_STATE', { state: interview_state ?? state, act: 'attach' });
    }
  }

  #exhibit(exhibit: string): z.infer<typeof Exhibit> {
    const row = this.#needs.db
      .prepare(
        `SELECT e.number, e.state, i.state AS interview_state, e.key_age, e.folders
         FROM exhibits e LEFT JOIN interviews i ON i.id = e.interview_id WHERE e.number = ?`,
      )
      .get(exhibit);
    if (row === undefined) throw new Refusal('EXHIBIT_UNKNOWN', { exhibit });
    return Exhibit.parse(row);
  }
}

/** The name under which it is kept: its own stem, and the ending of what it is. */
function nameFor(name: string, type: AttachmentType): { stem: string; ending: string } {
  const [, stem] = NAME.exec(name) ?? [];
  if (stem === undefined) throw new RangeError(`not a name of an attachment: ${name}`);
  return { stem, ending: attachmentTypes[type] };
}

function standsIn(folder: string, file: string, bytes: number): boolean {
  const path = agePath(folder, file);
  return existsSync(path) && statSync(path).size === bytes;
}

const view = (row: AttachmentRow): Attachment => ({
  file: row.file,
  title: row.title,
  mediaType: row.media_type,
  bytes: row.bytes,
  sha256: row.sha256,
  keptBy: row.kept_by,
  keptAt: row.kept_at,
});
