import { createHash } from 'node:crypto';
import type { PreparationView } from '../../shared/contract/preparation.ts';
import { isAbsent, rulesName } from '../../shared/domain/preparation.ts';
import { itemOf, type PreparationAnswer } from '../../shared/domain/preparationAnswers.ts';
import { isRefusal, Refusal } from '../../shared/errors.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import { SerialByKey } from '../platform/serial.ts';
import { openSecret, sealSecret } from '../vault/index.ts';
import { checkAnswer } from './checkAnswer.ts';
import { type Checklist, checklistOf, requireOpen } from './checklist.ts';
import { keepChecklist } from './keepChecklist.ts';
import type { Actor, PreparationNeeds } from './needs.ts';
import { type AnswerRow, PreparationRows } from './preparationRows.ts';
import { viewOf } from './preparationView.ts';
import { openName, openWords, sealName, sealWords } from './sealedWords.ts';
import { StillShelf } from './stillShelf.ts';

/** The checklist before an interview, from its plan to the attachment of the sealed exhibit. */
export class PreparationService {
  readonly #needs: PreparationNeeds;
  readonly #rows: PreparationRows;
  readonly #shelf = new StillShelf();
  /** Two who seal at once keep it once. */
  readonly #turns = new SerialByKey();

  constructor(needs: PreparationNeeds) {
    this.#needs = needs;
    this.#rows = new PreparationRows(needs.db);
  }

  /** INTERVIEW_UNKNOWN. */
  async view(interview: string): Promise<PreparationView> {
    return await this.#view(checklistOf(this.#needs, interview));
  }

  /**
   * Answers one item. PREPARATION_CLOSED once the recording has ended, PREPARATION_WORDS_MISSING,
   * PREPARATION_ITEM_UNKNOWN, PREPARATION_READER_UNFIT.
   */
  async answer(
    interview: string,
    answer: PreparationAnswer,
    words: string | null,
    by: Actor,
  ): Promise<PreparationView> {
    const { db, clock, vaultRecipient, stationRecipient } = this.#needs;
    const list = checklistOf(this.#needs, interview);
    checkAnswer(list, answer, words);
    const isName = answer.about === 'called';
    const sealed = words === null ? null : isName ? await sealName(words, vaultRecipient()) : null;
    const row: AnswerRow = {
      ...{ item: itemOf(answer), answer, name: sealed?.name ?? null, name_commitment: sealed?.commitment ?? null },
      words: words === null || isName ? null : await sealWords(words, stationRecipient()),
      ...{ rules: rulesName(list.profile), by_code: by.id, at: clock.now().toISOString(), from_exhibit: null },
    };
    db.transaction(() => {
      requireOpen(this.#needs.interviews.get(interview));
      this.#rows.addAnswer(interview, row);
    }).immediate();
    return await this.view(interview);
  }

  /** The camera's newest picture. PREPARATION_CLOSED, PREPARATION_ITEM_UNKNOWN, PREPARATION_NO_PICTURE. */
  async takeStill(interview: string, source: string, by: Actor): Promise<{ still: string; jpeg: string }> {
    const { interview: plan, cameras } = checklistOf(this.#needs, interview);
    requireOpen(plan);
    const camera = cameras.find((one) => one.source === source);
    if (camera === undefined) throw new Refusal('PREPARATION_ITEM_UNKNOWN');
    const jpeg = await this.#needs.preview(interview, source).catch((error: unknown) => {
      if (isRefusal(error, 'RECORDER_NOT_RUNNING')) return null;
      throw error;
    });
    if (jpeg === null) throw new Refusal('PREPARATION_NO_PICTURE');
    const takenAt = this.#needs.clock.now().toISOString();
    const still = this.#shelf.put({ interview, source, place: camera.place, jpeg, takenAt, owner: by.id });
    return { still, jpeg: Buffer.from(jpeg).toString('base64') };
  }

  /** Keeps what this person was just shown. PREPARATION_CLOSED, PREPARATION_STILL_GONE. */
  async keepStill(interview: string, still: string, by: Actor): Promise<PreparationView> {
    const { db, clock, interviews, stationRecipient } = this.#needs;
    requireOpen(interviews.get(interview));
    const taken = this.#shelf.take(still, interview, by.id);
    if (taken === null) throw new Refusal('PREPARATION_STILL_GONE');
    const jpeg = await sealSecret(taken.jpeg, [stationRecipient()]);
    db.transaction(() => {
      requireOpen(interviews.get(interview));
      this.#rows.setStill(interview, {
        ...{ source: taken.source, place: taken.place, jpeg, taken_at: taken.takenAt, by_code: by.id },
        sha256: createHash('sha256').update(taken.jpeg).digest('hex'),
        at: clock.now().toISOString(),
      });
    }).immediate();
    return await this.view(interview);
  }

  /** A kept still. PREPARATION_STILL_GONE, STATION_KEYS_LOCKED. */
  async still(interview: string, source: string): Promise<{ jpeg: string }> {
    const found = checklistOf(this.#needs, interview).stills.find((one) => one.source === source);
    if (found === undefined) throw new Refusal('PREPARATION_STILL_GONE');
    const jpeg = await openSecret(found.jpeg, this.#needs.stationIdentity());
    return { jpeg: jpeg.toString('base64') };
  }

  /** The names of those who are planned, and what the child likes to be called; logged before they are given. ACCESS_NOT_GRANTED. */
  async names(
    interview: string,
    by: Actor,
    keys: { vaultIdentity(): Promise<string> },
  ): Promise<{ people: { code: string; name: string }[]; called: string | null }> {
    const { newest, interview: plan } = checklistOf(this.#needs, interview);
    const identity = await keys.vaultIdentity();
    const called = newest.get('called')?.name ?? null;
    const opened = {
      people: await Promise.all(
        this.#rows
          .names(interview)
          .map(async ({ code, identity: sealed }) => ({ code, name: await openName(sealed, identity) })),
      ),
      called: called === null ? null : await openName(called, identity),
    };
    this.#needs.custody().append({
      action: 'preparation.names-opened',
      actor: by,
      subject: { type: 'exhibit', id: plan.exhibit },
      details: { people: opened.people.length, called: called !== null },
    });
    return opened;
  }

  /** Whom the recording begins without, for its timeline: planned, and said to be absent. Needs no key. */
  absentAtBegin(interview: string): TimelineEntry[] {
    const { interview: plan, newest } = checklistOf(this.#needs, interview);
    return plan.participants
      .filter(({ code }) => isAbsent(newest, code))
      .map(({ code, capacity, place }) => ({ at_ms: 0, type: 'roster', label: capacity, code, place, present: false }));
  }

  /**
   * What the checklist becomes in the exhibit, before it is sealed: `preparation.json` and the stills, and a note on the
   * timeline. Nothing where nobody prepared anything; once where it is asked again. STATION_KEYS_LOCKED.
   */
  async keep(interview: string, by: Actor): Promise<void> {
    await this.#turns.run(interview, () => keepChecklist(this.#needs, this.#rows, interview, by));
  }

  async #view(list: Checklist): Promise<PreparationView> {
    const identity = this.#identity();
    const words = async ({ words: sealed }: AnswerRow) =>
      sealed === null || identity === null ? null : await openWords(sealed, identity);
    return await viewOf(list, words, this.#needs.nameOf);
  }

  /** The station's identity, or null while nobody has opened its keys: then the list stands without people's words. */
  #identity(): string | null {
    try {
      return this.#needs.stationIdentity();
    } catch (error) {
      if (isRefusal(error, 'STATION_KEYS_LOCKED')) return null;
      throw error;
    }
  }
}
