import { z } from 'zod';
import type { CalendarSlot, RoomCalendar } from '../../shared/contract/planning.ts';
import { Refusal } from '../../shared/errors.ts';
import { endOf } from './insertInterview.ts';
import type { InterviewRow, InterviewRows } from './interviewRows.ts';
import type { CasesNeeds } from './needs.ts';

/** No screen shows more at once. */
const LONGEST_MS = 42 * 86_400_000;
const Room = z.strictObject({ id: z.string(), name: z.string() });

/**
 * What takes the rooms between two instants. `visible` are the interviews that the reader may know of; of the others only
 * that the room is taken. CALENDAR_TOO_LONG beyond six weeks.
 */
export function roomCalendar(
  needs: CasesNeeds,
  rows: InterviewRows,
  span: { from: string; until: string },
  visible: ReadonlySet<string>,
): RoomCalendar {
  const [from, until] = [new Date(span.from), new Date(span.until)];
  const long = until.getTime() - from.getTime();
  if (!(long > 0 && long <= LONGEST_MS)) throw new Refusal('CALENDAR_TOO_LONG');
  const rooms = needs.db.prepare('SELECT id, name FROM rooms WHERE removed_at IS NULL ORDER BY name, id').all();
  const held = rows.where(
    "i.planned_at < @until AND i.planned_until > @from AND i.state NOT IN ('cancelled', 'refused')",
    { from: from.toISOString(), until: until.toISOString() },
  );
  return {
    zone: needs.rules.inForce().timeZone.zone,
    rooms: z.array(Room).parse(rooms),
    slots: held.map((row) => slotOf(row, visible.has(row.id))).toReversed(),
  };
}

function slotOf(row: InterviewRow, visible: boolean): CalendarSlot {
  return {
    room: row.room_id,
    from: row.planned_at,
    until: endOf(new Date(row.planned_at), row.planned_minutes).toISOString(),
    state: row.state,
    interview: visible
      ? {
          ...{ id: row.id, exhibit: row.exhibit, caseId: row.case_id, child: row.child_code, kind: row.kind },
          officer: row.officer_name,
        }
      : null,
  };
}
