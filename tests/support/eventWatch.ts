import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { z } from 'zod';
import type { Station } from '../../src/main/composition.ts';
import { codeOf } from './contractTable.ts';
import type { Watch } from './journey.ts';

const Row = z.object({ idx: z.number(), action: z.string(), actor_id: z.string(), bytes: z.instanceof(Uint8Array) });

/** The custody log's rows as they stand in the station's own file, from number `from`. */
export function loggedRows(folder: string, from = 0): z.infer<typeof Row>[] {
  const db = new BetterSqlite3(join(folder, 'station.db'), { readonly: true });
  try {
    const rows = db.prepare('SELECT idx, action, actor_id, bytes FROM custody_events WHERE idx >= ? ORDER BY idx');
    return z.array(Row).parse(rows.all(from));
  } finally {
    db.close();
  }
}

/**
 * Notes which events the log grew by while each operation ran. What a job writes counts for the operation that started
 * it; what the station notes by itself (a source that was lost) for none. Calls must come one after another.
 */
export class EventWatch implements Watch {
  /** By operation: events of calls that were answered. */
  readonly written = new Map<string, Set<string>>();
  /** By operation: events of calls that were refused. */
  readonly whenRefused = new Map<string, Set<string>>();
  readonly #folder: string;
  #job = '';
  #seen = 0;

  constructor({ folder }: Station) {
    this.#folder = folder;
  }

  async around<T>(operation: string, call: () => Promise<T>): Promise<T> {
    this.#take(this.#job === '' ? 'between calls' : this.#job, this.written);
    let result: { readonly value: T } | undefined;
    const code = await codeOf(async () => {
      result = { value: await call() };
    }).catch((error: unknown) => error);
    const name = operation === 'jobs.state' ? this.#job : operation;
    this.#take(name, result === undefined ? this.whenRefused : this.written);
    if (result === undefined) throw Object.assign(new Error(`${operation}: ${String(code)}`), { code });
    if (typeof result.value === 'object' && result.value !== null && 'job' in result.value) {
      if (operation !== 'jobs.state') this.#job = operation;
      else if ('state' in result.value && result.value.state !== 'running') this.#job = '';
    }
    return result.value;
  }

  /** Leaves out what was done beside the watched calls. */
  skip(): void {
    this.#seen = (loggedRows(this.#folder, this.#seen).at(-1)?.idx ?? this.#seen - 1) + 1;
  }

  #take(name: string, into: Map<string, Set<string>>): void {
    const rows = loggedRows(this.#folder, this.#seen);
    this.#seen += rows.length;
    const actions = into.get(name) ?? new Set<string>();
    for (const row of rows) if (row.actor_id !== 'station') actions.add(row.action);
    if (name !== 'between calls' || actions.size > 0) into.set(name, actions);
  }
}
