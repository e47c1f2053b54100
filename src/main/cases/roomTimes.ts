import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import { endOf } from './insertInterview.ts';

/** A stay that is asked for. `except` is the interview that asks, which does not stand in its own way. */
export interface Stay {
  readonly room: string;
  readonly planned: Date;
  readonly minutes: number;
  readonly except: string | null;
}

/** ROOM_UNKNOWN; ROOM_BUSY with the exhibit that takes the room then. One that is being held takes it until now at least. */
export function requireFree(db: Database, { room, planned, minutes, except }: Stay, now: Date): void {
  const name = db.prepare('SELECT name FROM rooms WHERE id = ? AND removed_at IS NULL').pluck().get(room);
  if (typeof name !== 'string') throw new Refusal('ROOM_UNKNOWN');
  const busy = db
    .prepare(
      `SELECT exhibit FROM interviews
       WHERE room_id = @room AND planned_at < @until AND id IS NOT @except AND (
         (state IN ('planned', 'ready', 'recording') AND planned_until > @from) OR
         (state = 'recording' AND @now > @from)
       ) ORDER BY planned_at`,
    )
    .pluck()
    .get({
      ...{ room, except, from: planned.toISOString(), now: now.toISOString() },
      until: endOf(planned, minutes).toISOString(),
    });
  if (typeof busy === 'string') throw new Refusal('ROOM_BUSY', { room: name, exhibit: busy });
}

const Taken = z.strictObject({ planned_at: z.string(), planned_until: z.string() });

/** What takes a room from now on, in milliseconds since 1970. */
export function takenTimes(db: Database, room: string, now: Date): { from: number; until: number }[] {
  const rows = db
    .prepare(
      `SELECT planned_at, CASE WHEN state = 'recording' THEN max(planned_until, @now) ELSE planned_until END AS planned_until
       FROM interviews WHERE room_id = @room AND state IN ('planned', 'ready', 'recording')`,
    )
    .all({ room, now: now.toISOString() });
  return z
    .array(Taken)
    .parse(rows)
    .map(({ planned_at, planned_until }) => ({ from: Date.parse(planned_at), until: Date.parse(planned_until) }));
}
