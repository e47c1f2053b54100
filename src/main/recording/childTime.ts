import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Interview } from '../../shared/contract/cases.ts';
import { breaksOf, type Sitting, type TimeGuard, timeGuard } from '../../shared/domain/timeGuard.ts';
import { EvidenceRecord, type TimelineEntry } from '../../shared/evidence/record.ts';
import type { ExhibitRow, ExhibitRows } from './exhibitRows.ts';
import type { RecordingNeeds } from './needs.ts';

type Needs = Pick<RecordingNeeds, 'db' | 'clock' | 'interviews' | 'rules'>;

/** What is asked again only after this long: other recordings of a child do not change while it is recorded. */
const FRESH_NS = 10_000_000_000n;
/** Recordings that began longer ago are not of this day, nor next to it. */
const NEAR_MS = 48 * 3600_000;

/**
 * How long children have been questioned: this recording, others of the same child at this station in whatever case, and those
 * that came here in bags under the same case number and code.
 */
export class ChildTime {
  readonly #needs: Needs;
  readonly #rows: ExhibitRows;
  readonly #known = new Map<string, { readonly at: bigint; readonly sittings: readonly Sitting[] }>();

  constructor(needs: Needs, rows: ExhibitRows) {
    this.#needs = needs;
    this.#rows = rows;
  }

  /**
   * Against the limits that were in force when it began; `elapsedMs` on the recorder's clock, null while nothing is recorded.
   * Null once it is over, and where the rules cannot be read: a recording goes on without them.
   */
  of(plan: Interview, elapsedMs: number | null, timeline: readonly TimelineEntry[]): TimeGuard | null {
    if (plan.state !== 'planned' && plan.state !== 'ready' && plan.state !== 'recording') return null;
    const profile = this.#needs.rules(plan.startedAt);
    if (profile === null) return null;
    const now =
      elapsedMs === null || plan.startedAt === null
        ? null
        : {
            startedMs: Date.parse(plan.startedAt),
            lengthMs: elapsedMs,
            breaks: breaksOf(timeline),
            timeline,
          };
    const atMs = this.#needs.clock.now().getTime();
    return timeGuard({ profile, age: plan.child.ageYears, earlier: this.#earlier(plan), now, atMs });
  }

  #earlier(plan: Interview): readonly Sitting[] {
    const at = this.#needs.clock.monotonicNs();
    const known = this.#known.get(plan.id);
    if (known !== undefined && at - known.at < FRESH_NS) return known.sittings;
    const since = (plan.startedAt === null ? this.#needs.clock.now().getTime() : Date.parse(plan.startedAt)) - NEAR_MS;
    const here = this.#needs.interviews
      .sameChild(plan.child.id)
      .filter((one) => one.id !== plan.id && one.startedAt !== null && Date.parse(one.startedAt) >= since)
      .flatMap((one) => this.#sittingOf(one));
    const sittings = [...here, ...this.#brought(plan, new Date(since).toISOString())];
    this.#known.set(plan.id, { at, sittings });
    return sittings;
  }

  #sittingOf(other: Interview): Sitting[] {
    const row = this.#rows.get(other.exhibit);
    if (row.startedAt === null) return [];
    const timeline = this.#needs.interviews.timeline(other.id);
    const startedMs = Date.parse(row.startedAt);
    const lengthMs = row.result?.durationMs ?? this.#unfinished(row, startedMs, timeline);
    return [{ startedMs, lengthMs, breaks: breaksOf(timeline) }];
  }

  /** The length of what has no result: one that is recorded elsewhere now, or was cut off; then its files say when. */
  #unfinished(row: ExhibitRow, startedMs: number, timeline: readonly TimelineEntry[]): number {
    const said = Math.max(0, ...timeline.map(({ at_ms }) => at_ms));
    const until = row.securedAt === null ? this.#needs.clock.now().getTime() : lastWritten(row.folders);
    return Math.max(said, until - startedMs);
  }

  /** Exhibits that came in bags, of the same case number and child's code. */
  #brought(plan: Interview, since: string): Sitting[] {
    const records = this.#needs.db
      .prepare(
        `SELECT e.record FROM exhibits e JOIN cases c ON c.id = e.case_id
         WHERE e.origin = 'imported' AND e.record IS NOT NULL AND c.number = ? AND e.started_at >= ?`,
      )
      .pluck()
      .all(plan.caseNumber, since);
    return z
      .array(z.instanceof(Uint8Array))
      .parse(records)
      .flatMap((bytes) => EvidenceRecord.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? [])
      .filter(({ child }) => child.code === plan.child.code)
      .map(sittingOfRecord);
  }
}

function sittingOfRecord({ interview, tracks, timeline }: EvidenceRecord): Sitting {
  const ends = tracks.flatMap(({ parts }) => parts.map((part) => part.offset_ms + part.duration_ms));
  return {
    startedMs: Date.parse(interview.started_at),
    lengthMs: Math.max(0, ...ends),
    breaks: breaksOf(timeline),
  };
}

/** When the newest file of a recording was written, ms since 1970; 0 where none can be looked at. */
function lastWritten(folders: readonly string[]): number {
  const times = folders.flatMap((folder) => {
    try {
      const tracks = join(folder, 'tracks');
      return readdirSync(tracks).map((name) => statSync(join(tracks, name)).mtimeMs);
    } catch {
      // A disk that is away says nothing; the timeline and the other disk do.
      return [];
    }
  });
  return Math.round(Math.max(0, ...times));
}
