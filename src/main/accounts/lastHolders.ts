import { keyHoldingRoles } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import type { AccountRow, AccountStore } from './accountStore.ts';
import type { KeyRing } from './keyRing.ts';

/** Whom an act is about, and that the administrator was told who then still opens what. */
export interface Asked {
  readonly account: string;
  /** True once it was understood that no other key is left: to open recordings, or the certificate authority. */
  readonly aloneAccepted: boolean;
}

/**
 * Asks a second time before the last key goes: the last one that opens recordings (then only the printed sheets do), or
 * the last one that opens the certificate authority (then nothing does, not the sheets either).
 * @throws Refusal LAST_KEY_HOLDER, LAST_ADMINISTRATOR
 */
export function refuseLastUnsaid(
  row: AccountRow,
  { aloneAccepted }: Asked,
  { accounts, ring }: { readonly accounts: AccountStore; readonly ring: KeyRing },
): void {
  if (aloneAccepted) return;
  const isLast = (holds: (one: AccountRow) => boolean) => {
    const holders = accounts.all().filter((one) => one.state === 'active' && holds(one));
    return holders.length === 1 && holders[0]?.id === row.id;
  };
  if (isLast((one) => keyHoldingRoles.includes(one.role) && one.granted_at !== null)) {
    throw new Refusal('LAST_KEY_HOLDER');
  }
  if (isLast((one) => one.role === 'administrator' && ring.opensFor('ca', one.recipient ?? ''))) {
    throw new Refusal('LAST_ADMINISTRATOR');
  }
}
