import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import type { SetUpInput, SetUpResult } from '../../shared/contract/station.ts';
import { PRACTICE_STATION } from '../../shared/domain/practice.ts';
import { Refusal } from '../../shared/errors.ts';
import { type CustodyLog, newLogKey, openLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { issueCertificate, newCertificateAuthority, newRsaKey } from '../sealing/index.ts';
import { newIdentity, sealSecret } from '../vault/index.ts';
import { type AccountRow, AccountStore, actorOf, normaliseLogin } from './accountStore.ts';
import { certificateSha256, issueForPerson } from './certify.ts';
import type { KeyRing } from './keyRing.ts';
import { makeKeys, type NewKeys } from './newKeys.ts';
import { checkPassword, type PasswordCost, standardCost } from './passwords.ts';
import { splitRecoveryKey } from './recoveryKey.ts';
import { RevocationLists } from './revocationLists.ts';
import { readFacts, type StationFacts, writeFacts } from './stationFacts.ts';
import { encodeStationSecrets, type StationKeys } from './stationKeys.ts';

const AUTHORITY_YEARS = 20;
const STATION_YEARS = 10;

export interface SetUpNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly ring: KeyRing;
  readonly stationKeys: StationKeys;
  readonly cost?: PasswordCost;
  /** A practice station: it bears the id that tells it, which no other may. */
  readonly practice?: boolean;
}

export interface SetUpOutcome {
  readonly result: z.infer<typeof SetUpResult>;
  readonly facts: StationFacts;
  /** The custody log that begins here. */
  readonly log: CustodyLog;
}

/**
 * The first run, all of it or nothing: certificate authority, the station's keys and certificate, the court's vault and
 * its recovery key, the custody log, the first administrator and the first key holder. All keys are made first; then
 * one transaction writes everything and its events. The recovery key is in the answer and nowhere else.
 *
 * @throws Refusal STATION_ALREADY_SET_UP, PRACTICE_ID_TAKEN, PASSWORD_TOO_WEAK, NAME_TAKEN
 */
export async function setUpStation(input: z.infer<typeof SetUpInput>, needs: SetUpNeeds): Promise<SetUpOutcome> {
  const { db, clock, ring, stationKeys } = needs;
  const cost = needs.cost ?? standardCost;
  if (readFacts(db) !== null) throw new Refusal('STATION_ALREADY_SET_UP');
  if ((input.id === PRACTICE_STATION) !== (needs.practice === true)) throw new Refusal('PRACTICE_ID_TAKEN');
  checkPeople(input);
  const now = clock.now();
  const at = now.toISOString();

  const [authority, stationRsa, vault, recovery, own] = await Promise.all([
    newCertificateAuthority({ court: input.court, name: `${input.name}: CA`, validYears: AUTHORITY_YEARS, now }),
    newRsaKey(),
    newIdentity(),
    newIdentity(),
    newIdentity(),
  ]);
  const certPem = issueCertificate({
    ca: authority.certPem,
    caKey: authority.privateKeyPkcs8,
    kind: 'station',
    subject: { commonName: input.name, organization: input.court },
    publicKeySpki: stationRsa.publicKeySpki,
    now,
    validYears: STATION_YEARS,
  });
  const origin = `birret/${input.id}/${newId(8)}`;
  const logKey = newLogKey(origin);
  const facts: StationFacts = {
    id: input.id,
    name: input.name.normalize('NFC'),
    court: input.court.normalize('NFC'),
    languages: input.languages,
    setUpAt: at,
    rootPem: authority.certPem,
    certPem,
    log: { origin, vkey: logKey.vkey },
    vaultRecipient: vault.recipient,
    recoveryRecipient: recovery.recipient,
    stationRecipient: own.recipient,
  };
  const stationPlain = encodeStationSecrets({
    signingKeyPkcs8: stationRsa.privateKeyPkcs8,
    logKey: logKey.skey,
    identity: own.identity,
  });

  // Ids are known before the rows are written: each wrap is bound to the account that it belongs to.
  const accounts = new AccountStore(db);
  const administrator = { ...input.administrator, role: 'administrator' as const, id: newId() };
  const keyHolder = { ...input.keyHolder, id: newId() };
  const administratorKeys = await makeKeys(administrator.id, administrator.role, administrator.password, cost);
  const holderKeys = await makeKeys(keyHolder.id, keyHolder.role, keyHolder.password, cost);
  const certificate =
    holderKeys.publicKeySpki === null
      ? null
      : issueForPerson(
          authority,
          facts,
          { name: keyHolder.name.normalize('NFC'), publicKeySpki: holderKeys.publicKeySpki },
          now,
        );

  const circles = {
    vault: [holderKeys.recipient, recovery.recipient],
    ca: [administratorKeys.recipient],
    station: [holderKeys.recipient, recovery.recipient],
  };
  const sealed = {
    vault: await sealSecret(Buffer.from(vault.identity, 'utf8'), circles.vault),
    ca: await sealSecret(authority.privateKeyPkcs8, circles.ca),
    station: await sealSecret(stationPlain, circles.station),
  };

  const log = db
    .transaction(() => {
      writeFacts(db, facts);
      for (const name of ['vault', 'ca', 'station'] as const) ring.writeFirst(name, sealed[name], circles[name]);
      const first = activate(accounts, administrator, administratorKeys, { at, certificate: null, granted: false });
      const holder = activate(accounts, keyHolder, holderKeys, { at, certificate, granted: true });
      const opened = openLog({ db, origin, clock });
      if (certificate !== null) new RevocationLists(db).issued(holder.id, certificate, at);
      writeEvents(opened, { facts, first, holder, certificate });
      return opened;
    })
    .immediate();

  stationKeys.load(stationPlain);
  for (const secret of [stationPlain, authority.privateKeyPkcs8, stationRsa.privateKeyPkcs8]) secret.fill(0);
  const parts = splitRecoveryKey(recovery.identity);
  return {
    result: {
      recovery: { ...parts, recipient: recovery.recipient },
      rootFingerprint: certificateSha256(authority.certPem),
      logKey: logKey.vkey,
    },
    facts,
    log,
  };
}

