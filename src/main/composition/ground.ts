import type { Database } from 'better-sqlite3';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { productVersion } from '../platform/product.ts';

/** What every floor stands on. */
export interface Ground {
  readonly db: Database;
  /** The station's folder, held by this process. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly software: ReturnType<typeof productVersion>;
}
