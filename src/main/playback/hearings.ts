import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Exhibit } from '../../shared/contract/exhibits.ts';
import type { Hearing } from '../../shared/contract/hearings.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { mergeRanges, type Range } from './ranges.ts';

const Row = z.object({
  id: z.string(),
  number: z.string(),
  case_id: z.string(),
  case_number: z.string(),
  judge: z.string(),
  judge_name: z.string(),
  planned_at: z.string(),
  state: z.enum(['planned', 'open', 'closed']),
});

export interface Actor {
  readonly id: string;
  readonly role: string;
}

export interface HearingNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly custody: CustodyLog;
  readonly exhibits: { get(number: string): Exhibit };
  /** True for an active account with the role judge. */
  readonly isJudge: (account: string) => boolean;
}

/** The court's sessions: scheduled by the clerk, opened and closed by the judge, with the exhibits admitted to them. */
export class Hearings {
  readonly #needs: HearingNeeds;

  constructor(needs: HearingNeeds) {
    this.#needs = needs;
  }

  /**
   * A clerk schedules a hearing of a case and admits sealed exhibits of that case that the archive accepted.
   * @throws Refusal EXHIBIT_UNKNOWN, EXHIBIT_WRONG_STATE, ACCOUNT_UNKNOWN
   */
  schedule(
    input: { caseId: string; number: string; judge: string; plannedAt: string; exhibits: readonly string[] },
    actor: Actor,
  ): Hearing {
    const { db, custody, exhibits } = this.#needs;
    if (!this.#needs.isJudge(input.judge)) throw new Refusal('ACCOUNT_UNKNOWN');
    const admitted = [...new Set(input.exhibits)].map((number) => exhibits.get(number));
    for (const exhibit of admitted) {
      if (exhibit.caseId !== input.caseId) throw new Refusal('EXHIBIT_UNKNOWN', { exhibit: exhibit.number });
      if (exhibit.state !== 'sealed' || exhibit.archive !== 'accepted') {
        throw new Refusal('EXHIBIT_WRONG_STATE', { exhibit: exhibit.number, state: exhibit.archive });
      }
    }
    const id = newId();
    db.transaction(() => {
      db.prepare(
        "INSERT INTO hearings (id, number, case_id, judge, planned_at, state) VALUES (?, ?, ?, ?, ?, 'planned')",
      ).run(id, input.number, input.caseId, input.judge, input.plannedAt);
      custody.append({
        action: 'hearing.scheduled',
        actor,
        subject: { type: 'hearing', id },
        details: { planned_at: input.plannedAt },
      });
      for (const { number } of admitted) {
        db.prepare('INSERT INTO hearing_exhibits (hearing, exhibit) VALUES (?, ?)').run(id, number);
        custody.append({
          action: 'exhibit.admitted',
          actor,
          subject: { type: 'exhibit', id: number },
          details: { hearing: id },
        });
      }
    })();
    return this.get(id);
  }

  /** @throws Refusal HEARING_UNKNOWN */
  get(id: string): Hearing {
    const row = this.#select('WHERE h.id = ?', id)[0];
    if (row === undefined) throw new Refusal('HEARING_UNKNOWN');
    return row;
  }

  ofJudge(account: string): Hearing[] {
    return this.#select('WHERE h.judge = ? ORDER BY h.planned_at', account);
  }

  /** Every hearing of this court's station, for the clerk who schedules them. */
  all(): Hearing[] {
    return this.#select('ORDER BY h.planned_at');
  }

  /** Opens a planned hearing, or a closed one that goes on. @throws Refusal HEARING_WRONG_STATE */
  open(id: string, actor: Actor): Hearing {
    return this.#move(id, ['planned', 'closed'], 'open', 'hearing.opened', actor);
  }

  /** @throws Refusal HEARING_WRONG_STATE */
  close(id: string, actor: Actor): Hearing {
    return this.#move(id, ['open'], 'closed', 'hearing.closed', actor);
  }

  /** Keeps what was shown, in ms of the interview. */
  addPlayed(id: string, exhibit: string, ranges: readonly Readonly<Range>[]): void {
    const insert = this.#needs.db.prepare(
      'INSERT INTO played_ranges (hearing, exhibit, from_ms, to_ms, at) VALUES (?, ?, ?, ?, ?)',
    );
    for (const [from, to] of ranges) insert.run(id, exhibit, from, to, this.#needs.clock.now().toISOString());
  }

  /** Where something was shown that no event covers yet. */
  unlogged(): { hearing: string; exhibit: string }[] {
    const rows = this.#needs.db.prepare('SELECT DISTINCT hearing, exhibit FROM played_ranges WHERE logged = 0').all();
    return z.array(z.object({ hearing: z.string(), exhibit: z.string() })).parse(rows);
  }

  /** Takes what no event covers yet, merged: the caller logs it in the same transaction. */
  takeUnlogged(hearing: string, exhibit: string): Range[] {
    const { db } = this.#needs;
    const rows = db
      .prepare('SELECT from_ms, to_ms FROM played_ranges WHERE hearing = ? AND exhibit = ? AND logged = 0')
      .all(hearing, exhibit);
    db.prepare('UPDATE played_ranges SET logged = 1 WHERE hearing = ? AND exhibit = ? AND logged = 0').run(
      hearing,
      exhibit,
    );
    const ranges = z.array(z.object({ from_ms: z.number(), to_ms: z.number() })).parse(rows);
    return mergeRanges(ranges.map((row): Range => [row.from_ms, row.to_ms]));
  }

  #move(id: string, from: readonly Hearing['state'][], to: 'open' | 'closed', action: string, actor: Actor): Hearing {
    const { db, custody, clock } = this.#needs;
    const hearing = this.get(id);
    if (!from.includes(hearing.state)) throw new Refusal('HEARING_WRONG_STATE', { state: hearing.state });
    const column = to === 'open' ? 'opened_at' : 'closed_at';
    db.transaction(() => {
      db.prepare(`UPDATE hearings SET state = ?, ${column} = ? WHERE id = ?`).run(to, clock.now().toISOString(), id);
      custody.append({ action, actor, subject: { type: 'hearing', id }, details: {} });
      for (const { number } of hearing.exhibits) {
        custody.append({ action, actor, subject: { type: 'exhibit', id: number }, details: { hearing: id } });
      }
    })();
    return this.get(id);
  }

