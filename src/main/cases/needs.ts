import type { Database } from 'better-sqlite3';
import type { JurisdictionProfile } from '../../shared/domain/jurisdiction.ts';
import type { Role } from '../../shared/domain/roles.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';

/** Who acts. */
export interface Actor {
  readonly id: string;
  readonly code: string;
  readonly role: Role;
}

/** What the services of this area are given. */
export interface CasesNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: () => Pick<CustodyLog, 'append'>;
  /** STATION_NOT_SET_UP before the set-up. */
  readonly facts: () => { readonly id: string; readonly vaultRecipient: string; readonly stationRecipient: string };
  readonly rules: {
    /** The jurisdiction profile in force now. */
    inForce(): JurisdictionProfile;
    /** How the record names the one in force at an instant; null asks for now. */
    namedAt(instant: string | null): { readonly id: string; readonly version: string };
  };
  /** An interview goes on in a second one: gives the questions that had no answer in the first and are open in it again. */
  readonly goesOn: (which: { readonly from: string; readonly to: string }) => string[];
  /** STATION_KEYS_LOCKED while nobody has opened them since the start. */
  readonly stationKeys: () => { readonly indexKey: Uint8Array; readonly identity: string };
}

/** How events name a person. */
export function actorOf(person: Actor): { id: string; role: string } {
  return { id: person.code, role: person.role };
}
