import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Account } from '../../shared/contract/accounts.ts';
import { keyHoldingRoles, Role, signingRoles } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import { blob, flag, jsonColumn } from '../database/index.ts';
import { newId } from '../platform/ids.ts';
import { Wrap } from './passwords.ts';

const AccountRow = z.strictObject({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  login: z.string(),
  role: Role,
  state: z.enum(['invited', 'active', 'suspended']),
  recipient: z.string().nullable(),
  wrap: jsonColumn(Wrap).nullable(),
  p12: blob.nullable(),
  public_key: blob.nullable(),
  certificate: z.string().nullable(),
  certificate_packed: flag,
  /** PEM texts from the issuer upwards; null where the station's authority issued the certificate. */
  certificate_chain: jsonColumn(z.array(z.string())).nullable(),
  granted_at: z.string().nullable(),
  wrong_passwords: z.int(),
  locked_until: z.string().nullable(),
  invitation_sha256: z.string().nullable(),
  invitation_expires: z.string().nullable(),
  created_at: z.string(),
  /** Set once and for ever; the state is then `suspended` for every other rule. */
  revoked_at: z.string().nullable(),
});
export type AccountRow = z.infer<typeof AccountRow>;

/** Who acts: as much of an account as handlers and events need. `name` never goes into an event or a log. */
export interface Person {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly role: Role;
}

/** A login as it is compared: nobody tells two people apart by the case or the width of a letter. */
export function normaliseLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

/** Rows of `accounts`. Every change is one statement; transactions are the caller's. */
export class AccountStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  all(): AccountRow[] {
    return z.array(AccountRow).parse(this.#db.prepare('SELECT * FROM accounts ORDER BY created_at, id').all());
  }

  byLogin(login: string): AccountRow | null {
    return this.#one('SELECT * FROM accounts WHERE login = ?', normaliseLogin(login));
  }

  byInvitation(sha256: string): AccountRow | null {
    return this.#one('SELECT * FROM accounts WHERE invitation_sha256 = ?', sha256);
  }

  /** ACCOUNT_UNKNOWN where there is none. */
  get(id: string): AccountRow {
    const row = this.#one('SELECT * FROM accounts WHERE id = ?', id);
    if (row === null) throw new Refusal('ACCOUNT_UNKNOWN');
    return row;
  }

  /** Adds an invited account under a fresh code (and id, where none is given). NAME_TAKEN where the login is in use. */
  insertInvited(input: {
    id?: string;
    name: string;
    login: string;
    role: Role;
    invitation: { sha256: string; expires: string } | null;
    at: string;
  }): AccountRow {
    const login = normaliseLogin(input.login);
    if (this.byLogin(login) !== null) throw new Refusal('NAME_TAKEN', { name: login });
    const id = input.id ?? newId();
    this.#db
      .prepare(
        `INSERT INTO accounts (id, code, name, login, role, state, invitation_sha256, invitation_expires, created_at)
         VALUES (@id, @code, @name, @login, @role, 'invited', @sha256, @expires, @at)`,
      )
      .run({
        id,
        code: this.#freeCode(input.role),
        name: input.name.normalize('NFC'),
        login,
        role: input.role,
        sha256: input.invitation?.sha256 ?? null,
        expires: input.invitation?.expires ?? null,
        at: input.at,
      });
    return this.get(id);
  }

  /** Changes the given columns of one account. */
  update(id: string, change: Partial<Omit<AccountRow, 'id' | 'code' | 'wrap' | 'certificate_packed'>> & Packed): void {
    const values: Record<string, unknown> = { id };
    for (const [column, value] of Object.entries(change)) values[column] = toColumn(value);
    const set = Object.keys(change).map((column) => `${column} = @${column}`);
    if (set.length > 0) this.#db.prepare(`UPDATE accounts SET ${set.join(', ')} WHERE id = @id`).run(values);
  }

  #one(sql: string, value: string): AccountRow | null {
    const row = this.#db.prepare(sql).get(value);
    return row === undefined ? null : AccountRow.parse(row);
  }

  #freeCode(role: Role): string {
    const taken = this.#db.prepare('SELECT 1 FROM accounts WHERE code = ?').pluck();
    for (;;) {
      const code = `${role.slice(0, 3)}-${newId(4)}`;
      if (taken.get(code) === undefined) return code;
    }
  }
}

type Packed = { wrap?: Wrap | null; certificate_packed?: boolean };

function toColumn(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value;
}

/** The account as screens see it. `stillOpens`: secrets that its key opens though it should no longer. */
export function accountView(row: AccountRow, stillOpens: Account['stillOpens'] = []): Account {
  const signs = signingRoles.includes(row.role) && row.revoked_at === null;
  const holds = keyHoldingRoles.includes(row.role) && row.revoked_at === null;
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    login: row.login,
    role: row.role,
    state: row.revoked_at === null ? row.state : 'revoked',
    keys: holds ? (row.granted_at === null ? 'waits' : 'granted') : 'none',
    certificate: !signs || row.public_key === null ? 'none' : row.certificate === null ? 'requested' : 'issued',
    stillOpens: [...stillOpens],
  };
}

/** The account as an actor. */
export function personOf(row: AccountRow): Person {
  return { id: row.id, code: row.code, name: row.name, role: row.role };
}

/** How events name a person. */
export function actorOf(person: { readonly code: string; readonly role: Role }): { id: string; role: string } {
  return { id: person.code, role: person.role };
}
