import {
  AccountStanding,
  AccountStore,
  AccountsService,
  Invitations,
  KeyDestruction,
  KeyRing,
  OwnCertificates,
  type PasswordCost,
  RecoveryEntry,
  RevocationLists,
  renewLogKey,
  requireFacts,
  Sessions,
  StationKeys,
  StationOpening,
} from '../accounts/index.ts';
import { RestoredLog } from '../backup/index.ts';
import { type CustodyLog, newWitnesses, openLog, parseSkey } from '../custody/index.ts';
import type { Ground } from './ground.ts';

export interface PeopleOptions {
  readonly cost?: PasswordCost;
  readonly locksAfter?: number;
  /** A station that was restored begins when somebody has opened its keys. */
  readonly begun: () => Promise<void>;
}

export type People = ReturnType<typeof composePeople>;

/** Accounts, their keys, and the custody log, which those keys sign. */
export function composePeople({ db, clock }: Ground, { begun, locksAfter, cost }: PeopleOptions) {
  // The log begins with the set-up; until then whatever needs it says STATION_NOT_SET_UP.
  let openedLog: CustodyLog | null = null;
  const custody = (): CustodyLog => {
    restored.requireBegun();
    openedLog ??= openLog({ db, origin: requireFacts(db).log.origin, clock });
    return openedLog;
  };
  const facts = () => requireFacts(db);
  const stationKeys = new StationKeys();
  const accountStore = new AccountStore(db);
  const ring = new KeyRing({ db, accounts: accountStore, stationKeys, clock });
  const restored = new RestoredLog({
    db,
    clock,
    facts,
    logKey: () => stationKeys.get().logKey,
    renewLogKey: (key, change) => renewLogKey(key, change, { db, ring, stationKeys, clock }),
    begun,
  });
  const opening = new StationOpening({ ring, stationKeys, keysOpened: (actor) => restored.keysOpened(actor) });
  const common = {
    ...{ db, clock, accounts: accountStore, ring, stationKeys, opening, log: custody },
    ...(cost === undefined ? {} : { cost }),
  };
  const sessions = new Sessions({
    ...common,
    ...(locksAfter === undefined ? {} : { locksAfter }),
  });
  const invitations = new Invitations(common);
  const logSigner = () => parseSkey(stationKeys.get().logKey);
  return {
    ...{ custody, facts, stationKeys, accountStore, ring, restored, sessions, logSigner },
    accounts: new AccountsService({ ...common, sessions, invitations }),
    standing: new AccountStanding({ ...common, sessions, invitations }),
    recovery: new RecoveryEntry({ ...common, invitations }),
    certificates: new OwnCertificates(common),
    destruction: new KeyDestruction({ ...common, personOf: (account) => accountStore.get(account) }),
    revocation: new RevocationLists(db),
    witnesses: newWitnesses({ db, log: custody, clock }),
    /** The log's signer while the station's keys are open, or null. */
    openLogSigner: () => (stationKeys.isOpen ? logSigner() : null),
    nameOf: (code: string) => accountStore.all().find((account) => account.code === code)?.name ?? code,
    isJudge: (account: string) =>
      accountStore.all().some((one) => one.id === account && one.role === 'judge' && one.state === 'active'),
  };
}