  #select(where: string, ...parameters: string[]): Hearing[] {
    const rows = this.#needs.db
      .prepare(
        `SELECT h.id, h.number, h.case_id, c.number AS case_number, h.judge, a.name AS judge_name, h.planned_at, h.state
         FROM hearings h JOIN cases c ON c.id = h.case_id JOIN accounts a ON a.id = h.judge ${where}`,
      )
      .all(...parameters);
    return z
      .array(Row)
      .parse(rows)
      .map((row) => ({
        id: row.id,
        number: row.number,
        caseId: row.case_id,
        caseNumber: row.case_number,
        judge: { id: row.judge, name: row.judge_name },
        plannedAt: row.planned_at,
        state: row.state,
        exhibits: this.#exhibitsOf(row.id).map((number) => this.#needs.exhibits.get(number)),
        played: this.#playedIn(row.id),
      }));
  }

  #exhibitsOf(hearing: string): string[] {
    const rows = this.#needs.db
      .prepare('SELECT exhibit FROM hearing_exhibits WHERE hearing = ? ORDER BY exhibit')
      .all(hearing);
    return z
      .array(z.object({ exhibit: z.string() }))
      .parse(rows)
      .map((row) => row.exhibit);
  }

  #playedIn(hearing: string): Hearing['played'] {
    const rows = this.#needs.db
      .prepare('SELECT exhibit, from_ms, to_ms FROM played_ranges WHERE hearing = ?')
      .all(hearing);
    const byExhibit = new Map<string, Range[]>();
    for (const row of z.array(z.object({ exhibit: z.string(), from_ms: z.number(), to_ms: z.number() })).parse(rows)) {
      byExhibit.set(row.exhibit, [...(byExhibit.get(row.exhibit) ?? []), [row.from_ms, row.to_ms]]);
    }
    return [...byExhibit].map(([exhibit, ranges]) => ({ exhibit, ranges: mergeRanges(ranges, 250) }));
  }
}
