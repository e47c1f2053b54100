import type { AccountStanding, AccountsService, OwnCertificates } from '../../accounts/index.ts';
import type { Implementer } from '../implement.ts';

/** Handlers of `accounts`. */
export function accountHandlers(
  os: Implementer,
  {
    accounts,
    standing,
    certificates,
  }: { accounts: AccountsService; standing: AccountStanding; certificates: OwnCertificates },
) {
  const { accounts: of } = os;
  return {
    list: of.list.handler(() => accounts.list()),
    people: of.people.handler(() => accounts.people()),
    invite: of.invite.handler(({ input, context: { call } }) => accounts.invite(input, call.person)),
    certify: of.certify.handler(({ input, context: { call } }) =>
      accounts.certify(input.account, call.person, call.keys),
    ),
    ownCertificate: of.ownCertificate.handler(({ context: { call } }) => certificates.of(call.person)),
    importCertificate: of.importCertificate.handler(({ input, context: { call } }) =>
      certificates.import(Buffer.from(input.file, 'base64'), input.password, call.person, call.keys),
    ),
    suspend: of.suspend.handler(({ input, context: { call } }) => accounts.suspend(input, call.person)),
    restore: of.restore.handler(({ input, context: { call } }) => accounts.restore(input.account, call.person)),
    changeRole: of.changeRole.handler(({ input, context: { call } }) =>
      standing.changeRole(input, call.person, call.keys),
    ),
    revoke: of.revoke.handler(({ input, context: { call } }) => standing.revoke(input, call.person, call.keys)),
    reset: of.reset.handler(({ input, context: { call } }) => standing.reset(input, call.person, call.keys)),
    waiting: of.waiting.handler(() => accounts.waiting()),
    grant: of.grant.handler(({ input, context: { call } }) => accounts.grant(input.account, call.person, call.keys)),
    grantByRecovery: of.grantByRecovery.handler(({ input, context: { call } }) =>
      accounts.grantByRecovery(input, call.person),
    ),
  };
}
