import { z } from 'zod';
import type { CaseSummary, Child, ChildStatus, Identity } from '../../shared/contract/cases.ts';
import { ageOn, localDay } from '../../shared/domain/identity.ts';
import { isCaseNumber } from '../../shared/domain/jurisdictionRules.ts';
import { Role } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import { newId } from '../platform/ids.ts';
import { ChildStore, childView } from './children.ts';
import { keepSigns, mentionsChild, signsOf } from './childSigns.ts';
import { newChildCode } from './codes.ts';
import { type Actor, actorOf, type CasesNeeds } from './needs.ts';
import { marksOf, openIdentity, sealBirth, sealIdentity } from './sealedIdentity.ts';
import { countUnsigned, signUnsigned } from './unsignedChildren.ts';

const CaseRow = z.strictObject({ id: z.string(), number: z.string(), court: z.string(), opened_at: z.string() });
const PeopleRow = z.strictObject({ account: z.string(), name: z.string(), relation: z.string() });

/** Cases, the people assigned to them, and their children. */
export class CasesService {
  readonly #needs: CasesNeeds;
  readonly #children: ChildStore;

  constructor(needs: CasesNeeds) {
    this.#needs = needs;
    this.#children = new ChildStore(needs.db);
  }

  /** Opens a case; whoever opens it is assigned to it. CASE_NUMBER_UNFIT, CASE_NUMBER_TAKEN. */
  create(input: { number: string; court: string }, by: Actor): CaseSummary {
    const { db, log, clock, rules } = this.#needs;
    const at = clock.now().toISOString();
    const number = input.number.normalize('NFC');
    const profile = rules.inForce();
    if (!isCaseNumber(profile, number)) {
      const example = profile.caseNumber.forms.map((form) => form.example).join(', ');
      throw new Refusal('CASE_NUMBER_UNFIT', { example });
    }
    return db
      .transaction(() => {
        if (db.prepare('SELECT 1 FROM cases WHERE number = ?').get(number) !== undefined) {
          throw new Refusal('CASE_NUMBER_TAKEN', { number });
        }
        const id = this.#insert(number, input.court, at);
        this.#assign(id, by.id, at);
        log().append({
          action: 'case.opened',
          actor: actorOf(by),
          details: { assigned: by.code },
          subject: { type: 'case', id },
        });
        return this.get(id);
      })
      .immediate();
  }

  /**
   * The case that an imported exhibit belongs to, by its number; made where it is new here. Inside the caller's
   * transaction, whose event names it. Nobody is assigned: the archive holds it.
   */
  ofImport(input: { number: string; court: string }): string {
    const { db, clock } = this.#needs;
    const number = input.number.normalize('NFC');
    const known = db.prepare('SELECT id FROM cases WHERE number = ?').pluck().get(number);
    return typeof known === 'string' ? known : this.#insert(number, input.court, clock.now().toISOString());
  }

  /** Assigns another investigator. CASE_UNKNOWN, ACCOUNT_UNKNOWN, ROLE_REFUSED for any other role. */
  assign(caseId: string, accountId: string, by: Actor): CaseSummary {
    const { db, log, clock } = this.#needs;
    return db
      .transaction(() => {
        this.get(caseId);
        const row = db.prepare("SELECT code, role FROM accounts WHERE id = ? AND state = 'active'").get(accountId);
        if (row === undefined) throw new Refusal('ACCOUNT_UNKNOWN');
        const { code, role } = z.strictObject({ code: z.string(), role: Role }).parse(row);
        if (role !== 'investigator') throw new Refusal('ROLE_REFUSED', { role });
        if (this.#assign(caseId, accountId, clock.now().toISOString())) {
          const subject = { type: 'case', id: caseId } as const;
          log().append({ action: 'case.assigned', actor: actorOf(by), details: { account: code }, subject });
        }
        return this.get(caseId);
      })
      .immediate();
  }

  /** CASE_UNKNOWN. */
  get(caseId: string): CaseSummary {
    const { db } = this.#needs;
    const row = db.prepare('SELECT * FROM cases WHERE id = ?').get(caseId);
    if (row === undefined) throw new Refusal('CASE_UNKNOWN');
    const { id, number, court, opened_at } = CaseRow.parse(row);
    const people = db
      .prepare(
        `SELECT p.account, a.name, p.relation FROM case_people p JOIN accounts a ON a.id = p.account
         WHERE p.case_id = ? ORDER BY p.since, a.name`,
      )
      .all(caseId);
    return {
      id,
      number,
      court,
      openedAt: opened_at,
      people: z.array(PeopleRow).parse(people),
      children: this.#children.ofCase(caseId).map(childView),
    };
  }

  /** The cases a person is tied to, newest first: assigned, handed over to the archive, or admitted to a hearing of theirs. */
  list(by: Actor): CaseSummary[] {
    const tied = tiedCases[by.role];
    if (tied === undefined) return [];
    const ids = this.#needs.db
      .prepare(`SELECT id FROM cases WHERE id IN (${tied}) ORDER BY opened_at DESC, id`)
      .pluck()
      .all({ account: by.id });
    return z
      .array(z.string())
      .parse(ids)
      .map((id) => this.get(id));
  }

