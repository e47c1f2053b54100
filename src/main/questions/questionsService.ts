import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Capacity } from '../../shared/contract/cases.ts';
import type { DecideInput, QuestionsView, SendInput } from '../../shared/contract/questions.ts';
import { canonicalText } from '../../shared/domain/canonical.ts';
import { stretchOf } from '../../shared/domain/interviewStates.ts';
import { placedNow } from '../../shared/domain/presence.ts';
import {
  isOpen,
  plainQuestion,
  QUESTION_LENGTH,
  type QuestionChange,
  type QuestionState,
  questionMay,
} from '../../shared/domain/questions.ts';
import { Refusal } from '../../shared/errors.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import { carriedChanges } from './carried.ts';
import type { Asker, QuestionsNeeds } from './needs.ts';
import { type KeptQuestion, QuestionRows } from './questionRows.ts';
import { Senders } from './senders.ts';
import { Watchers } from './watchers.ts';

/** What a decision adds to a question. */
interface Decided {
  readonly question: string;
  readonly step: number;
  readonly to: QuestionState;
  readonly reason?: string;
  readonly wording?: string;
}

/** The longest that a watching screen waits for a word, so that it knows that it is still heard. */
const HEARTBEAT_MS = 1_000;

/**
 * The questions of interviews: sent by parties and observers, decided by whoever conducts, until the recording is over.
 * Each change is one transaction: the question, its entry on the timeline while something is recorded, its custody event.
 */
export class QuestionsService {
  readonly #needs: QuestionsNeeds;
  readonly #rows: QuestionRows;
  readonly #senders: Senders;
  readonly #watchers = new Watchers();

  constructor(needs: QuestionsNeeds) {
    this.#needs = needs;
    this.#rows = new QuestionRows(needs.db);
    this.#senders = new Senders(needs.clock);
  }

  /** INTERVIEW_UNKNOWN. */
  view(interview: string, asker: Asker): QuestionsView {
    const plan = this.#needs.interview(interview);
    return {
      state: stretchOf(plan.state),
      questions: this.#rows
        .all(interview)
        .map(({ sentBy, ...question }) => ({ ...question, own: sentBy === asker.id })),
      askers: this.#people(interview),
    };
  }

  /** The view now, after each change, and at times without one, until `signal` says enough or `may` is no longer true. */
  async *live(
    interview: string,
    asker: Asker,
    { signal, may }: { readonly signal: AbortSignal | undefined; readonly may: () => boolean },
  ): AsyncGenerator<QuestionsView> {
    while (signal?.aborted !== true && may()) {
      // Before the view is made, so that what happens while it is sent is not missed.
      const next = this.#watchers.next(interview, HEARTBEAT_MS, signal);
      yield this.view(interview, asker);
      await next;
    }
  }

