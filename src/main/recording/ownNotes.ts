import { z } from 'zod';
import type { OwnNote } from '../../shared/contract/conducting.ts';
import { canonicalBytes } from '../../shared/domain/canonical.ts';
import { Refusal } from '../../shared/errors.ts';
import { blob } from '../database/index.ts';
import { newId } from '../platform/ids.ts';
import { openSecret, sealSecret } from '../vault/index.ts';
import type { RecordingNeeds } from './needs.ts';

/** Who writes or reads: an account with its own open age key pair. */
export interface Author {
  readonly account: string;
  readonly pair: { readonly identity: string; readonly recipient: string };
}

const Row = z.strictObject({ id: z.string(), at_ms: z.int().nullable(), made_at: z.string(), sealed: blob });
const Plain = z.strictObject({ text: z.string() });

/**
 * An interviewer's own notes: closed to their author's key, so that nobody else at the station can read them, and never in
 * record, bag or log. Whoever loses that key loses them. They go when the exhibit's key is destroyed.
 */
export class OwnNotes {
  readonly #needs: Pick<RecordingNeeds, 'db' | 'clock'>;

  constructor(needs: Pick<RecordingNeeds, 'db' | 'clock'>) {
    this.#needs = needs;
  }

  /** `atMs` since the recording began, null outside of it. */
  async keep(
    note: { readonly interview: string; readonly text: string; readonly atMs: number | null },
    author: Author,
  ): Promise<OwnNote> {
    const at = this.#needs.clock.now().toISOString();
    const text = note.text.normalize('NFC');
    const sealed = await sealSecret(canonicalBytes({ text }), [author.pair.recipient]);
    const id = newId();
    this.#needs.db
      .prepare('INSERT INTO own_notes (id, interview_id, author, at_ms, made_at, sealed) VALUES (?, ?, ?, ?, ?, ?)')
      .run(id, note.interview, author.account, note.atMs, at, sealed);
    return { id, atMs: note.atMs, at, text };
  }

  /** This person's notes of an interview, oldest first. */
  async of(interview: string, { account, pair }: Author): Promise<OwnNote[]> {
    const rows = this.#needs.db
      .prepare(
        `SELECT id, at_ms, made_at, sealed FROM own_notes WHERE interview_id = ? AND author = ? ORDER BY made_at, id`,
      )
      .all(interview, account);
    return await Promise.all(
      z
        .array(Row)
        .parse(rows)
        .map(async ({ id, at_ms, made_at, sealed }) => ({
          ...{ id, atMs: at_ms, at: made_at },
          text: await openSecret(sealed, pair.identity).then(
            (plain) => Plain.parse(JSON.parse(plain.toString('utf8'))).text,
            () => null,
          ),
        })),
    );
  }

  /** @throws Refusal OWN_NOTE_UNKNOWN, also for somebody else's */
  drop(interview: string, note: string, account: string): void {
    const { changes } = this.#needs.db
      .prepare('DELETE FROM own_notes WHERE id = ? AND interview_id = ? AND author = ?')
      .run(note, interview, account);
    if (changes !== 1) throw new Refusal('OWN_NOTE_UNKNOWN');
  }
}
