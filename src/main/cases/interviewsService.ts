import type { z } from 'zod';
import type { EarlierInterview, Interview, PlanInput } from '../../shared/contract/cases.ts';
import { after, type InterviewAct, type InterviewState } from '../../shared/domain/interviewStates.ts';
import { Refusal } from '../../shared/errors.ts';
import type { EvidenceRecord, TimelineEntry } from '../../shared/evidence/record.ts';
import { ChildStore } from './children.ts';
import { goOn } from './goingOn.ts';
import { InterviewRows } from './interviewRows.ts';
import { join } from './joining.ts';
import { type Actor, actorOf, type CasesNeeds } from './needs.ts';
import { Planning } from './planning.ts';
import { rosterOf } from './roster.ts';
import { SameChild } from './sameChild.ts';
import { Timeline } from './timeline.ts';

/** What `record.json` says of the case, the interview and the people (EVIDENCE-FORMAT §2). */
export type RecordFacts = Pick<EvidenceRecord, 'case' | 'child' | 'roster' | 'previous'> & {
  readonly interview: Pick<EvidenceRecord['interview'], 'id' | 'kind' | 'language' | 'room' | 'station' | 'planned_at'>;
};

/** Planned interviews and what becomes of them. */
export class InterviewsService {
  readonly #needs: CasesNeeds;
  readonly #rows: InterviewRows;
  readonly #planning: Planning;
  readonly #timeline: Timeline;

  constructor(needs: CasesNeeds) {
    this.#needs = needs;
    this.#rows = new InterviewRows(needs.db);
    this.#timeline = new Timeline(needs.db);
    const same = new SameChild(needs, this.#rows);
    this.#planning = new Planning(needs, { children: new ChildStore(needs.db), rows: this.#rows, same });
  }

  /** An investigator's: of the cases assigned. An operator's: today's in all rooms, and what is going on in one. */
  list(by: Actor): Interview[] {
    const rows =
      by.role === 'operator'
        ? this.#rows.where(
            "i.state IN ('ready', 'recording', 'ended') OR (i.planned_at >= @from AND i.planned_at < @until)",
            today(this.#needs.clock.now()),
          )
        : this.#rows.where('i.case_id IN (SELECT case_id FROM case_people WHERE account = @account)', {
            account: by.id,
          });
    return rows.map((row) => this.#rows.view(row));
  }

  /** INTERVIEW_UNKNOWN. */
  get(id: string): Interview {
    return this.#rows.view(this.#rows.get(id));
  }

  /** Interviews of the same child in any case, newest first. CHILD_UNKNOWN. */
  earlier(childId: string): z.infer<typeof EarlierInterview>[] {
    new ChildStore(this.#needs.db).get(childId);
    return this.#planning.earlier(childId);
  }

  /** See `join`. `by` as events name people. */
  async join(
    id: string,
    person: Parameters<typeof join>[3],
    by: Parameters<typeof join>[4],
  ): Promise<Interview['participants'][number]> {
    return await join(this.#needs, this.#rows, id, person, by);
  }

  /** Every interview of the same child in any case, planned or held, newest first. CHILD_UNKNOWN. */
  sameChild(childId: string): Interview[] {
    return this.#planning.earlierHere(childId).map((row) => this.#rows.view(row));
  }

  /** See `Planning.plan` for what is refused. */
  async plan(input: z.infer<typeof PlanInput>, by: Actor): Promise<Interview> {
    return this.get(await this.#planning.plan(input, by));
  }

  /** See `goOn` for what is refused. */
  goOn(id: string, by: Actor): Interview {
    return this.get(goOn(this.#needs, this.#rows, id, by));
  }

  /** INTERVIEW_UNKNOWN, INTERVIEW_WRONG_STATE. The reason stays with the interview; the log has none of a person's words. */
  cancel(id: string, reason: string, by: Actor): Interview {
    return this.#close(id, 'cancel', 'interview.cancelled', reason, by);
  }

  /** The child does not want to. Nothing is recorded, and that it was so is kept. */
  refuse(id: string, note: string, by: Actor): Interview {
    return this.#close(id, 'refuse', 'interview.refused', note, by);
  }

  /** By an exhibit number; null where no interview of this station has it. */
  ofExhibit(exhibit: string): Interview | null {
    const [row] = this.#rows.where('i.exhibit = @exhibit', { exhibit });
    return row === undefined ? null : this.#rows.view(row);
  }

  /** Every interview in one of these states. */
  inStates(states: readonly InterviewState[]): Interview[] {
    const among = { states: JSON.stringify(states) };
    return this.#rows
      .where('i.state IN (SELECT value FROM json_each(@states))', among)
      .map((row) => this.#rows.view(row));
  }

  /**
   * Moves an interview on by the state table, inside the caller's transaction, which writes the event. Gives the new
   * state. INTERVIEW_UNKNOWN, INTERVIEW_WRONG_STATE with the state it is in.
   */
  act(id: string, act: InterviewAct): InterviewState {
    const { state } = this.#rows.get(id);
    const next = after(state, act);
    if (next === null) throw new Refusal('INTERVIEW_WRONG_STATE', { state, act });
    this.#needs.db.prepare('UPDATE interviews SET state = ? WHERE id = ?').run(next, id);
    return next;
  }

  /**
   * Everything that the signed record needs of the plan and of who came and went (`left_ms` null: stayed to the end).
   * INTERVIEW_UNKNOWN.
   */
  forRecord(id: string): RecordFacts {
    const row = this.#rows.get(id);
    // The rules under which the recording began, whatever is in force when it is sealed.
    const jurisdiction = this.#needs.rules.namedAt(row.started_at);
    return {
      case: { number: row.case_number, court: row.court, jurisdiction },
      interview: {
        id: row.id,
        kind: row.kind,
        language: row.language,
        room: row.room_name,
        station: this.#needs.facts().id,
        planned_at: row.planned_at,
      },
      child: {
        code: row.child_code,
        age_years: row.child_age,
        role: row.child_status,
        identity_commitment: row.identity_commitment,
      },
      roster: rosterOf(this.#rows.participants(id), this.timeline(id)),
      previous: row.previous,
    };
  }

  /** What happened, in order of time. */
  timeline(id: string): TimelineEntry[] {
    return this.#timeline.entries(id);
  }

  /** Adds an entry; gives it as stored (text in NFC). JSON_NOT_CANONICAL. */
  addEntry(id: string, entry: TimelineEntry): TimelineEntry {
    return this.#timeline.addEntry(id, entry);
  }

  #close(id: string, act: InterviewAct, action: string, note: string, by: Actor): Interview {
    const { db, log } = this.#needs;
    return db
      .transaction(() => {
        this.act(id, act);
        db.prepare('UPDATE interviews SET closing_note = ? WHERE id = ?').run(note.normalize('NFC'), id);
        const view = this.get(id);
        const subject = { type: 'exhibit', id: view.exhibit } as const;
        log().append({ action, actor: actorOf(by), details: {}, subject });
        return view;
      })
      .immediate();
  }
}

/** The station's local day, as instants. */
function today(now: Date): { from: string; until: string } {
  const from = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const until = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  return { from: from.toISOString(), until: until.toISOString() };
}
