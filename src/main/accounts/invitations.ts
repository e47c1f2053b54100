import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Role } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CustodyLog } from '../custody/index.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { Serial } from '../platform/serial.ts';
import { type AccountRow, type AccountStore, actorOf } from './accountStore.ts';
import { makeKeys } from './newKeys.ts';
import { checkPassword, type PasswordCost, standardCost } from './passwords.ts';

const CODE_LENGTH = 20;
const VALID_DAYS = 7;

export interface InvitationsNeeds {
  readonly db: Database;
  readonly accounts: AccountStore;
  readonly log: () => Pick<CustodyLog, 'append'>;
  readonly clock: Clock;
  readonly cost?: PasswordCost;
}

interface Actor {
  readonly id: string;
  readonly role: string;
}

interface Invited {
  readonly name: string;
  readonly login: string;
  readonly role: Role;
  readonly action?: 'account.invited-by-recovery';
}

/** One-time invitations: the administrator hands over a code, the person sets a password that nobody else ever knows. */
export class Invitations {
  readonly #needs: InvitationsNeeds;
  readonly #turn = new Serial();

  constructor(needs: InvitationsNeeds) {
    this.#needs = needs;
  }

  /** Adds an invited account. The code (100 bits) is in the answer only; its digest is stored. NAME_TAKEN. */
  invite(input: Invited, actor: Actor): { account: AccountRow; code: string } {
    const { db, accounts, log, clock } = this.#needs;
    const { code, sha256, expires } = this.newCode();
    const account = db
      .transaction(() => {
        const row = accounts.insertInvited({
          name: input.name,
          login: input.login,
          role: input.role,
          invitation: { sha256, expires },
          at: clock.now().toISOString(),
        });
        log().append({
          action: input.action ?? 'account.invited',
          actor,
          details: { role: row.role },
          subject: { type: 'account', id: row.code },
        });
        return row;
      })
      .immediate();
    return { account, code };
  }

  /** A code to hand over, the digest that is stored of it, and until when it holds. */
  newCode(): { readonly code: string; readonly sha256: string; readonly expires: string } {
    const code = newId(CODE_LENGTH);
    const expires = new Date(this.#needs.clock.now().getTime() + VALID_DAYS * 86_400_000).toISOString();
    return { code: (code.match(/.{5}/g) ?? []).join('-'), sha256: digest(code), expires };
  }

  /**
   * Turns an invitation into an account: keys are made for this password alone. Case, spaces and dashes of the code do not
   * matter. INVITATION_INVALID for a code that is unknown, used or older than seven days; PASSWORD_TOO_WEAK leaves it
   * as it was.
   */
  accept(code: string, password: string): Promise<AccountRow> {
    return this.#turn.run(async () => {
      const sha256 = digest(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
      const row = this.#invited(sha256);
      checkPassword(password, row);
      const keys = await makeKeys(row.id, row.role, password, this.#needs.cost ?? standardCost);
      const { db, accounts, log } = this.#needs;
      return db
        .transaction(() => {
          this.#invited(sha256);
          accounts.update(row.id, {
            state: 'active',
            recipient: keys.recipient,
            wrap: keys.wrap,
            p12: keys.p12,
            public_key: keys.publicKeySpki,
            invitation_sha256: null,
            invitation_expires: null,
          });
          log().append({
            action: 'account.accepted',
            actor: actorOf(row),
            details: { role: row.role },
            subject: { type: 'account', id: row.code },
          });
          return accounts.get(row.id);
        })
        .immediate();
    });
  }

  #invited(sha256: string): AccountRow {
    const row = this.#needs.accounts.byInvitation(sha256);
    const expires = row?.invitation_expires ?? null;
    if (row === null || row.state !== 'invited' || expires === null) throw new Refusal('INVITATION_INVALID');
    if (Date.parse(expires) <= this.#needs.clock.now().getTime()) throw new Refusal('INVITATION_INVALID');
    return row;
  }
}

function digest(code: string): string {
  return createHash('sha256').update(`birret-invitation/1\n${code}`).digest('hex');
}
