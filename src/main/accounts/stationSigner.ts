import { type NoteSigner, parseSkey } from '../custody/index.ts';
import type { Signer } from './openKeys.ts';
import type { StationFacts } from './stationFacts.ts';
import type { StationKeys } from './stationKeys.ts';

/** What the station itself signs records with; its code is the station's id. STATION_KEYS_LOCKED. */
export function stationSigner(keys: StationKeys, facts: StationFacts): Signer {
  return {
    code: facts.id,
    certPem: facts.certPem,
    chainPem: [facts.rootPem],
    privateKey: keys.get().signingKey,
  };
}

/** What signs the custody log's checkpoints. STATION_KEYS_LOCKED. */
export function logSigner(keys: StationKeys): NoteSigner {
  return parseSkey(keys.get().logKey);
}
