import type { Access, Tie } from '../../shared/contract/access.ts';
import type { Relation } from '../../shared/domain/roles.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Person } from '../accounts/index.ts';
import type { Screen } from './screens.ts';

type Tied = Exclude<Tie, { to: 'nothing' | 'own' }>;

/** Who is asking, as far as the decision needs it. */
export interface Caller {
  readonly screen: Screen;
  readonly person: Person | null;
  readonly locked: boolean;
}

/** Finds how a person is tied to a thing; null where there is no such thing. */
export type FindRelations = (person: Person, to: Tied['to'], id: string) => ReadonlySet<Relation> | null;

/**
 * Decides whether `caller` may call an operation with this entry in the role table; throws the refusal if not.
 * Order: screen, session, role, tie. An id that does not exist is refused like one that the person has no tie to, so
 * that nobody learns from the answer which cases there are.
 *
 * @throws Refusal NOT_FROM_A_KNOWN_SCREEN, SESSION_MISSING, SESSION_LOCKED, ROLE_REFUSED, TIE_REFUSED, REQUEST_MALFORMED
 */
export function authorise(access: Access, caller: Caller, input: unknown, relations: FindRelations): void {
  if (caller.screen.kind !== 'desk') {
    authorisePaired(access, caller.screen, input);
    return;
  }
  if (access.who === 'anyone' || access.who === 'shell') return;
  if (caller.person === null) throw new Refusal('SESSION_MISSING');
  if (!access.who.includes(caller.person.role)) throw new Refusal('ROLE_REFUSED', { role: caller.person.role });
  if (caller.locked && access.whileLocked !== true) throw new Refusal('SESSION_LOCKED');
  const { tie } = access;
  if (tie.to === 'nothing' || tie.to === 'own') return;
  const held = relations(caller.person, tie.to, idIn(tie, input));
  if (held === null || !tie.through.some((relation) => held.has(relation))) throw new Refusal('TIE_REFUSED');
}

/** A paired screen is nobody's account: it may do what its kind is named for, on what it was paired to, only. */
function authorisePaired(access: Access, screen: Screen, input: unknown): void {
  if (access.screens?.includes(screen.kind) !== true) throw new Refusal('ROLE_REFUSED', { role: screen.kind });
  const { tie } = access;
  if (tie.to === 'nothing' || tie.to === 'own') return;
  if (screen.of === null || idIn(tie, input) !== screen.of) throw new Refusal('TIE_REFUSED');
}

function idIn(tie: Tied, input: unknown): string {
  const id = typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[tie.by] : undefined;
  if (typeof id !== 'string' || id.length === 0 || id.length > 64)
    throw new Refusal('REQUEST_MALFORMED', { at: tie.by });
  return id;
}