  /**
   * Adds a child: the identity is sealed to the court's vault before anything is stored, and recognised by HMAC. The
   * same child in the same case is given back as it is. CASE_UNKNOWN, IDENTITY_INVALID (a birth date that cannot be),
   * STATION_KEYS_LOCKED.
   */
  async addChild(
    input: { caseId: string; status: z.infer<typeof ChildStatus>; identity: z.infer<typeof Identity> },
    by: Actor,
  ): Promise<Child> {
    const { db, log, clock, facts, stationKeys } = this.#needs;
    const { caseId, identity, status } = input;
    this.get(caseId);
    const now = clock.now();
    const age = ageOn(identity.birthDate, localDay(now));
    if (identity.birthDate !== null && age === null) throw new Refusal('IDENTITY_INVALID');
    const { indexKey } = stationKeys();
    const marks = marksOf(identity, indexKey);
    const signs = signsOf(identity, indexKey);
    const { vaultRecipient, stationRecipient } = facts();
    const [{ sealed, commitment }, birth] = await Promise.all([
      sealIdentity(identity, vaultRecipient),
      sealBirth(identity.birthDate, stationRecipient),
    ]);
    return db
      .transaction(() => {
        const known = this.#children.sameInCase(caseId, marks);
        if (known !== null) return childView(known);
        const row = {
          id: newId(),
          case_id: caseId,
          code: newChildCode(db),
          status,
          age_years: age,
          identity: sealed,
          identity_commitment: commitment,
          birth,
          added_at: now.toISOString(),
        };
        this.#children.insert(row, marks);
        keepSigns(db, row.id, signs);
        log().append({
          action: 'child.added',
          actor: actorOf(by),
          details: { child: row.code, status },
          subject: { type: 'case', id: caseId },
        });
        return childView(row);
      })
      .immediate();
  }

  /**
   * Opens a child's sealed identity record with the vault's identity; who did is logged before it is given.
   * CHILD_UNKNOWN; ACCESS_NOT_GRANTED from `vaultIdentity`.
   */
  async identity(
    childId: string,
    by: Actor,
    keys: { vaultIdentity(): Promise<string> },
  ): Promise<z.infer<typeof Identity>> {
    const child = this.#children.get(childId);
    const identity = await openIdentity(child.identity, await keys.vaultIdentity());
    const { db, log, stationKeys } = this.#needs;
    db.transaction(() => {
      // A record from before signs were kept gets them now that it is open.
      keepSigns(db, child.id, signsOf(identity, stationKeys().indexKey));
      log().append({
        action: 'identity.opened',
        actor: actorOf(by),
        details: { child: child.code },
        subject: { type: 'case', id: child.case_id },
      });
    }).immediate();
    return identity;
  }

  /**
   * Somebody's keys were opened: children who were added before signs of names were kept get them, so that they are compared
   * too. ACCESS_NOT_GRANTED from `vaultIdentity` where this person may not read them; STATION_KEYS_LOCKED.
   */
  async signEarlier(keys: { vaultIdentity(): Promise<string> }): Promise<void> {
    const { db, stationKeys } = this.#needs;
    if (countUnsigned(db) === 0) return;
    await signUnsigned(db, await keys.vaultIdentity(), stationKeys().indexKey);
  }

  /**
   * Whether a text seems to mention by name a child of the case: whoever types it where others read it is warned.
   * STATION_KEYS_LOCKED.
   */
  mentions(caseId: string, text: string): boolean {
    const { db, stationKeys } = this.#needs;
    return mentionsChild(db, caseId, text, stationKeys().indexKey);
  }

  #insert(number: string, court: string, at: string): string {
    const id = newId();
    this.#needs.db
      .prepare('INSERT INTO cases (id, number, court, opened_at) VALUES (?, ?, ?, ?)')
      .run(id, number, court.normalize('NFC'), at);
    return id;
  }

  /** True if the person was not assigned before. */
  #assign(caseId: string, accountId: string, at: string): boolean {
    const done = this.#needs.db
      .prepare(
        `INSERT INTO case_people (case_id, account, relation, since) VALUES (?, ?, 'assigned', ?)
         ON CONFLICT DO NOTHING`,
      )
      .run(caseId, accountId, at);
    return done.changes === 1;
  }
}

/** Cases by what ties a role to them, as in `accounts/relations.ts`. */
const tiedCases: Readonly<Partial<Record<Role, string>>> = {
  investigator: 'SELECT case_id FROM case_people WHERE account = @account',
  clerk: "SELECT case_id FROM exhibits WHERE (archive = 'accepted' OR origin = 'imported') AND @account IS NOT NULL",
  judge: `SELECT e.case_id FROM exhibits e JOIN hearing_exhibits he ON he.exhibit = e.number
          JOIN hearings h ON h.id = he.hearing WHERE h.judge = @account`,
};
