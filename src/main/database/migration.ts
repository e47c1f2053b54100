import type { Database } from 'better-sqlite3';

/** One forward step of the station's schema. Versions go by tens, so that a fix can find its place between two. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  up(db: Database): void;
}
