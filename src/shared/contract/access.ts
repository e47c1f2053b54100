import { oc } from '@orpc/contract';
import type { Relation, Role, ScreenKind } from '../domain/roles.ts';

/** What an operation is about, and under which key of its input the id stands. */
export type Tie =
  | { readonly to: 'nothing' }
  /** The operation returns only what the person is tied to; the implementation filters. */
  | { readonly to: 'own' }
  | {
      readonly to: 'case' | 'child' | 'interview' | 'exhibit' | 'hearing';
      readonly by: string;
      readonly through: readonly Relation[];
    };

/**
 * Who may call an operation, and what ties them to what it touches. This is the role table: an operation without an
 * entry is refused, and a test walks every operation × role.
 */
export interface Access {
  /** `anyone`: any screen that was let in, signed in or not. `shell`: this machine's own window, signed in or not. */
  readonly who: 'anyone' | 'shell' | readonly Role[];
  /** Paired screens that may call it besides. */
  readonly screens?: readonly ScreenKind[];
  readonly tie: Tie;
  /**
   * Custody events that an answered call may write, and its job; no others. Empty where evidence is not touched. A test
   * walks the journey and holds the log to it.
   */
  readonly events: readonly string[];
  /** May be called while the session is locked after idle time. */
  readonly whileLocked?: boolean;
  /** Screens ask it by themselves, again and again: being asked does not keep a session awake. */
  readonly byItself?: boolean;
}

/** Where nothing was said: nobody. */
export const nobody: Access = { who: [], tie: { to: 'nothing' }, events: [] };

const base = oc.$meta<{ access: Access }>({ access: nobody });

/** Begins an operation of the contract with its entry in the role table. */
export function operation(access: Access) {
  return base.meta({ access });
}