  /**
   * Takes a question. The same one sent again (a screen that heard no answer) is one question.
   * @throws Refusal QUESTIONS_OVER, QUESTIONS_NOT_NOW, QUESTION_TOO_LONG, QUESTION_TOO_FAST, QUESTION_TOO_MANY, REQUEST_MALFORMED
   */
  send(input: z.infer<typeof SendInput>, asker: Asker): QuestionsView {
    const { interview, id, by, priority, letter } = input;
    const text = shortEnough(plainQuestion(input.text), 'text');
    const there = this.#rows.all(interview);
    const same = there.find((one) => one.id === id);
    if (same !== undefined) {
      // Also where its screen was let in anew meanwhile, and is another one now.
      if (same.text !== text) throw new Refusal('REQUEST_MALFORMED', { at: 'id' });
      return this.view(interview, asker);
    }
    const when = this.#now(interview);
    if (!this.#mayAsk(interview, by, asker)) throw new Refusal('REQUEST_MALFORMED', { at: 'by' });
    this.#senders.let(asker, there.filter(({ sentBy }) => sentBy === asker.id).length);
    this.#transaction(interview, () => {
      this.#rows.add(interview, id, asker.id);
      const change = { type: 'question', label: text, question: id, step: 0, by, priority, state: 'sent' } as const;
      this.#keep(
        interview,
        { ...change, ...when, ...(letter === null ? {} : { letter: letter.normalize('NFC') }) },
        asker,
      );
      if (priority === 'high') this.#rows.order(interview, ahead(there, id));
    });
    return this.view(interview, asker);
  }

  /**
   * What whoever conducts the interview decides about a question.
   * @throws Refusal QUESTIONS_OVER, QUESTIONS_NOT_NOW, QUESTION_UNKNOWN, QUESTION_CHANGED, QUESTION_TOO_LONG
   */
  decide(input: DecideInput, asker: Asker): QuestionsView {
    const { interview, question, step, to } = input;
    const words =
      input.to === 'reworded'
        ? { wording: shortEnough(plainQuestion(input.wording), 'wording') }
        : 'reason' in input
          ? { reason: input.reason.normalize('NFC') }
          : {};
    this.#change(interview, { question, step, to, ...words }, asker);
    return this.view(interview, asker);
  }

  /** Taken back by who sent it, or by the officer for them. As `decide`, and QUESTION_NOT_YOURS. */
  withdraw(
    interview: string,
    { question, step, reason }: { question: string; step: number; reason: string | null },
    asker: Asker,
  ): QuestionsView {
    const own = this.#rows.all(interview).find(({ id }) => id === question)?.sentBy === asker.id;
    if (asker.role === 'observer' && !own) throw new Refusal('QUESTION_NOT_YOURS');
    const why = reason === null ? {} : { reason: reason.normalize('NFC') };
    this.#change(interview, { question, step, to: 'withdrawn', ...why }, asker);
    return this.view(interview, asker);
  }

  /** Puts the questions into this order; those that are not named keep theirs, after the named. @throws Refusal QUESTIONS_OVER */
  order(interview: string, ids: readonly string[], asker: Asker): QuestionsView {
    this.#now(interview);
    const there = this.#rows.all(interview).map(({ id }) => id);
    const named = [...new Set(ids)].filter((id) => there.includes(id));
    this.#transaction(interview, () => {
      this.#rows.order(interview, [...named, ...there.filter((id) => !named.includes(id))]);
      this.#tell(interview, 'question.ordered', { questions: named }, asker);
    });
    return this.view(interview, asker);
  }

  /**
   * What was sent and decided before the recording, for its timeline: at 0, each with when it really was. To be put there
   * inside the transaction that begins the recording.
   */
  entriesAtBegin(interview: string): TimelineEntry[] {
    return this.#rows.changes(interview).flatMap((change) => (change.at_ms === null ? [{ ...change, at_ms: 0 }] : []));
  }

  /**
   * What had no answer yet when a fault cut off an interview goes on in the one that continues it, with all that was said
   * of it. Inside the transaction that makes the second one, and before anybody asks in it. Gives their ids.
   */
  carry({ from, to }: { readonly from: string; readonly to: string }): string[] {
    const [before, after] = [this.#needs.interview(from), this.#needs.interview(to)];
    const open = this.#rows.all(from).filter(isOpen);
    const changes = carriedChanges(this.#rows.changes(from), before, after);
    for (const { id, sentBy } of open) {
      this.#rows.add(to, id, sentBy);
      for (const change of changes) if (change.question === id) this.#rows.addChange(to, change);
    }
    return open.map(({ id }) => id);
  }

  #change(interview: string, { question, step, to, ...words }: Decided, asker: Asker): void {
    const before = this.#rows.newest(interview, question);
    if (before === null) throw new Refusal('QUESTION_UNKNOWN');
    // The answer to the same decision was lost on its way: it stands.
    const done = before.step === step + 1 && before.state === to && sameWords(before, words);
    if (done) return;
    const when = this.#now(interview);
    if (before.step !== step || !questionMay(before.state, to)) throw new Refusal('QUESTION_CHANGED');
    if (to === 'asked' && when.at_ms === null) {
      throw new Refusal('INTERVIEW_WRONG_STATE', { state: this.#needs.interview(interview).state, act: 'mark' });
    }
    const { reason: _, at: __, wording, ...kept } = before;
    // Accepted as it was sent, it is asked in its sender's words again.
    const wordings = wording === undefined || to === 'accepted' ? {} : { wording };
    this.#transaction(interview, () =>
      this.#keep(interview, { ...kept, ...wordings, ...words, ...when, step: step + 1, state: to }, asker),
    );
  }

  #keep(interview: string, change: QuestionChange, asker: Asker): void {
    this.#rows.addChange(interview, change);
    if (change.at_ms !== null) this.#needs.addEntry(interview, { ...change, at_ms: change.at_ms });
    const entry_sha256 = createHash('sha256').update(canonicalText(change)).digest('hex');
    this.#tell(
      interview,
      `question.${change.state}`,
      { question: change.question, step: change.step, at_ms: change.at_ms, entry_sha256 },
      asker,
    );
  }

  #tell(interview: string, action: string, details: Parameters<Append>[0]['details'], { id, role }: Asker): void {
    const subject = { type: 'exhibit', id: this.#needs.interview(interview).exhibit } as const;
    this.#needs.custody().append({ action, actor: { id, role }, subject, details });
  }

  /** This moment, as an entry says it. @throws Refusal QUESTIONS_OVER, QUESTIONS_NOT_NOW */
  #now(interview: string): Pick<QuestionChange, 'at_ms' | 'at'> {
    switch (stretchOf(this.#needs.interview(interview).state)) {
      case 'before':
        return { at_ms: null, at: this.#needs.clock.now().toISOString() };
      case 'recording': {
        const at_ms = this.#needs.elapsedMs(interview);
        if (at_ms === null) throw new Refusal('QUESTIONS_NOT_NOW');
        return { at_ms };
      }
      case 'over':
        throw new Refusal('QUESTIONS_OVER');
    }
  }

  /** An observers' screen asks for those in its room; whoever enters what a letter brought, for anybody. */
  #mayAsk(interview: string, by: string, { role }: Asker): boolean {
    const planned = this.#people(interview).find(({ code }) => code === by);
    if (planned !== undefined) return role !== 'observer' || planned.place === 'observation';
    return Capacity.safeParse(by).success;
  }

  /** The planned people, each in the room in which they are now. */
  #people(interview: string): QuestionsView['askers'] {
    const { participants } = this.#needs.interview(interview);
    return placedNow(this.#needs.timeline(interview), participants);
  }

  #transaction(interview: string, work: () => void): void {
    this.#needs.db.transaction(work).immediate();
    this.#watchers.changed(interview);
    this.#needs.timelineChanged(interview);
  }
}

type Append = ReturnType<QuestionsNeeds['custody']>['append'];

/** The order with an urgent question before the first open one that is not. */
function ahead(there: readonly KeptQuestion[], id: string): string[] {
  const at = there.findIndex((one) => isOpen(one) && one.priority === 'normal');
  const ids = there.map((one) => one.id);
  return at < 0 ? [...ids, id] : [...ids.slice(0, at), id, ...ids.slice(at)];
}

function sameWords(before: QuestionChange, words: Pick<Decided, 'reason' | 'wording'>): boolean {
  return before.reason === words.reason && (words.wording === undefined || before.wording === words.wording);
}

function shortEnough(text: string, at: string): string {
  if (text === '') throw new Refusal('REQUEST_MALFORMED', { at });
  if (text.length > QUESTION_LENGTH) {
    throw new Refusal('QUESTION_TOO_LONG', { count: text.length, most: QUESTION_LENGTH });
  }
  return text;
}
