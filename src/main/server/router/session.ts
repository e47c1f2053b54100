import type { AccountsService, Session, Sessions } from '../../accounts/index.ts';
import type { CasesService } from '../../cases/index.ts';
import type { Implementer } from '../implement.ts';

export interface SessionHandlersNeeds {
  readonly sessions: Sessions;
  readonly accounts: AccountsService;
  readonly cases: Pick<CasesService, 'signEarlier'>;
}

/** Handlers of `session`: who is signed in on this screen. */
export function sessionHandlers(os: Implementer, needs: SessionHandlersNeeds) {
  const { sessions, accounts, cases } = needs;
  /** Nobody waits for it: where it fails, the planning still says how many are not compared, and the next one tries again. */
  const opened = ({ keys }: Session) => {
    if (keys !== null) cases.signEarlier(keys).catch(() => undefined);
  };
  const { session: of } = os;
  return {
    me: of.me.handler(({ context: { call } }) => sessions.view(call.session)),
    signIn: of.signIn.handler(async ({ input, context: { call } }) => {
      const { token, session } = await sessions.signIn(input.login, input.password, call.screen.id);
      call.setSessionToken(token);
      opened(session);
      return sessions.view(session);
    }),
    unlock: of.unlock.handler(async ({ input, context: { call } }) => {
      const session = await sessions.unlock(call.sessionToken, input.password);
      opened(session);
      return sessions.view(session);
    }),
    changePassword: of.changePassword.handler(async ({ input, context: { call } }) =>
      sessions.view(await sessions.changePassword(call.sessionToken, input.current, input.password)),
    ),
    lock: of.lock.handler(({ context: { call } }) => sessions.view(sessions.lock(call.sessionToken))),
    signOut: of.signOut.handler(({ context: { call } }) => {
      sessions.signOut(call.sessionToken);
      call.setSessionToken(null);
      return sessions.view(null);
    }),
    acceptInvitation: of.acceptInvitation.handler(async ({ input, context: { call } }) => {
      const account = await accounts.accept(input.code, input.password);
      const { token, session } = await sessions.signIn(account.login, input.password, call.screen.id);
      call.setSessionToken(token);
      return sessions.view(session);
    }),
  };
}
