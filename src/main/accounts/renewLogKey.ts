import type { Database } from 'better-sqlite3';
import { type LogKey, parseSkey } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { sealSecret } from '../vault/index.ts';
import { KeyBlobs } from './keyBlobs.ts';
import type { KeyRing } from './keyRing.ts';
import { changeLog } from './stationFacts.ts';
import { plainWithLogKey, type StationKeys } from './stationKeys.ts';

export interface RenewLogKeyNeeds {
  readonly db: Database;
  readonly ring: KeyRing;
  readonly stationKeys: StationKeys;
  readonly clock: Clock;
}

/**
 * Puts another log key in the place of the station's, whose keys are open: in the blob, closed to the present circle, and
 * in the facts, in one transaction with `change`. The old one is then nowhere on this station.
 * @throws Refusal STATION_KEYS_LOCKED
 */
export async function renewLogKey(key: LogKey, change: () => void, needs: RenewLogKeyNeeds): Promise<void> {
  const { db, ring, stationKeys, clock } = needs;
  const plain = plainWithLogKey(stationKeys, key.skey);
  const circle = ring.wanted('station');
  const sealed = await sealSecret(plain, circle);
  db.transaction(() => {
    change();
    changeLog(db, { origin: parseSkey(key.skey).name, vkey: key.vkey });
    new KeyBlobs(db).write('station', sealed, circle, clock.now().toISOString());
  }).immediate();
  stationKeys.load(plain);
  plain.fill(0);
}
