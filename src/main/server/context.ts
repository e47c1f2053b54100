import { Refusal } from '../../shared/errors.ts';
import type { OpenKeys, Person, Session } from '../accounts/index.ts';
import type { Screen } from './screens.ts';

/**
 * Who asks: the screen that the request came from and the session on it, where there is one. `person` and `keys` are
 * for handlers behind the authorisation, which has seen to it that they are there.
 */
export class CallContext {
  readonly screen: Screen;
  readonly session: Session | null;
  /** The session's token as this screen sent it: signing out and unlocking need it. */
  readonly sessionToken: string | null;
  /** Sets or clears the session's cookie of this screen; the CLI keeps it in memory. */
  readonly setSessionToken: (token: string | null) => void;

  constructor(
    screen: Screen,
    session: Session | null,
    sessionToken: string | null,
    setSessionToken: (token: string | null) => void,
  ) {
    this.screen = screen;
    this.session = session;
    this.sessionToken = sessionToken;
    this.setSessionToken = setSessionToken;
  }

  /** The signed-in person. SESSION_MISSING where nobody is. */
  get person(): Person {
    if (this.session === null) throw new Refusal('SESSION_MISSING');
    return this.session.person;
  }

  /** The person's open keys. SESSION_LOCKED while the session is locked. */
  get keys(): OpenKeys {
    if (this.session === null) throw new Refusal('SESSION_MISSING');
    if (this.session.keys === null) throw new Refusal('SESSION_LOCKED');
    return this.session.keys;
  }
}