function checkPeople({ administrator, keyHolder }: z.infer<typeof SetUpInput>): void {
  if (normaliseLogin(administrator.login) === normaliseLogin(keyHolder.login)) {
    throw new Refusal('NAME_TAKEN', { name: keyHolder.login });
  }
  for (const person of [administrator, keyHolder]) checkPassword(person.password, person);
}

function activate(
  accounts: AccountStore,
  person: { id: string; name: string; login: string; role: AccountRow['role'] },
  keys: NewKeys,
  state: { at: string; certificate: string | null; granted: boolean },
): AccountRow {
  accounts.insertInvited({ ...person, invitation: null, at: state.at });
  accounts.update(person.id, {
    state: 'active',
    recipient: keys.recipient,
    wrap: keys.wrap,
    p12: keys.p12,
    public_key: keys.publicKeySpki,
    certificate: state.certificate,
    granted_at: state.granted ? state.at : null,
  });
  return accounts.get(person.id);
}

function writeEvents(
  log: CustodyLog,
  made: { facts: StationFacts; first: AccountRow; holder: AccountRow; certificate: string | null },
): void {
  const { facts, first, holder, certificate } = made;
  const actor = actorOf(first);
  const station = { type: 'station', id: facts.id } as const;
  log.append({
    action: 'station.set-up',
    actor,
    details: {
      log_vkey: facts.log.vkey,
      root_sha256: certificateSha256(facts.rootPem),
      vault_recipient: facts.vaultRecipient,
      recovery_recipient: facts.recoveryRecipient,
    },
    subject: station,
  });
  log.append({
    action: 'certificate.issued',
    actor,
    details: { kind: 'station', account: null, cert_sha256: certificateSha256(facts.certPem) },
    subject: station,
  });
  for (const row of [first, holder]) {
    const subject = { type: 'account', id: row.code } as const;
    log.append({ action: 'account.accepted', actor: actorOf(row), details: { role: row.role }, subject });
  }
  const subject = { type: 'account', id: holder.code } as const;
  log.append({ action: 'access.granted', actor: actorOf(holder), details: { account: holder.code }, subject });
  if (certificate === null) return;
  log.append({
    action: 'certificate.issued',
    actor,
    details: { kind: 'officer', account: holder.code, cert_sha256: certificateSha256(certificate) },
    subject,
  });
}
