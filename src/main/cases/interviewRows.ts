import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import {
  Capacity,
  ChildStatus,
  type EarlierInterview,
  type Interview,
  InterviewKind,
  Place,
} from '../../shared/contract/cases.ts';
import { Language } from '../../shared/contract/common.ts';
import { Missing } from '../../shared/contract/planning.ts';
import { InterviewState } from '../../shared/domain/interviewStates.ts';
import { Refusal } from '../../shared/errors.ts';
import { jsonColumn } from '../database/index.ts';

/** Earlier interviews of the child as the signed record names them. */
export const Previous = z.array(z.strictObject({ exhibit: z.string(), reason: z.string(), authority: z.string() }));

const RulesName = z.strictObject({ id: z.string(), version: z.string() });

const InterviewRow = z.strictObject({
  id: z.string(),
  exhibit: z.string(),
  case_id: z.string(),
  case_number: z.string(),
  court: z.string(),
  child_id: z.string(),
  child_code: z.string(),
  child_status: ChildStatus,
  child_age: z.int().nullable(),
  identity_commitment: z.string(),
  kind: InterviewKind,
  language: Language,
  room_id: z.string(),
  room_name: z.string(),
  officer: z.string(),
  officer_name: z.string(),
  planned_at: z.string(),
  planned_minutes: z.int(),
  state: InterviewState,
  previous: jsonColumn(Previous),
  continues: z.string().nullable(),
  goes_on_in: z.string().nullable(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  secured_at: z.string().nullable(),
  rules: jsonColumn(RulesName).nullable(),
  missing: jsonColumn(z.array(Missing)),
  lead: z.string().nullable(),
  other_lead: z.string().nullable(),
});
export type InterviewRow = z.infer<typeof InterviewRow>;

const ParticipantRow = z.strictObject({
  code: z.string(),
  capacity: Capacity,
  place: Place,
  identity_commitment: z.string(),
});
export type ParticipantRow = z.infer<typeof ParticipantRow>;

/** When it began and ended stands with the exhibit; the age is that of the day of the interview. */
const SELECT = `
  SELECT i.id, i.exhibit, i.case_id, c.number AS case_number, c.court, i.child_id, k.code AS child_code,
    k.status AS child_status, i.age_years AS child_age, k.identity_commitment, i.kind, i.language,
    i.room_id, r.name AS room_name, i.officer, a.name AS officer_name, i.planned_at, i.planned_minutes, i.state,
    i.previous, i.continues, i.rules, i.missing, i.lead, i.other_lead,
    (SELECT n.id FROM interviews n WHERE n.continues = i.exhibit AND n.state NOT IN ('cancelled', 'refused')
     ORDER BY n.created_at LIMIT 1) AS goes_on_in,
    e.started_at, e.ended_at, e.secured_at
  FROM interviews i
    JOIN cases c ON c.id = i.case_id
    JOIN children k ON k.id = i.child_id
    JOIN rooms r ON r.id = i.room_id
    JOIN accounts a ON a.id = i.officer
    JOIN exhibits e ON e.number = i.exhibit`;

/** Reads interviews with what belongs to them. */
export class InterviewRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** INTERVIEW_UNKNOWN. */
  get(id: string): InterviewRow {
    const [row] = this.where('i.id = @id', { id });
    if (row === undefined) throw new Refusal('INTERVIEW_UNKNOWN');
    return row;
  }

  /** By a condition on `i` (interviews); newest plan first. */
  where(condition: string, values: Readonly<Record<string, string>>): InterviewRow[] {
    const rows = this.#db.prepare(`${SELECT} WHERE ${condition} ORDER BY i.planned_at DESC, i.id`).all(values);
    return z.array(InterviewRow).parse(rows);
  }

  participants(interviewId: string): ParticipantRow[] {
    const rows = this.#db
      .prepare(
        `SELECT code, capacity, place, identity_commitment FROM participants
         WHERE interview_id = ? ORDER BY position`,
      )
      .all(interviewId);
    return z.array(ParticipantRow).parse(rows);
  }

  view(row: InterviewRow): Interview {
    return {
      id: row.id,
      exhibit: row.exhibit,
      caseId: row.case_id,
      caseNumber: row.case_number,
      child: { id: row.child_id, code: row.child_code, status: row.child_status, ageYears: row.child_age },
      kind: row.kind,
      language: row.language,
      room: { id: row.room_id, name: row.room_name },
      officer: { id: row.officer, name: row.officer_name },
      plannedAt: row.planned_at,
      plannedMinutes: row.planned_minutes,
      state: row.state,
      participants: this.participants(row.id).map(({ code, capacity, place }) => ({ code, capacity, place })),
      startedAt: row.started_at,
      endedAt: row.ended_at,
      continues: row.continues,
      goesOnIn: row.goes_on_in,
    };
  }
}

export function earlierView(row: InterviewRow): z.infer<typeof EarlierInterview> {
  return {
    exhibit: row.exhibit,
    caseNumber: row.case_number,
    kind: row.kind,
    state: row.state,
    plannedAt: row.planned_at,
    officer: row.officer_name,
  };
}
