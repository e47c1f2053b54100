import type { Interview } from '../../shared/contract/cases.ts';
import type { ArriveInput } from '../../shared/contract/conducting.ts';
import type { MarkInput } from '../../shared/contract/recording.ts';
import { unreasoned } from '../../shared/domain/timeGuard.ts';
import { Refusal } from '../../shared/errors.ts';
import type { TimelineEntry } from '../../shared/evidence/record.ts';
import type { ExhibitRows } from './exhibitRows.ts';
import type { HeldRooms } from './heldRooms.ts';
import type { Actor, RecordingNeeds } from './needs.ts';
import { sameAct } from './sameAct.ts';
import { markToEntry, overrunEntry } from './timeline.ts';

/** What people mark while it is recorded. All of it stands on the timeline, at its moment of the common clock. */
export class Marks {
  readonly #needs: RecordingNeeds;
  readonly #rooms: HeldRooms;
  readonly #rows: ExhibitRows;

  constructor(needs: RecordingNeeds, rooms: HeldRooms, rows: ExhibitRows) {
    this.#needs = needs;
    this.#rooms = rooms;
    this.#rows = rows;
  }

  /**
   * Puts an entry on the timeline, at this moment of the common clock; gives the one that is there already where somebody
   * else, or the same person, did the same. `by` = their code. @throws Refusal INTERVIEW_WRONG_STATE, PHASE_UNKNOWN,
   * ATTACHMENT_UNKNOWN
   */
  mark(input: MarkInput, by: string): TimelineEntry {
    const { interviews } = this.#needs;
    const plan = interviews.get(input.interview);
    const atMs = this.#moment(plan, input.type);
    if (input.type === 'chapter') this.#checkPhase(input.phase, plan.startedAt);
    if (input.type === 'picture') this.#checkPicture(plan.exhibit, input.file);
    const timeline = interviews.timeline(input.interview);
    const planned =
      input.type === 'roster' ? plan.participants.find(({ code }) => code === input.participant) : undefined;
    const same = sameAct(input, atMs, timeline, planned);
    return same ?? this.#add(plan, markToEntry(input, atMs, timeline, plan.participants, by));
  }

  /**
   * Somebody comes who was not planned: they join the people of the interview, their name sealed, and the timeline says
   * when. @throws Refusal INTERVIEW_WRONG_STATE
   */
  async arrive(input: ArriveInput, actor: Actor): Promise<TimelineEntry> {
    const { interviews } = this.#needs;
    const { interview, ...person } = input;
    const atMs = this.#moment(interviews.get(interview), 'roster');
    const { code, capacity, place } = await interviews.join(interview, person, actor);
    return this.#add(interviews.get(interview), {
      ...{ at_ms: atMs, type: 'roster', label: capacity, code, place, present: true, by: actor.id },
    });
  }

  /**
   * Why it goes on beyond a limit, said by a person of the roster or by the officer (`by` = their code). The reason stands on
   * the timeline, the log says that there is one. @throws Refusal INTERVIEW_WRONG_STATE, LIMIT_NOT_EXCEEDED
   */
  giveReason(input: { interview: string; reason: string; by: string | null }, actor: Actor): TimelineEntry {
    const { db, interviews, custody } = this.#needs;
    const plan = interviews.get(input.interview);
    const atMs = this.#moment(plan, 'note');
    const by = input.by ?? actor.id;
    if (input.by !== null && !plan.participants.some(({ code }) => code === by)) {
      throw new Refusal('REQUEST_MALFORMED', { at: 'by' });
    }
    const { guard } = this.#rooms.views.view(input.interview);
    const over = guard === null ? [] : unreasoned(guard);
    if (over.length === 0) throw new Refusal('LIMIT_NOT_EXCEEDED');
    const entry = overrunEntry(atMs, input.reason, over, by);
    return db.transaction(() => {
      custody.append({
        action: 'interview.limit-exceeded',
        actor,
        subject: { type: 'exhibit', id: plan.exhibit },
        details: {
          ...{ at_ms: atMs, by },
          limits: over.map(({ which, usedMs, limitMs, rules }) => ({
            ...{ limit: which, used_ms: usedMs, limit_ms: limitMs, rules },
          })),
        },
      });
      return this.#add(plan, entry);
    })();
  }

  #add(plan: Interview, entry: TimelineEntry): TimelineEntry {
    const { db, interviews } = this.#needs;
    const stored = db.transaction(() => interviews.addEntry(plan.id, entry))();
    if (plan.state === 'recording') this.#rooms.views.changed(this.#rooms.of(plan.id));
    return stored;
  }

  /** Since the recording began; a picture may be added after the stop too, until the seal: then at the end. */
  #moment(plan: Interview, type: MarkInput['type']): number {
    const atMs = this.#rooms.views.elapsedMs(plan.id);
    if (plan.state === 'recording' && atMs !== null) return atMs;
    const ended = plan.state === 'ended' && type === 'picture' ? this.#rows.get(plan.exhibit).result : null;
    if (ended === null) throw new Refusal('INTERVIEW_WRONG_STATE', { state: plan.state, act: 'mark' });
    return ended.durationMs;
  }

  #checkPicture(exhibit: string, file: string): void {
    const kept = this.#needs.attachments.forRecord(exhibit).some((one) => one.file === file);
    if (!kept) throw new Refusal('ATTACHMENT_UNKNOWN');
  }

  /** PHASE_UNKNOWN. Where the rules cannot be read, nothing is refused: a recording is going on. */
  #checkPhase(phase: string, startedAt: string | null): void {
    const phases = this.#needs.phases(startedAt);
    if (phases.length > 0 && !phases.some(({ id }) => id === phase)) throw new Refusal('PHASE_UNKNOWN');
  }
}
