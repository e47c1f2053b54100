import type { Interview } from '../../shared/contract/cases.ts';
import type { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import { type PreparationStanding, seatsWithout, standingOf } from '../../shared/domain/preparation.ts';
import { seatItem } from '../../shared/domain/preparationAnswers.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Camera, PreparationNeeds } from './needs.ts';
import { type AnswerRow, PreparationRows, type StillRow } from './preparationRows.ts';

/** Everything that is known of one interview's preparation, as it stands at this moment. */
export interface Checklist {
  readonly interview: Interview;
  readonly profile: JurisdictionProfile;
  /** Every answer, oldest first, and the newest by item. */
  readonly answers: readonly AnswerRow[];
  readonly newest: ReadonlyMap<string, AnswerRow>;
  readonly stills: readonly StillRow[];
  readonly cameras: readonly Camera[];
  readonly test: ReturnType<PreparationNeeds['test']>;
  /** The plan's reasons for empty seats, by `seatItem`. */
  readonly reasoned: ReadonlyMap<string, string>;
  readonly seats: ReturnType<typeof seatsWithout>;
  readonly standing: PreparationStanding;
}

/** An interview takes answers from its plan until the recording has ended. */
export const isOpen = ({ state }: Interview): boolean =>
  state === 'planned' || state === 'ready' || state === 'recording';

/** Reads the checklist of an interview; one that goes on after a fault takes over what was said before it. */
export function checklistOf(needs: PreparationNeeds, id: string): Checklist {
  const interview = needs.interviews.get(id);
  const rows = new PreparationRows(needs.db);
  takeOver(needs, rows, interview);
  const profile = needs.rulesAt(interview.startedAt);
  const answers = rows.answers(id);
  const newest = new Map(answers.map((row) => [row.item, row]));
  const stills = rows.stills(id);
  const cameras = needs.cameras(interview.room.id);
  const test = needs.test(interview.room.id);
  const reasoned = new Map(needs.plannedReasons(id).map(({ anyOf, reason }) => [seatItem(anyOf), reason]));
  const facts = {
    ...{ profile, interview, answers: newest, age: interview.child.ageYears },
    reasoned: new Set(reasoned.keys()),
    cameras: cameras.map(({ source }) => source),
    stills: stills.map(({ source }) => source),
    test: test === null ? null : { today: test.today, light: test.newest.light },
  };
  const [seats, standing] = [seatsWithout(facts), standingOf(facts)];
  return { ...{ interview, profile, answers, newest, stills, cameras, test, reasoned }, seats, standing };
}

/** Once, before anybody answered anew: the same child sits in the same room, and nothing is asked twice. */
function takeOver({ db, interviews }: PreparationNeeds, rows: PreparationRows, interview: Interview): void {
  if (interview.continues === null || !isOpen(interview)) return;
  const before = interviews.ofExhibit(interview.continues);
  if (before === null) return;
  const from = before.exhibit;
  db.transaction(() => {
    if (rows.answers(interview.id).length > 0) return;
    const codes = sameSeats(before, interview);
    for (const row of rows.answers(before.id)) {
      // What was said of somebody whose seat another plan gave away is said of nobody here.
      if (row.answer.about === 'person' && !codes.has(row.answer.code)) continue;
      rows.addAnswer(interview.id, { ...recoded(row, codes), from_exhibit: row.from_exhibit ?? from });
    }
    for (const still of rows.stills(before.id)) rows.setStill(interview.id, still);
  }).immediate();
}

/** Codes before and now of people in the same order and capacity: an interview that goes on has them all, another plan may not. */
function sameSeats(before: Interview, now: Interview): Map<string, string> {
  return new Map(
    before.participants.flatMap(({ code, capacity }, i): [string, string][] => {
      const there = now.participants[i];
      return there?.capacity === capacity ? [[code, there.code]] : [];
    }),
  );
}

function recoded(row: AnswerRow, codes: ReadonlyMap<string, string>): AnswerRow {
  const { answer } = row;
  const known = (code: string) => codes.get(code) ?? code;
  if (answer.about === 'person') {
    const code = known(answer.code);
    return { ...row, item: `person.${code}`, answer: { ...answer, code } };
  }
  if (answer.about === 'reading' && answer.by !== null) return { ...row, answer: { ...answer, by: known(answer.by) } };
  return row;
}

/** @throws Refusal PREPARATION_CLOSED */
export function requireOpen(interview: Interview): void {
  if (!isOpen(interview)) throw new Refusal('PREPARATION_CLOSED', { exhibit: interview.exhibit });
}
